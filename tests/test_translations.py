"""Vietnamese and Chinese: complete, nothing stale, and saying the same with the same values."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import Counter
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from flask.testing import FlaskClient
from sentences import (
    SERVICE,
    modules,
    of_messages,
    of_metrics,
    of_presets,
    of_problems,
    of_quantities,
    of_units,
    template_arguments,
    texts,
)

from service.catalogue import METRICS, QUANTITIES
from service.text import sentences

SHOWN = of_metrics() | of_quantities() | of_units() | of_problems() | of_presets() | of_messages()

ONE_WORD_IN_ALL = set[str]()
"""Proper names that a translation leaves as they are."""

NOT_SENTENCES = {"{why}", "CAST({} AS DOUBLE) / NULLIF({}, 0)"}
PROTOCOL = ("gate.py", "origin.py", "measure.py", "reply.py", "documents.py")
"""Modules whose other texts are headers and the help of figures."""
"""Texts that look like a message and hold a value alone, or SQL."""

each_language = pytest.mark.parametrize("language", ["vi", "zh"])


@each_language
def test_every_sentence_is_translated(language: Any) -> None:
    """No English slips into an answer in another language."""
    assert set() == SHOWN - sentences(language).keys()


@each_language
def test_no_translation_is_stale(language: str) -> None:
    """A translation whose English was reworded is found out."""
    kept = {english for path in _files(language) for english in _table(path).get("sentences", {})}

    assert set() == kept - SHOWN


@each_language
def test_placeholders_are_kept(language: Any) -> None:
    """A translated template is filled with the very values of the English one."""
    translated = sentences(language)
    wrong = {
        english: translated[english]
        for english in SHOWN & translated.keys()
        if _placeholders(english) != _placeholders(translated[english])
    }

    assert not wrong


@each_language
def test_a_translation_is_not_the_english(language: Any) -> None:
    """A sentence copied over is not translated, unless it is a proper name."""
    same = {english for english, text in sentences(language).items() if english == text}

    assert same <= ONE_WORD_IN_ALL


def test_chinese_is_written_in_chinese() -> None:
    """Every Chinese sentence holds at least one Han character."""
    without = {text for text in sentences("zh").values() if not re.search(r"[\u4e00-\u9fff]", text)}

    assert set() == without


@each_language
def test_one_sentence_has_one_translation(language: str) -> None:
    """No sentence stands in two files, where the second would go unread."""
    times = Counter(
        english for path in _files(language) for english in _table(path).get("sentences", {})
    )

    assert not [english for english, count in times.items() if count > 1]


@each_language
def test_aliases_belong_to_something(language: str) -> None:
    """An alias table names metrics and quantities that exist, and holds no other table."""
    for path in _files(language):
        table = _table(path)

        assert table.keys() <= {"sentences", "aliases", "quantity_aliases"}
        assert table.get("quantity_aliases", {}).keys() <= QUANTITIES.keys()
        assert table.get("aliases", {}).keys() <= METRICS.keys()


def test_vietnamese_and_chinese_hold_the_same_files() -> None:
    """A file that one language lacks was forgotten."""
    assert [one.name for one in _files("vi")] == [one.name for one in _files("zh")]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SERVICE)))
def test_templates_are_written_out(path: Path) -> None:
    """A template glued together has no key under which its translation could be found."""
    glued = [
        ast.unparse(argument)
        for argument in template_arguments(path)
        if isinstance(argument, ast.JoinedStr | ast.BinOp | ast.Call)
    ]

    assert not glued


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SERVICE)))
def test_no_sentence_escapes_the_gathering(path: Path) -> None:
    """A message told through a callable that tests/sentences.py does not know is noticed."""
    found = {text for text in texts(path) if _reads_like_a_message(text)}

    if path.name in PROTOCOL:
        found = {text for text in found if "{" in text}

    assert set() == found - SHOWN - NOT_SENTENCES


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("vi", "leads bằng 0 nên chi phí cho mỗi khách hàng tiềm năng không xác định"),
        ("zh", "leads 为 0，因此每条线索成本无法定义"),
    ],
)
def test_a_reason_is_told_in_the_language_asked(
    client: FlaskClient, language: str, told: str
) -> None:
    """The template and the metric's name in it are both in the reader's language."""
    reply = client.post(
        "/v1/metrics/cost_per_lead",
        json={"campaign_costs": 100, "leads": 0},
        query_string={"lang": language},
    )

    assert told == reply.get_json()["reason"]["message"]


def _files(language: str) -> list[Path]:
    return sorted((SERVICE / "locale" / language).glob("*.toml"))


def _table(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


def _placeholders(text: str) -> list[str]:
    return sorted(field for _, field, _, _ in Formatter().parse(text) if field is not None)


def _reads_like_a_message(text: str) -> bool:
    """Tell texts with a named placeholder or with three words in a line of their own."""
    if "\n" in text:
        return False
    words = re.findall(r"[A-Za-z']{2,}", text)
    return bool(re.search(r"\{[a-z_]+\}", text)) or (" " in text and len(words) > 2)
