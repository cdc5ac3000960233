"""The hooks of CRMs and workflow tools, and what is known of each sender."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl

from flask import Blueprint, Response, current_app, g, request
from werkzeug.exceptions import HTTPException
from werkzeug.formparser import FormDataParser

from service.finder import NoSuchMetric
from service.hooks.computed import answered, failed
from service.hooks.described import custom_action, described, listed
from service.hooks.mapping import Plan, plan_of_query
from service.hooks.preset import FORM_TYPES, XML_TYPES, Preset
from service.hooks.presets import PRESETS
from service.hooks.reply import worst, written
from service.hooks.soap import acknowledgement
from service.hooks.soap import message as soap_message
from service.message import Refused
from service.problem import Invalid
from service.web.body import pieces, require_type
from service.web.compute import paced
from service.web.metrics import named
from service.web.proof import KEY_PARAMETERS, require_proof
from service.web.reply import Failure, fail, json_reply, language, text_reply
from service.wire import loads

LIMIT = 1024 * 1024
"""Bytes; the largest message of a CRM that is known of has 256 KiB."""

MOST_FORM_FIELDS = 1000
CONTROLS = frozenset({"metric", "lang", "on_error", *KEY_PARAMETERS})
TRUNCATED = "x-ms-dynamics-msg-size-exceeded"

_ID = re.compile(r"[\x21-\x7e]{1,128}")

log = logging.getLogger("service")

blueprint = Blueprint("hooks", __name__)


@blueprint.post("/v1/hooks/<preset_name>")
@blueprint.post("/v1/hooks/<preset_name>/<metric_id>")
def hook(preset_name: str, metric_id: str | None = None) -> Response:
    """Answer a message in its sender's own shape."""
    preset = _preset(preset_name)
    given_type = require_type(*preset.types)
    body = b"".join(pieces(LIMIT))
    require_proof(preset, body)
    try:
        return _answered(preset, metric_id or request.args.get("metric"), body, given_type)
    except (Failure, Invalid, Refused):
        raise
    except Exception:
        if preset.reply != "soap":
            raise
        log.exception("request %s failed", g.request_id)
        return text_reply(acknowledgement(received=False), 500, "text/xml")


@blueprint.get("/v1/presets")
def presets() -> Response:
    """List the senders that are known."""
    return json_reply(listed(language()))


@blueprint.get("/v1/presets/<preset_name>")
def preset_described(preset_name: str) -> Response:
    """Tell how one sender's messages are read, and how to set it up."""
    return json_reply(described(_preset(preset_name), language()))


@blueprint.get("/v1/hubspot/custom-action.json")
def hubspot_custom_action() -> Response:
    """Return the definition of a custom workflow action that computes one metric."""
    name = request.args.get("metric")
    if name is None:
        raise Refused("/metric", "missing", "{name} is missing", name="metric")
    public = current_app.config.get("HOOKS", {}).get("public_url") or request.host_url
    return json_reply(custom_action(named(name), public.rstrip("/")))


def _answered(preset: Preset, named_metric: str | None, body: bytes, given_type: str) -> Response:
    strict = _on_error() == "422"
    asked_language = language()
    try:
        message = _message(preset, body, given_type)
        plan = _plan(preset)
        answers = answered(preset, message, named_metric, plan, asked_language, paced)
    except NoSuchMetric as error:
        if strict:
            raise Failure(error.message) from None
        answers = [failed(error, asked_language)]
    except (Invalid, Refused) as error:
        if strict or _is_unreadable(error):
            raise
        answers = [failed(error, asked_language)]
    text, mimetype = written(preset, answers)
    reply = text_reply(text, mimetype=mimetype)
    reply.headers["X-KPI-Status"] = worst(answers)
    _echo_ids(reply, answers)
    return reply


def _preset(name: str) -> Preset:
    if name not in PRESETS:
        raise fail(
            "not_found",
            "there is no preset {name}; known are {known}",
            name=name[:64],
            known=", ".join(PRESETS),
        )
    return PRESETS[name]


def _on_error() -> str:
    asked = request.args.get("on_error", "200")
    if asked not in {"200", "422"}:
        raise fail("not_acceptable", "on_error={asked} is neither 200 nor 422", asked=asked[:16])
    return asked


def _message(preset: Preset, body: bytes, given_type: str) -> Any:
    """Return the message as JSON would hold it, whatever it was written in.

    Raises:
        Failure: It is not what its media type says.
        Refused: `not_json`, `too_deep` or `payload_truncated`.
    """
    if TRUNCATED in request.headers:
        raise Refused(
            "",
            "payload_truncated",
            "Dataverse cut the message short: it was larger than 256 KB; register the step with"
            " fewer columns",
        )
    if given_type in XML_TYPES:
        try:
            return soap_message(body)
        except ValueError:
            raise _unreadable(given_type) from None
    if given_type not in FORM_TYPES:
        return loads(body)
    fields: dict[str, Any] = {}
    for name, text in _form(body, given_type):
        if name not in KEY_PARAMETERS:
            fields.setdefault(name, []).append(text)
    return {name: texts[0] if len(texts) == 1 else texts for name, texts in fields.items()} | (
        _fields_in_url() if preset.query_fields else {}
    )


def _form(body: bytes, given_type: str) -> Iterable[tuple[str, str]]:
    try:
        if given_type == FORM_TYPES[0]:
            text = body.decode("utf-8")
            return parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FORM_FIELDS)
        parser = FormDataParser(
            stream_factory=_in_memory, max_form_parts=MOST_FORM_FIELDS, silent=False
        )
        options = request.mimetype_params
        parsed = parser.parse(io.BytesIO(body), given_type, len(body), options)
        return list(parsed[1].items(multi=True))
    except (ValueError, HTTPException):
        raise _unreadable(given_type) from None


def _in_memory(*_: Any, **__: Any) -> io.BytesIO:
    """Return where a file in a form goes, which nobody reads: not to the disk."""
    return io.BytesIO()


def _unreadable(given_type: str) -> Failure:
    return fail(
        "not_readable", "the body cannot be read as {given} of this sender", given=given_type
    )


def _fields_in_url() -> dict[str, str]:
    return {name: text for name, text in _parameters() if "[" not in name}


def _parameters() -> list[tuple[str, str]]:
    return [
        (name, text)
        for name, text in request.args.items(multi=True)
        if name and name not in CONTROLS
    ]


def _plan(preset: Preset) -> Plan:
    pairs = _parameters()
    if preset.query_fields:
        pairs = [(name, text) for name, text in pairs if "[" in name]
    return plan_of_query(pairs)


def _is_unreadable(error: Invalid | Refused) -> bool:
    return isinstance(error, Refused) and error.message.code in {"not_json", "too_deep"}


def _echo_ids(reply: Response, answers: Sequence[Mapping[str, Any]]) -> None:
    """Let the receiver tell a message that came twice."""
    ids = {
        "webhook-id": request.headers.get("webhook-id", ""),
        "X-KPI-Id": answers[0]["id"] if len(answers) == 1 else "",
    }
    for header, text in ids.items():
        if _ID.fullmatch(text):
            reply.headers[header] = text
