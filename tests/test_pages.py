"""The generated pages show all that the catalogue knows of a metric, in plain Markdown."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from service import pages
from service.card import card
from service.catalogue import METRICS
from service.finder import names_of
from service.metric import Metric
from service.outcome import Outcome
from service.shape.container import Either, ListOf, MapOf, Record
from service.shape.number import Real, Whole
from service.shape.word import Choice, Day, Flag, Text

PAGES = {path.stem: text for path, text in pages.pages().items() if path.parent == pages.FOLDER}


def test_a_section_tells_all(metric: Metric) -> None:
    """Names in every language, definition, formula, inputs, reading, answer, source."""
    section = _section(metric)
    told = card(metric, "en")
    formula = told["formula"]
    answer = told["example"]["answer"]

    for shown in (
        *names_of(metric),
        *(told["definition"], told["reading"], told["source"], f"- Unit: {told['unit']}"),
        *(formula[key] for key in ("text", "spreadsheet", "sql", "statement") if key in formula),
        *(f"| `{one['name']}` | {one['label']} | {one['unit']} |" for one in told["inputs"]),
        *(one["source"] for one in told["benchmarks"]),
        *(answer["display"], answer["formula"].get("substituted", "")),
        *(f"{one['class']} for" for one in told["class"]),
    ):
        assert shown in section


def test_a_table_stays_a_table(metric: Metric) -> None:
    """Every row of a section has as many cells as its head."""
    rows = [line for line in _section(metric).splitlines() if line.startswith("|")]

    assert {5} == {len(re.split(r"(?<!\\)\|", row)) - 1 for row in rows}


def test_the_index_lists_every_metric_once() -> None:
    """Each metric has one entry, which leads to its heading."""
    entries = re.findall(r"^- \[.*\]\((\w+)\.md#(\w+)\)", PAGES["README"], re.MULTILINE)

    assert {(one.category, one.id) for one in METRICS.values()} == set(entries)
    assert len(METRICS) == len(entries)


@pytest.mark.parametrize(
    ("shape", "told"),
    [
        (Whole(1, 9), "at least 1 and at most 9"),
        (Real(), "any number"),
        (Real(above=0, below=1), "more than 0 and less than 1"),
        (Choice(("linear", "last")), "one of `linear`, `last`"),
        (Flag(), "true or false"),
        (Text(), "a text"),
        (Day(), "a date"),
        (Either(Text(), Flag()), "a text or true or false"),
        (MapOf(Real(minimum=0), most=9), "named values, each at least 0"),
        (
            ListOf(Record({"day": Day(), "value": Real()}), 9),
            "a list, each a record of `day`, `value`",
        ),
    ],
    ids=lambda one: type(one).__name__,
)
def test_values_are_told_in_words(shape: Any, told: str) -> None:
    """What an input accepts is read from its schema, whatever its shape."""
    assert told == pages._values(shape.schema())  # noqa: SLF001  no metric has them all


def test_an_algorithm_shows_its_result() -> None:
    """Without a formula there is the definition, the request as a block, and the table."""
    made = Outcome(0.5, result={"steps": [1, 2], "rows": [{"a": 1}, {"a": 2}]})
    metric = replace(
        METRICS["conversion_rate"],
        expression=None,
        statement="a share of two counts",
        function=lambda **_: made,
    )
    section = pages._section(metric)  # noqa: SLF001  a metric that is in no catalogue

    assert "- Definition: a share of two counts\n" in section
    assert "\ngives `0.5`, shown as 50%, with\n" in section
    assert '\n{\n  "steps": [1, 2],\n  "rows": [\n    {"a": 1},\n    {"a": 2}\n  ]\n}\n' in section


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [("3", None, "3 or more"), (None, "3", "3 or less"), ("2", "3", "2 to 3"), ("3", "3", "3")],
)
def test_benchmarks(low: str | None, high: str | None, told: str) -> None:
    """A range with an open end is told as one."""
    entry = {"label": "Shops", "low": low, "high": high, "source": "a survey"}

    assert f"- Benchmark: Shops: {told}. From a survey" == pages._benchmark(entry)  # noqa: SLF001  no metric has them all


def test_they_are_written_where_they_belong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command writes every page and the table, and removes the page of a lost category."""
    monkeypatch.chdir(tmp_path)
    stale = pages.FOLDER / "gone.md"
    stale.parent.mkdir(parents=True)
    stale.touch()
    pages.README.write_text(f"before\n{pages.TABLE_BEGINS}old\n{pages.TABLE_ENDS}after\n", "utf-8")

    assert 0 == pages.main()
    assert pages.pages().keys() == set(Path("docs").rglob("*.md"))
    assert "before\n" in pages.README.read_text("utf-8")
    assert "old" not in pages.README.read_text("utf-8")


def _section(metric: Metric) -> str:
    page = PAGES[metric.category]
    return page[page.index(f"\n## {metric.id}\n") :].partition("\n\n## ")[0]
