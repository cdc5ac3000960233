"""What the service answers, typed: exact decimals, and the whole answer beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from kpi_client.errors import KpiError, error_of


@dataclass(frozen=True)
class Reason:
    """Why there is no value."""

    code: str
    message: str


@dataclass(frozen=True)
class Answer:
    """A computed metric; *value* is None where it is undefined, and *reason* says why."""

    metric: str
    value: Decimal | None
    unit: str
    status: str
    reason: Reason | None = None
    id: str | None = None
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def formula(self) -> str:
        """Return the formula in words, or the defining statement of an algorithm."""
        told = self.raw.get("formula", {})
        return str(told.get("text") or told.get("statement") or "")

    @property
    def display(self) -> str:
        """Return the value for people."""
        return str(self.raw.get("display", ""))

    @property
    def result(self) -> Mapping[str, Any] | None:
        """Return the table of an algorithm."""
        table: Mapping[str, Any] | None = self.raw.get("result")
        return table


@dataclass(frozen=True)
class Failed:
    """An item of a batch that could not be computed."""

    error: KpiError
    metric: str | None = None
    id: str | None = None


def answer_of(told: Mapping[str, Any]) -> Answer:
    """Return the service's answer, typed."""
    reason = told.get("reason")
    return Answer(
        metric=told["metric"],
        value=Decimal(told["value_text"]) if told["value_text"] else None,
        unit=told["unit"],
        status=told["status"],
        reason=Reason(reason["code"], reason["message"]) if reason else None,
        id=told.get("id"),
        raw=told,
    )


def result_of(told: Mapping[str, Any]) -> Answer | Failed:
    """Return one result of a batch, typed."""
    if told["status"] == "error":
        return Failed(error_of(told["error"]), told.get("metric"), told.get("id"))
    return answer_of(told)
