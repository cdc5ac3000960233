"""A short way for the plainest request: one closed formula, JSON in, JSON out.

Routing, request and response objects take longer than the computation.  This
door stands before them and answers what needs none of them with the very same
pipeline; whatever is unusual or wrong it hands on untouched, so that it can
neither accept nor refuse anything by itself.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from service.answer import answer_as_json
from service.catalogue import METRICS
from service.message import Refused
from service.problem import Invalid
from service.web.gate import REFUSAL
from service.web.reply import ALWAYS, accepted_language, request_id
from service.wire import loads

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PREFIX = "/v1/metrics/"
PATHS = {f"{PREFIX}{one.id}": one for one in METRICS.values() if one.expression is not None}
UNUSUAL = (
    "HTTP_TRANSFER_ENCODING",
    "HTTP_CONTENT_ENCODING",
    "HTTP_ORIGIN",
    "HTTP_EXPECT",
    REFUSAL,
)
"""What the environment of a request holds that takes the long way."""

FIXED = [("Content-Type", "application/json"), ("Cache-Control", "no-store"), *ALWAYS.items()]


def express(application: WSGIApplication, limit: int) -> WSGIApplication:
    """Return *application* with the short way before it, for bodies of at most *limit* bytes."""

    def door(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        body = _answered(environ, limit)
        if body is None:
            return application(environ, start_response)
        headers = [
            *FIXED,
            ("Content-Length", str(len(body))),
            ("X-Request-Id", request_id(environ.get("HTTP_X_REQUEST_ID", ""))),
        ]
        start_response("200 OK", headers)
        return [body]

    return door


def _answered(environ: dict[str, Any], limit: int) -> bytes | None:
    """Return the answer's body, or None with the request as it was."""
    metric = PATHS.get(environ["PATH_INFO"])
    if (
        metric is None
        or environ["REQUEST_METHOD"] != "POST"
        or environ.get("QUERY_STRING")
        or environ.get("CONTENT_TYPE") != "application/json"
        or any(name in environ for name in UNUSUAL)
    ):
        return None
    length = environ.get("CONTENT_LENGTH") or ""
    if not length.isdecimal() or int(length) > limit:
        return None
    body: bytes = environ["wsgi.input"].read(int(length))
    environ["wsgi.input"] = io.BytesIO(body)  # for the long way, should it be needed
    language = accepted_language(environ.get("HTTP_ACCEPT_LANGUAGE", ""))
    try:
        return answer_as_json(metric, loads(body), language, "full").encode("utf-8", "replace")
    except (Invalid, Refused):
        return None
