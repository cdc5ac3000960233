"""What does a sender get back? The answer in the shape that it can use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias

from service.hooks.preset import Preset
from service.hooks.soap import acknowledgement
from service.wire import dumps

Status: TypeAlias = Literal["ok", "undefined", "skipped", "error"]
TELLING_FIRST: tuple[Status, ...] = ("error", "undefined", "ok", "skipped")

FLAT: Mapping[str, tuple[str, str]] = {
    "metric": ("string", "The metric's id."),
    "value": ("number", "The value; null unless status is ok, never 0 instead."),
    "value_text": ("string", "The same digits as text; empty where there is no value."),
    "unit": ("string", "The unit, such as ratio or money/deal."),
    "status": ("string", "ok, undefined, skipped or error."),
    "error_code": ("string", "A stable code; empty where status is ok."),
    "error": ("string", "What is wrong and what to do; empty where status is ok."),
    "id": ("string", "What the sender calls this message; empty where it does not say."),
}
"""The members of a flat answer, all always there: name → type and meaning."""

HUBSPOT: Mapping[str, tuple[str, str]] = {
    "kpi_value": ("string", "The value as text; empty where there is none."),
    "kpi_unit": ("string", "The unit, such as ratio or money/deal."),
    "kpi_status": ("string", "ok, undefined, skipped or error."),
    "kpi_error": ("string", "What is wrong and what to do; empty where status is ok."),
    "hs_execution_state": ("string", "SUCCESS with a value, else FAIL_CONTINUE."),
}
"""The members of HubSpot's output fields."""


def flat(status: Status, **members: Any) -> dict[str, Any]:
    """Return a flat answer: *members* where they are given, else empty."""
    empty = {name: None if kind == "number" else "" for name, (kind, _) in FLAT.items()}
    return {**empty, "status": status, **members}


def worst(answers: Sequence[Mapping[str, Any]]) -> Status:
    """Return the status that tells most about *answers*: an error before all others."""
    found = {one["status"] for one in answers}
    return next((one for one in TELLING_FIRST if one in found), "skipped")


def written(preset: Preset, answers: Sequence[Mapping[str, Any]]) -> tuple[str, str]:
    """Return the body and the media type that answer a message of *preset*."""
    match preset.reply:
        case "soap":
            return acknowledgement(received=True), "text/xml"
        case "list":
            return dumps({"status": worst(answers), "results": list(answers)}), "application/json"
        case "hubspot":
            return dumps({"outputFields": _output_fields(answers[0])}), "application/json"
        case "flat":
            return dumps(answers[0]), "application/json"


def _output_fields(answer: Mapping[str, Any]) -> dict[str, str]:
    state = "SUCCESS" if answer["status"] == "ok" else "FAIL_CONTINUE"
    values = (answer["value_text"], answer["unit"], answer["status"], answer["error"], state)
    return dict(zip(HUBSPOT, values, strict=True))
