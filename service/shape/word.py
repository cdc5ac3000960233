"""Texts, choices, flags, dates and moments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from service.message import Refused


@dataclass(frozen=True)
class Text:
    """A text of bounded length; not empty unless *shortest* is 0."""

    longest: int = 200
    shortest: int = 1

    def read(self, raw: Any, pointer: str) -> str:
        if type(raw) is not str:
            raise Refused(pointer, "wrong_type", "it must be a text in quotes")
        if not self.shortest <= len(raw) <= self.longest:
            raise Refused(
                pointer,
                "out_of_range",
                "a text here has {low} to {high} characters",
                low=self.shortest,
                high=self.longest,
            )
        return raw

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": self.shortest, "maxLength": self.longest}


@dataclass(frozen=True)
class Choice:
    """One of a few words."""

    words: tuple[str, ...]

    def read(self, raw: Any, pointer: str) -> str:
        if type(raw) is not str or raw not in self.words:
            raise Refused(
                pointer, "wrong_type", "it must be one of {words}", words=", ".join(self.words)
            )
        return raw

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.words)}


@dataclass(frozen=True)
class Flag:
    """True or false."""

    def read(self, raw: Any, pointer: str) -> bool:
        if not isinstance(raw, bool):
            raise Refused(pointer, "wrong_type", "it must be true or false, without quotes")
        return raw

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


@dataclass(frozen=True)
class Day:
    """A calendar date."""

    def read(self, raw: Any, pointer: str) -> date:
        try:
            if type(raw) is str and len(raw) == len("2026-03-01"):
                return date.fromisoformat(raw)
        except ValueError:
            pass
        raise Refused(pointer, "wrong_type", "it must be a date such as 2026-03-01")

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


@dataclass(frozen=True)
class Moment:
    """A calendar date, or an instant with its offset."""

    def read(self, raw: Any, pointer: str) -> date:
        try:
            if type(raw) is str and len(raw) == len("2026-03-01"):
                return date.fromisoformat(raw)
            if type(raw) is str and len(raw) <= len("2026-03-01T10:00:00.000000+00:00"):
                instant = datetime.fromisoformat(raw)
                if instant.tzinfo is not None:
                    return instant
        except ValueError:
            pass
        raise Refused(
            pointer,
            "wrong_type",
            "it must be a date such as 2026-03-01, or a time with its offset such as"
            " 2026-03-01T10:00:00Z",
        )

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [{"type": "string", "format": f} for f in ("date", "date-time")]}
