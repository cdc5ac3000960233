"""docs/crm.md tells the truth: its commands run and give the answers that it shows."""

from __future__ import annotations

import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown import blocks, commands, shows
from serving import ROOT, clean_environment, free_port, serving

from service.crm import BEGINS, ENDS, HERE, PAGE, main, with_senders
from service.hooks.presets import PRESETS
from service.hooks.proof import check

TEXT = (ROOT / PAGE).read_text("utf-8")
COMMANDS = commands(TEXT)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Return where the service answers."""
    command = [".venv/bin/gunicorn", "service.app:create_app()"]
    with serving(command, ROOT, free_port()) as url:
        yield url.removeprefix("http://")


@pytest.mark.parametrize(
    ("command", "answer"), COMMANDS, ids=[f"command {n}" for n in range(len(COMMANDS))]
)
def test_a_command_gives_the_answer_shown(address: str, command: str, answer: str) -> None:
    """What is printed under a command is what it prints."""
    done = subprocess.run(  # noqa: S602  the page's own commands
        command.replace(HERE, address),
        shell=True,
        cwd=ROOT,
        env=clean_environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    assert answer
    assert shows(answer, done.stdout.removesuffix("\n"))


def test_every_sender_is_there() -> None:
    """The page has a command for each preset, and three of its own."""
    assert len(PRESETS) + 3 == len(COMMANDS)


def test_the_page_is_fresh() -> None:
    """The senders' part is what the presets say."""
    assert TEXT == with_senders(TEXT), "it is stale; run: make fresh"


def test_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`make fresh` writes the senders' part and leaves the rest as it is."""
    begun, rest = TEXT.index(BEGINS) + len(BEGINS), TEXT.index(ENDS)
    (tmp_path / PAGE).parent.mkdir()
    (tmp_path / PAGE).write_text(TEXT[:begun] + "stale\n" + TEXT[rest:], "utf-8")
    monkeypatch.chdir(tmp_path)

    assert 0 == main()
    assert TEXT == (tmp_path / PAGE).read_text("utf-8")


def test_a_lost_mark_is_told() -> None:
    """A page without the marks is an error, not a page without senders."""
    with pytest.raises(ValueError, match="needs the lines"):
        with_senders("# A page\n")


def test_the_configuration_shown_works() -> None:
    """The secrets on the page are a configuration that the service accepts."""
    (shown,) = [tomllib.loads(one.text) for one in blocks(TEXT) if one.language == "toml"]

    assert "https://kpi.example.com" == shown["public_url"]
    check(shown["hooks"])
