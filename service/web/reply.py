"""Answers and refusals as HTTP responses, in the language that was asked for."""

from __future__ import annotations

import re
import uuid
from functools import lru_cache
from typing import Any, get_args

from flask import Response, g, request
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from service.message import Message
from service.problem import problem
from service.text import LANGUAGES, Language
from service.wire import dumps

PROBLEM_JSON = "application/problem+json"

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",  # a key may stand in the URL
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
"""Headers of every answer."""

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


class Failure(Exception):
    """A request that ends in the problem *code*; *members* are added to its body."""

    def __init__(
        self,
        detail: Message,
        headers: dict[str, str] | None = None,
        **members: Any,
    ) -> None:
        self.detail = detail
        self.headers = headers or {}
        self.members = members
        super().__init__(str(detail))


def fail(code: str, template: str, **values: object) -> Failure:
    """Return the failure *code* with its sentence, to be raised."""
    return Failure(Message(code, template, values))


def language() -> Language:
    """Return the language of the answer: ``lang=``, else ``Accept-Language``, else English.

    Raises:
        Failure: `not_acceptable` for a ``lang=`` that is not served.
    """
    asked = request.args.get("lang")
    for one in get_args(Language):
        if asked == one:
            return one  # type: ignore[no-any-return]
    if asked is not None:
        raise fail(
            "not_acceptable",
            "lang={asked} is not served; known are {known}",
            asked=asked[:16],
            known=", ".join(LANGUAGES),
        )
    return accepted_language(request.headers.get("Accept-Language", ""))


@lru_cache(maxsize=256)
def accepted_language(header: str) -> Language:
    """Return the language that an ``Accept-Language`` header asks for, English by default."""
    best = parse_accept_header(header, LanguageAccept).best_match(LANGUAGES, "en")
    return next(one for one in LANGUAGES if one == best)


def json_reply(body: Any, status: int = 200, mimetype: str = "application/json") -> Response:
    """Return *body* as JSON."""
    return text_reply(dumps(body), status, mimetype)


def text_reply(text: str, status: int = 200, mimetype: str = "application/json") -> Response:
    """Return *text*, which is JSON already; what UTF-8 cannot hold becomes a question mark."""
    return Response(text.encode("utf-8", "replace"), status, mimetype=mimetype)


def problem_reply(told: dict[str, Any], headers: dict[str, str] | None = None) -> Response:
    """Return the problem *told*, with the path and the request's id."""
    body = {**told, "instance": request.path[:256], "request_id": g.get("request_id", "")}
    reply = json_reply(body, told["status"], PROBLEM_JSON)
    reply.headers.update(headers or {})
    return reply


def failure_reply(failure: Failure) -> Response:
    """Return a failure as a problem."""
    return problem_reply(problem_in(failure), failure.headers)


def problem_in(failure: Failure) -> dict[str, Any]:
    """Return the members of the problem that a failure is."""
    told = problem(failure.detail.code, failure.detail, safe_language())
    return {**told, **failure.members}


def safe_language() -> Language:
    """Return the language of the answer, English where the one asked for is not served."""
    try:
        return language()
    except Failure:
        return "en"


def request_id(given: str) -> str:
    """Return the caller's id of the request, or a new one where it sent none to be trusted."""
    return given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
