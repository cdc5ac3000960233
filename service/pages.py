"""The pages under ``docs/metrics/`` and the README's table: ``python -m service.pages``.

A page for each category, with all that a card says of a metric and the names
that it has in every language.  The heading of a metric is its id, so that
``docs/metrics/returns.md#marketing_roi`` leads to it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from service.card import card
from service.catalogue import METRICS
from service.configuration import Configuration, shown
from service.finder import names_of
from service.metric import Input, Metric
from service.shape.number import LARGEST, Parts
from service.text import LANGUAGES, aliases, translate
from service.wire import dumps

README = Path("README.md")
FOLDER = Path("docs/metrics")
SETTINGS = Path("docs/configuration.md")
SETTINGS_INTRODUCTION = """\
# Configuration

Each setting is an environment variable, or a name in the TOML file that `KPI_CONFIG` names
(`rate_limit = 600` there is `KPI_RATE_LIMIT=600`). `kpi-service config` prints what is in force,
with secrets hidden.

| variable | default | meaning |
| --- | --- | --- |"""

TABLE_BEGINS = "<!-- categories: written by make fresh -->\n"
TABLE_ENDS = "<!-- end of categories -->\n"

BETTER = {
    "up": "higher is better",
    "down": "lower is better",
    "neither": "neither way is better by itself",
    "as_the_kpi": "which way is better follows the KPI",
    "as_the_result": "which way is better follows the result",
}
SHOWN = {"plain": "", "percent": ", shown as percent", "multiple": ", shown as a multiple"}
SHOWN |= {"points": ", shown in percentage points"}
LANGUAGE_NAMES = {"en": "English", "vi": "Vietnamese", "zh": "Chinese"}
CLASSES = ("actionable", "supporting", "vanity")


def main() -> int:
    """Write the pages and the README's table; remove the page of a category that is gone."""
    made = pages()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in set(FOLDER.glob("*.md")) - made.keys():
        old.unlink()
    for path, text in made.items():
        path.write_text(text, "utf-8")
    README.write_text(with_table(README.read_text("utf-8")), "utf-8")
    return 0


def pages() -> dict[Path, str]:
    """Return each page's text by its path, seen from the root of the repository."""
    return {
        FOLDER / "README.md": _index(),
        SETTINGS: _settings(),
        **{FOLDER / f"{name}.md": _page(name, these) for name, these in _categories().items()},
    }


def _settings() -> str:
    """Return the table of settings."""
    rows = [
        f"| `{variable}` | {f'`{value}`' if value else ''} | {told} |"
        for variable, (value, told) in shown(Configuration()).items()
    ]
    return "\n".join([SETTINGS_INTRODUCTION, *rows]) + "\n"


def with_table(readme: str) -> str:
    """Return *readme* with the table of categories as it is now between its marks.

    Raises:
        ValueError: A mark is missing.
    """
    before, _, rest = readme.partition(TABLE_BEGINS)
    _, mark, after = rest.partition(TABLE_ENDS)
    if not mark:
        raise ValueError(f"{README} needs the lines {TABLE_BEGINS!r} and {TABLE_ENDS!r}")
    return before + TABLE_BEGINS + _table("docs/metrics/") + TABLE_ENDS + after


def _categories() -> dict[str, list[Metric]]:
    found: dict[str, list[Metric]] = {}
    for metric in sorted(METRICS.values(), key=lambda one: (one.category, one.id)):
        found.setdefault(metric.category, []).append(metric)
    return found


def _question(category: str) -> str:
    return (import_module(f"service.catalogue.{category}").__doc__ or "").strip()


def _title(category: str) -> str:
    return category.replace("_", " ").capitalize()


def _table(folder: str) -> str:
    rows = [
        (f"[{_title(name)}]({folder}{name}.md)", _question(name), str(len(these)))
        for name, these in _categories().items()
    ]
    return _lines(_rows(("Category", "Question", "Metrics"), rows))


def _index() -> str:
    entries: list[str] = []
    for name, these in _categories().items():
        entries += ["", f"## {_title(name)}", ""]
        entries += [f"- [{one.name}]({name}.md#{one.id}) `{one.id}`" for one in these]
    return f"# Metrics\n\n{_table('')}{_lines(entries)}"


def _page(category: str, metrics: Iterable[Metric]) -> str:
    head = f"# {_title(category)}\n\n{_question(category)}\n"
    return head + "".join(f"\n{_section(one)}" for one in metrics)


def _section(metric: Metric) -> str:
    told = card(metric, "en")
    names = [translate(metric.name, language) for language in LANGUAGES]
    return _lines(
        [
            f"## {metric.id}",
            "",
            f"**{names[0]}** · {' · '.join(names[1:])}",
            "",
            told["definition"],
            "",
            *_notations(told["formula"]),
            f"- Unit: {told['unit']}{SHOWN[metric.display]}; {BETTER[metric.better]}",
            *(f"- Defined when `{one}`" for one in told["defined_when"]),
            "",
            *_rows(("Input", "What it is", "Unit", "Values"), map(_input, metric.inputs)),
            "",
            f"Reading: {told['reading']}",
            "",
            *_example(told["example"]),
            "",
            *map(_benchmark, told["benchmarks"]),
            f"- Class: {_classes(metric.classes)}",
            *_also_called(metric),
            f"- Source: {told['source']}",
        ]
    )


def _notations(formula: Mapping[str, str]) -> list[str]:
    if "statement" in formula:
        return [f"- Definition: {formula['statement']}"]
    return [
        f"- Formula: {formula['text']}",
        f"- Spreadsheet: `{formula['spreadsheet']}`",
        f"- SQL: `{formula['sql']}`",
    ]


def _input(one: Input) -> tuple[str, ...]:
    values = _values(one.shape.schema())
    if isinstance(one.shape, Parts):
        values = f"{_values(one.shape.each.schema())}; or several, to be added up"
    return f"`{one.name}`", one.label, str(one.unit), values + _default(one)


def _default(one: Input) -> str:
    if one.required:
        return ""
    return "; may be left out" if one.default is None else f"; {dumps(one.default)} unless given"


def _values(schema: Mapping[str, Any]) -> str:
    """Return in words what the JSON Schema of an input accepts."""
    match schema:
        case {"anyOf": choices}:
            told = " or ".join(_values(one) for one in choices)
        case {"enum": words}:
            told = "one of " + ", ".join(f"`{word}`" for word in words)
        case {"properties": fields}:
            told = "a record of " + ", ".join(f"`{name}`" for name in fields)
        case {"additionalProperties": each}:
            told = f"named values, each {_values(each)}"
        case {"items": each}:
            told = f"a list, each {_values(each)}"
        case {"type": "number" | "integer"}:
            told = _bounds(schema)
        case {"type": "boolean"}:
            told = "true or false"
        case _:
            told = f"a {schema.get('format', 'text')}"
    return told


def _bounds(schema: Mapping[str, Any]) -> str:
    words = {
        "minimum": "at least",
        "exclusiveMinimum": "more than",
        "maximum": "at most",
        "exclusiveMaximum": "less than",
    }
    limits = [
        f"{word} {schema[key]}"
        for key, word in words.items()
        if key in schema and abs(schema[key]) < LARGEST
    ]
    any_number = "any whole number" if schema["type"] == "integer" else "any number"
    return " and ".join(limits) or any_number


def _example(example: Mapping[str, Any]) -> list[str]:
    answer = example["answer"]
    shown = f", shown as {answer['display']}" if answer["display"] else ""
    if "substituted" in answer["formula"]:
        gives = f"`{answer['formula']['substituted']}`{shown}"
        return [f"Example: `{dumps(example['inputs'])}` gives {gives}."]
    value = f"`{dumps(answer['value'])}`{shown}, with" if answer["value_text"] else ""
    gives = f"gives {value}".strip()
    return ["Example:", "", *_block(example["inputs"]), "", gives, "", *_block(answer["result"])]


def _block(members: Mapping[str, Any]) -> list[str]:
    """Return JSON as a block, with a line for each member and for each record of a list."""
    told = []
    for name, value in members.items():
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            records = ",\n    ".join(dumps(one) for one in value)
            told.append(f"  {dumps(name)}: [\n    {records}\n  ]")
        else:
            told.append(f"  {dumps(name)}: {dumps(value)}")
    return ["```json", "{", ",\n".join(told), "}", "```"]


def _benchmark(one: Mapping[str, Any]) -> str:
    low, high = one["low"], one["high"]
    if low == high:
        told = f"{low}"
    elif high is None:
        told = f"{low} or more"
    else:
        told = f"{high} or less" if low is None else f"{low} to {high}"
    return f"- Benchmark: {one['label']}: {told}. From {one['source']}"


def _classes(classes: Mapping[Any, str]) -> str:
    grouped = {kind: [o for o, its in classes.items() if its == kind] for kind in CLASSES}
    return "; ".join(f"{kind} for {', '.join(found)}" for kind, found in grouped.items() if found)


def _also_called(metric: Metric) -> list[str]:
    """Return the further names, a line for each language that has any."""
    by_language = {
        language: aliases(language, "aliases").get(metric.id, []) for language in LANGUAGES[1:]
    }
    elsewhere = {name for names in by_language.values() for name in names}
    translated = {translate(metric.name, language) for language in LANGUAGES}
    english = [one for one in names_of(metric) if one not in elsewhere | translated]
    return [
        f"- Also called in {LANGUAGE_NAMES[language]}: {', '.join(names)}"
        for language, names in {LANGUAGES[0]: english, **by_language}.items()
        if names
    ]


def _rows(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    table = [head, ("---",) * len(head), *rows]
    return ["| " + " | ".join(cell.replace("|", r"\|") for cell in row) + " |" for row in table]


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
