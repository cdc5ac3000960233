"""docs/adding-a-metric.md works: whoever follows it to the letter has the metric."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown import Block, blocks, commands, shows
from serving import ROOT, free_port, get, run, serving

PAGE = (ROOT / "docs" / "adding-a-metric.md").read_text("utf-8")
ADDED = re.compile(r"^def (\w+)", re.MULTILINE)
COPIED = shutil.ignore_patterns(".?*", "mutants", "node_modules", "dist")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the repository in which every step of the page was done."""
    folder = tmp_path_factory.mktemp("adding") / "copy"
    shutil.copytree(ROOT, folder, ignore=COPIED)
    (folder / ".venv").symlink_to(sys.prefix)
    for block in blocks(PAGE):
        if block.language in {"python", "toml"}:
            _insert(block, folder)
    run("make", "-o", ".venv/dev", "fresh", at=folder)
    return folder


@pytest.fixture(scope="module")
def address(copy: Path) -> Iterator[str]:
    """Return where the copy is served."""
    port = free_port()
    with serving(["make", "-o", ".venv/run", "run"], copy, port) as url:
        yield url.removeprefix("http://")


def test_it_is_answered_over_http(address: str, copy: Path) -> None:
    """The request on the page has the answer on the page."""
    ((command, answer),) = [pair for pair in commands(PAGE) if pair[1]]
    told = run("sh", "-c", command.replace("localhost:8000", address), at=copy)

    assert shows(answer, told)


def test_it_is_documented(copy: Path) -> None:
    """What is generated knows the new metric, and is changed where it should be."""
    (added,) = ADDED.findall(PAGE)
    before = {path.name for path in (ROOT / "docs" / "metrics").iterdir()}

    assert f"## {added}\n" in (copy / "docs" / "metrics" / "sales.md").read_text("utf-8")
    assert f"  /v1/metrics/{added}:\n" in (copy / "openapi.yaml").read_text("utf-8")
    assert (ROOT / "README.md").read_text("utf-8") != (copy / "README.md").read_text("utf-8")
    assert before == {path.name for path in (copy / "docs" / "metrics").iterdir()}


@pytest.mark.parametrize("language", ["vi", "zh"])
def test_it_is_translated(address: str, language: str) -> None:
    """Nothing that a card says of it is left in English."""
    (added,) = ADDED.findall(PAGE)
    card, english = (
        json.loads(get(f"http://{address}/v1/metrics/{added}?lang={one}"))
        for one in (language, "en")
    )

    for said in ("name", "definition", "reading"):
        assert english[said] != card[said]
    for theirs, ours in zip(english["inputs"], card["inputs"], strict=True):
        assert theirs["label"] != ours["label"]


def test_the_checks_find_it_and_are_content(copy: Path) -> None:
    """The promises made of every metric are checked for it too, and hold."""
    (added,) = ADDED.findall(PAGE)
    told = run(
        *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"),
        *("-k", f"{added} or is_fresh", "tests/test_promises.py", "tests/test_generated.py"),
        at=copy,
    )

    assert re.search(r"^\d+ passed", told, re.MULTILINE)


def test_its_code_is_written_as_ours(copy: Path) -> None:
    """The code on the page passes the linter and the formatter."""
    changed = [path for block in blocks(PAGE) if (path := _target(block)) and path.endswith(".py")]

    assert 2 == len(changed)
    run(".venv/bin/ruff", "check", *changed, at=copy)
    run(".venv/bin/ruff", "format", "--check", *changed, at=copy)


def _insert(block: Block, folder: Path) -> None:
    """Add a block where the page says: Python at the end, TOML below its tables' headings."""
    name = _target(block)
    assert name, f"no file is named before {block.text}"
    path = folder / name
    text = path.read_text("utf-8")
    if block.language == "python":
        gap = "\n\n" if block.text.startswith("@") else ""
        path.write_text(f"{text}{gap}{block.text}\n", "utf-8")
        return
    for table in re.split(r"\n(?=\[)", block.text):
        heading, _, entries = table.partition("\n")
        assert f"{heading}\n" in text, f"{name} has no {heading}"
        text = text.replace(f"{heading}\n", f"{heading}\n{entries.rstrip()}\n", 1)
    path.write_text(text, "utf-8")


def _target(block: Block) -> str:
    """Return the file named last before the block."""
    named = re.findall(r"`(service/[\w/]+\.(?:py|toml))`", block.before)
    return named[-1] if named and block.language in {"python", "toml"} else ""
