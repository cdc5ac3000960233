"""The part of docs/crm.md that every sender has: ``python -m service.crm``.

Between its two marks stand a table of the senders and a section for each, made
from the presets; the rest of the page is written by hand.
"""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

from service.hooks.described import sample_answer, sample_url
from service.hooks.preset import Preset
from service.hooks.presets import PRESETS

PAGE = Path("docs/crm.md")
SAMPLES = "service/hooks/samples"
HERE = "localhost:8000"

BEGINS = "<!-- senders: written by make fresh -->\n"
ENDS = "<!-- end of senders -->\n"


def main() -> int:
    """Write the senders' part of the page."""
    PAGE.write_text(with_senders(PAGE.read_text("utf-8")), "utf-8")
    return 0


def with_senders(page: str) -> str:
    """Return *page* with the senders as they are declared now.

    Raises:
        ValueError: A mark is missing.
    """
    before, _, rest = page.partition(BEGINS)
    _, mark, after = rest.partition(ENDS)
    if not mark:
        raise ValueError(f"{PAGE} needs the lines {BEGINS!r} and {ENDS!r}")
    return before + BEGINS + _senders() + ENDS + after


def _senders() -> str:
    rows = [
        "| Preset | Sender | Uses the answer | Proves itself by |",
        "| --- | --- | --- | --- |",
        *(_row(one) for one in PRESETS.values()),
    ]
    return "\n".join([*rows, *(line for one in PRESETS.values() for line in _section(one))]) + "\n"


def _row(preset: Preset) -> str:
    proofs = ", ".join([*preset.schemes, "a key"])
    used = "yes" if preset.reads_answer else "no"
    return f"| [{preset.name}](#{preset.name}) | {preset.title} | {used} | {proofs} |"


def _section(preset: Preset) -> list[str]:
    steps = [f"{number}. {told}" for number, told in enumerate(preset.set_up, 1)]
    answer = sample_answer(preset).rstrip("\n")
    url = f"'{HERE}{sample_url(preset)}'"
    kind = shlex.quote(f"content-type: {preset.sample.content_type}")
    sample = f"{SAMPLES}/{preset.sample.file}"
    return [
        "",
        f"## {preset.name}",
        "",
        preset.about,
        "",
        *steps,
        "",
        f"The message is [{preset.sample.file}](../{sample}):",
        "",
        "```sh",
        f"curl -s -g {url} \\",
        f"  -H {kind} --data-binary @{sample}",
        "```",
        "",
        "```" if preset.reply == "soap" else "```json",
        answer,
        "```",
    ]


if __name__ == "__main__":
    sys.exit(main())
