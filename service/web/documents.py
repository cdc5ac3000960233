"""The API's own documents: OpenAPI, a page to browse it offline, what each problem means."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import yaml
from flask import Blueprint, Response, redirect, request, send_from_directory
from flask.typing import ResponseReturnValue

from service.message import Message
from service.openapi.older import as_20, as_30
from service.problem import PROBLEMS
from service.text import translate
from service.web.reply import Failure, json_reply, language

ASSETS = ("swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png")

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
    " img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'"
)
"""What the page may load: its own files, and the inline styles that its library sets."""

blueprint = Blueprint("documents", __name__)


@blueprint.get("/")
def front() -> ResponseReturnValue:
    """Lead to the page."""
    return redirect("/docs", 302)


@blueprint.get("/openapi.yaml")
def openapi_yaml() -> Response:
    """Return the committed document."""
    return Response(_document(), mimetype="application/yaml")


@blueprint.get("/openapi.json")
def openapi_json() -> Response:
    """Return the same document as JSON."""
    return Response(_document_as_json(), mimetype="application/json")


@blueprint.get("/openapi-3.0.json")
def openapi_30() -> Response:
    """Return the document for readers of OpenAPI 3.0, such as Salesforce."""
    return Response(_older("3.0"), mimetype="application/json")


@blueprint.get("/openapi-2.0.json")
def openapi_20() -> Response:
    """Return the computations for readers of OpenAPI 2.0, such as Power Platform."""
    return Response(_older("2.0"), mimetype="application/json")


@blueprint.get("/docs")
def page() -> ResponseReturnValue:
    """Return the page that shows the document."""
    if request.path.endswith("/"):  # its links are relative, for a service behind a prefix
        return redirect("../docs", 302)
    html = (files("service.web") / "page" / "index.html").read_text("utf-8")
    reply = Response(html, mimetype="text/html")
    reply.headers["Content-Security-Policy"] = PAGE_POLICY
    return reply


@blueprint.get("/docs/<path:name>")
def asset(name: str) -> Response:
    """Return what the page is made of; nothing comes from another network."""
    if name in ASSETS:
        return send_from_directory(str(files("flask_swagger_ui") / "dist"), name, max_age=86_400)
    if name == "start.js":
        return send_from_directory(str(files("service.web") / "page"), name, max_age=86_400)
    raise Failure(Message("not_found", "there is nothing at this address"))


@blueprint.get("/problems/<code>")
def meaning(code: str) -> Response:
    """Return what a problem's code means and what to do about it."""
    if code not in PROBLEMS:
        raise Failure(Message("not_found", "there is no problem {code}", {"code": code[:64]}))
    status, title, remedy = PROBLEMS[code]
    asked = language()
    return json_reply(
        {
            "code": code,
            "status": int(status),
            "title": translate(title, asked),
            "remedy": translate(remedy, asked),
        }
    )


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Let spreadsheets' robots in."""
    return Response("User-agent: *\nAllow: /\n", mimetype="text/plain")


@cache
def _document() -> str:
    """Return the document from the wheel, or from the repository it was not built in."""
    inside = files("service") / "openapi.yaml"
    beside = Path(__file__).parents[2] / "openapi.yaml"
    return (inside if inside.is_file() else beside).read_text("utf-8")


@cache
def _document_as_json() -> str:
    return json.dumps(_parsed(), ensure_ascii=False)


@cache
def _older(version: Literal["3.0", "2.0"]) -> str:
    return json.dumps({"3.0": as_30, "2.0": as_20}[version](_parsed()), ensure_ascii=False)


def _parsed() -> Any:
    return yaml.load(_document(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  a safe loader
