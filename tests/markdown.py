"""What a page of documentation shows: its blocks, and whether an answer is the one it shows."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LEFT_OUT = "…"


class Block(NamedTuple):
    """A fenced block, and the text between it and the block before."""

    language: str
    text: str
    before: str


def blocks(page: str) -> list[Block]:
    """Return the fenced blocks of *page* in order."""
    found, end = [], 0
    for fence in FENCED.finditer(page):
        found.append(Block(fence[1], fence[2].rstrip("\n"), page[end : fence.start()]))
        end = fence.end()
    return found


def commands(page: str) -> list[tuple[str, str]]:
    """Return the commands of *page*, each with the answer shown under it, if one is.

    A command is a block of shell, one to a line unless it has an answer, or the
    formula of a cell.
    """
    found: list[tuple[str, str]] = []
    for block in blocks(page):
        if block.language == "sh" or block.text.startswith("="):
            found.append((block.text, ""))
        elif found and not found[-1][1] and block.language in {"", "json"}:
            found[-1] = (found[-1][0], block.text)
    return found


def shows(shown: str, real: str) -> bool:
    """Return whether *shown* is *real*, apart from members of objects that … stands for."""
    if not shown.startswith("{"):
        return shown == real
    return _agree(json.loads(shown.replace(LEFT_OUT, f'"{LEFT_OUT}": 0')), json.loads(real))


def _agree(shown: Any, real: Any) -> bool:
    if isinstance(shown, dict) and isinstance(real, dict):
        named = shown.keys() - {LEFT_OUT}
        left_out = real.keys() - named
        return (
            named <= real.keys()
            and bool(left_out) == (LEFT_OUT in shown)
            and all(_agree(shown[name], real[name]) for name in named)
        )
    if isinstance(shown, list) and isinstance(real, list):
        return len(shown) == len(real) and all(map(_agree, shown, real))
    return bool(shown == real)
