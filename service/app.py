"""The application factory: everything the process serves is registered here."""

from __future__ import annotations

import logging
from http import HTTPStatus

from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from service.configuration import Configuration, configured
from service.hooks.proof import check as check_hooks
from service.message import Message, Refused
from service.problem import Invalid, problem_of
from service.web import batch, cells, compute, documents, health, hooks, metrics
from service.web.express import express
from service.web.gate import REFUSAL, gate, key_check
from service.web.origin import allow_origin
from service.web.reply import (
    ALWAYS,
    Failure,
    fail,
    failure_reply,
    problem_reply,
    request_id,
    safe_language,
)
from service.web.settings import configure, settings
from service.web.watch import watch

LONGEST_TARGET = 8_099
"""Characters of path and query; gunicorn itself gives up a little later, without a problem body."""

log = logging.getLogger("service")


def create_app(configuration: Configuration | None = None) -> Flask:
    """Return the application, ready for a WSGI server; by default configured by environment."""
    configuration = configuration or configured()
    app = Flask("service", static_folder=None)
    app.url_map.strict_slashes = app.url_map.merge_slashes = False  # a redirect breaks spreadsheets
    for part in (metrics, cells, batch, compute, hooks, documents, health):
        app.register_blueprint(part.blueprint)
    app.before_request(_begin)
    app.after_request(_finish)
    app.register_error_handler(Failure, failure_reply)
    app.register_error_handler(Invalid, _refused)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _internal)
    configure(app, configuration)
    app.config["HOOKS"] = {"public_url": configuration.public_url, **(configuration.hooks or {})}
    check_hooks(app.config["HOOKS"])
    app.extensions["key_check"] = key_check(configuration)
    short = express(app.wsgi_app, configuration.body_limit)
    app.wsgi_app = watch(gate(short, configuration), configuration)  # type: ignore[assignment,method-assign]
    return app


def _begin() -> None:
    g.request_id = request_id(request.headers.get("X-Request-Id", ""))
    if REFUSAL in request.environ:
        raise request.environ[REFUSAL]
    target = request.environ.get("RAW_URI") or request.environ.get("REQUEST_URI") or ""
    if len(target) > LONGEST_TARGET:
        raise fail(
            "url_too_long",
            "the URL has {length} characters; at most {limit} are read",
            length=len(target),
            limit=LONGEST_TARGET,
        )


def _finish(reply: Response) -> Response:
    reply.headers["X-Request-Id"] = g.get("request_id", "")
    for name, value in ALWAYS.items():
        reply.headers.setdefault(name, value)
    if request.method in {"GET", "HEAD"} and request.path.startswith("/v1/"):
        reply.vary.add("Accept-Language")
    if request.method == "POST":
        reply.headers.setdefault("Cache-Control", "no-store")
    return allow_origin(reply, settings().cors_origins)


def _refused(error: Invalid | Refused) -> Response:
    return problem_reply(problem_of(error, safe_language()))


def _http_error(error: HTTPException) -> Response:
    """Return what Flask itself refuses in the shape of every other problem."""
    if isinstance(error, MethodNotAllowed):
        allowed = ", ".join(sorted(error.valid_methods or ()))
        detail = Message(
            "method_not_allowed",
            "{method} is not allowed here; allowed are {allowed}",
            {"method": request.method[:16], "allowed": allowed},
        )
        return failure_reply(Failure(detail, {"Allow": allowed}))
    if error.code and error.code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _internal(error)
    return failure_reply(fail("not_found", "there is nothing at this address"))


def _internal(error: Exception) -> Response:
    log.error("request %s failed", g.get("request_id", ""), exc_info=error)
    return failure_reply(fail("internal", "the service failed; quote the request_id"))
