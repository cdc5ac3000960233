"""Translations.  English is written in the code; other languages live in ``locale/``.

A file maps the English sentence to its translation, so rewording the English
leaves the old translation without a key, and the tests say so.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

from service.message import Message, Term

Language = Literal["en", "vi", "zh"]
AliasKind = Literal["aliases", "quantity_aliases"]

LANGUAGES: tuple[Language, ...] = get_args(Language)


@cache
def sentences(language: Language) -> dict[str, str]:
    """Return English → *language*; empty for English itself.

    Raises:
        ValueError: Two files translate one sentence.
    """
    merged: dict[str, str] = {}
    for name, table in _tables(language).items():
        twice = merged.keys() & table.get("sentences", {}).keys()
        if twice:
            raise ValueError(f"{language}/{name} translates again: {sorted(twice)}")
        merged |= table.get("sentences", {})
    return merged


@cache
def aliases(
    language: Language, kind: Literal["aliases", "quantity_aliases"]
) -> dict[str, list[str]]:
    """Return the further names in *language*, by id."""
    merged: dict[str, list[str]] = {}
    for table in _tables(language).values():
        merged |= table.get(kind, {})
    return merged


def translate(english: str, language: Language) -> str:
    """Return *english* in *language*, or as it is where there is no translation."""
    return sentences(language).get(english, english)


def say(message: Message, language: Language) -> str:
    """Return the sentence of *message* in *language*."""
    values = {name: _value_in(value, language) for name, value in message.values.items()}
    return translate(message.template, language).format(**values)


def _value_in(value: object, language: Language) -> object:
    if isinstance(value, Message):
        return say(value, language)
    return in_sentence(translate(value, language)) if isinstance(value, Term) else value


def in_sentence(name: str) -> str:
    """Return a name as it stands within a sentence: small, unless an abbreviation leads.

    >>> in_sentence("Cost per lead"), in_sentence("ROI")
    ('cost per lead', 'ROI')
    """
    first = name.partition(" ")[0]
    return name if any(c.isupper() for c in first[1:]) else name[:1].lower() + name[1:]


@cache
def _tables(language: Language) -> dict[str, dict[str, dict[str, Any]]]:
    if language == "en":
        return {}
    folder = files("service") / "locale" / language
    found = sorted(folder.iterdir(), key=lambda one: one.name)
    return {one.name: tomllib.loads(one.read_text("utf-8")) for one in found}
