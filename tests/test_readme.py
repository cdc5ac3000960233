"""The README tells the truth: its commands run and give the answers that it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown import commands, shows
from serving import ROOT, free_port, get, run, serving

README = (ROOT / "README.md").read_text("utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
WITH_ANSWERS = [(command, answer) for command, answer in commands(README) if answer]
NOT_RUN_HERE = {"make run", "make test"}
"""The first is what every address below is asked of; the second is running this."""

HERE = "localhost:8000"
CELL = re.compile(r'=VALUE\(WEBSERVICE\("(.*)"\)\)')


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Return where the service answers that `make run` started."""
    port = free_port()
    with serving(["make", "run"], ROOT, port) as url:
        yield url.removeprefix("http://")


@pytest.mark.parametrize(
    ("command", "answer"), WITH_ANSWERS, ids=[command[:40] for command, _ in WITH_ANSWERS]
)
def test_a_command_gives_the_answer_shown(address: str, command: str, answer: str) -> None:
    """What is printed under a command is what it prints."""
    cell = CELL.fullmatch(command)
    told = run(
        "sh", "-c", (f"curl -s '{cell[1]}'" if cell else command).replace(HERE, address), at=ROOT
    )

    assert shows(answer, told if cell else told.removesuffix("\n"))


def test_no_command_goes_unchecked() -> None:
    """A command without an answer is one of those that this run itself makes use of."""
    assert {command for command, answer in commands(README) if not answer} == NOT_RUN_HERE
    assert 5 == len(WITH_ANSWERS)


def test_its_addresses_answer(address: str) -> None:
    """An address of the running service that the text names leads somewhere."""
    named = re.findall(rf"<http://{HERE}(/[^>]*)>", README)

    assert ["/docs"] == named
    for path in named:
        assert get(f"http://{address}{path}")


@pytest.mark.parametrize("page", PAGES, ids=lambda one: str(one.relative_to(ROOT)))
def test_links_lead_to_files(page: Path) -> None:
    """A relative link of any page leads to a file, and to a heading of that file."""
    for target, heading in _links(page):
        assert target.is_file(), target
        assert not heading or heading in _anchors(target), heading


def test_every_page_can_be_reached() -> None:
    """Whoever starts at the README finds each page of the documentation."""
    found, reached = [ROOT / "README.md"], set()
    while found:
        page = found.pop()
        reached.add(page)
        found += {target for target, _ in _links(page)} & set(PAGES) - reached

    assert set(PAGES) == reached


def test_it_is_short() -> None:
    """About a screen and a half."""
    assert 125 >= len(README.splitlines())


def _links(page: Path) -> list[tuple[Path, str]]:
    """Return the file and the heading of each relative link of *page*."""
    links = re.findall(r"\]\((?!https?:)([^)\s#]*)#?([^)\s]*)\)", page.read_text("utf-8"))
    return [((page.parent / path).resolve() if path else page, heading) for path, heading in links]


def _anchors(page: Path) -> set[str]:
    """Return what GitHub makes of the headings: small letters, hyphens for blanks, no marks."""
    headings = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", one).lower().replace(" ", "-") for one in headings}
