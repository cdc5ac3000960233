"""What went wrong, as RFC 9457 problem details: stable codes, a status and a title each."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from service.message import Message, Refused
from service.text import Language, say, translate

PROBLEMS: dict[str, tuple[HTTPStatus, str, str]] = {
    "not_json": (HTTPStatus.BAD_REQUEST, "Not JSON", "Send one JSON value in UTF-8."),
    "not_readable": (
        HTTPStatus.BAD_REQUEST,
        "The body cannot be read",
        "Send what the Content-Type announces, whole and well-formed.",
    ),
    "too_deep": (HTTPStatus.BAD_REQUEST, "Nested too deep", "Flatten the body."),
    "duplicate_key": (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "A name stands twice",
        "Keep one value for each name; which one counts would be a guess.",
    ),
    "missing": (HTTPStatus.UNPROCESSABLE_ENTITY, "An input is missing", "Add the input named."),
    "unknown_field": (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "An input is not known",
        "Use the name that the message proposes; the metric's card lists them all.",
    ),
    "wrong_type": (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "An input has the wrong type",
        "Send the type that the message names; JSON numbers stand without quotes.",
    ),
    "not_finite": (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "An input is not a number to compute with",
        "Leave out what you do not know instead of sending NaN or Infinity.",
    ),
    "out_of_range": (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "An input is out of range",
        "Keep to the bound in the message; a rate is a ratio, so 5% is 0.05.",
    ),
    "part_exceeds_whole": (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "A part exceeds its whole",
        "Count both on the same set and the same period.",
    ),
    "inconsistent_inputs": (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "The inputs contradict each other",
        "Correct the input that the message names.",
    ),
    "unknown_currency": (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "The currency is not known",
        "Send an ISO 4217 code such as VND, USD or EUR.",
    ),
    "bad_reference": (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "A reference leads nowhere",
        "Refer to the id of an earlier item that has a value.",
    ),
    "payload_truncated": (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "The sender cut the message short",
        "Let the sender send fewer fields.",
    ),
    "unknown_metric": (
        HTTPStatus.NOT_FOUND,
        "There is no such metric",
        "GET /v1/metrics lists them; ?q= finds them by any of their names.",
    ),
    "ambiguous_metric": (
        HTTPStatus.NOT_FOUND,
        "Several metrics have that name",
        "Use the id of the one you mean.",
    ),
    "not_found": (HTTPStatus.NOT_FOUND, "Nothing is here", "GET /docs shows what there is."),
    "method_not_allowed": (
        HTTPStatus.METHOD_NOT_ALLOWED,
        "The method is not allowed here",
        "Use one of the methods in the Allow header.",
    ),
    "not_acceptable": (
        HTTPStatus.NOT_ACCEPTABLE,
        "No such format",
        "Ask for one of the formats that the message lists.",
    ),
    "too_many_items": (
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "Too many items",
        "Split the request; the message states the limit.",
    ),
    "body_too_large": (
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "The body is too large",
        "Split the request; the message states the limit.",
    ),
    "url_too_long": (
        HTTPStatus.REQUEST_URI_TOO_LONG,
        "The URL is too long",
        "Send the inputs as a POST body.",
    ),
    "unsupported_media_type": (
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        "The body's type is not supported",
        "Send one of the types that the message lists.",
    ),
    "rate_limited": (
        HTTPStatus.TOO_MANY_REQUESTS,
        "Too many requests",
        "Wait for the seconds in Retry-After.",
    ),
    "unauthorized": (HTTPStatus.UNAUTHORIZED, "No valid key", "Send a valid API key."),
    "forbidden": (HTTPStatus.FORBIDDEN, "Not allowed with this key", "Use a key with the scope."),
    "internal": (
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "The service failed",
        "Nothing is wrong with the request; report the request_id.",
    ),
}
"""Code → status, title, and what to do about it."""


class Invalid(Exception):
    """A request cannot be computed, for one or several reasons at once."""

    def __init__(self, findings: Iterable[Refused]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(f"{one.pointer}: {one}" for one in self.findings))


def problem(code: str, detail: Message, language: Language) -> dict[str, Any]:
    """Return the members that every problem has."""
    status, title, _ = PROBLEMS[code]
    return {
        "type": f"/problems/{code}",
        "title": translate(title, language),
        "status": int(status),
        "detail": say(detail, language),
        "code": code,
    }


def problem_of(failure: Invalid | Refused, language: Language) -> dict[str, Any]:
    """Return the problem of refused inputs: the first finding leads, `errors` holds all."""
    findings = failure.findings if isinstance(failure, Invalid) else (failure,)
    first = findings[0]
    told = problem(first.message.code, first.message, language)
    if not first.pointer and len(findings) == 1:
        return told
    if first.pointer:
        told["detail"] = f"{first.pointer[1:].replace('/', '.')}: {told['detail']}"
    errors = [
        {"pointer": f.pointer, "code": f.message.code, "detail": say(f.message, language)}
        for f in findings
    ]
    return {**told, "errors": errors}
