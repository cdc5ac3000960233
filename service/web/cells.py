"""One number for one cell: what a spreadsheet's WEBSERVICE or IMPORTDATA calls."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from babel import Locale, UnknownLocaleError
from babel.numbers import get_decimal_symbol
from flask import Blueprint, Response, request

from service.answer import answer
from service.message import Refused
from service.problem import Invalid, problem_of
from service.web.metrics import detail, named
from service.web.reply import (
    Failure,
    fail,
    json_reply,
    language,
    problem_in,
    problem_reply,
    safe_language,
)
from service.written import Manner, as_json, fits_a_query

SECONDS_FRESH = 300
ANSWERED = {
    "text": "text/plain",
    "csv": "text/csv",
    "xml": "application/xml",
    "json": "application/json",
}
CONTROLS = frozenset(
    ["lang", "format", "errors", "header", "decimal", "locale", "dates", "detail", "key"]
)
IGNORED = frozenset(["", "_", "refresh", "cb"])
"""What spreadsheet users add to a URL to defeat a cache."""

CELL_CODES = {
    "division_by_zero": "#DIV/0!",
    "missing": "#N/A",
    "unknown_metric": "#NAME?",
    "ambiguous_metric": "#NAME?",
    "unknown_field": "#NAME?",
}

blueprint = Blueprint("cells", __name__)


@blueprint.get("/v1/metrics/<metric_id>/value")
def value(metric_id: str) -> Response:
    """Return the value of one metric for the inputs in the query."""
    wanted = _format()
    inline = _inline(wanted)
    try:
        told = _computed(metric_id, wanted)
    except Failure as failure:
        told = problem_in(failure)
    except (Invalid, Refused) as failure:
        told = problem_of(failure, safe_language())
    if "code" in told and not inline:
        return problem_reply(told)
    reply = _written(wanted, told, inline=inline)
    reply.headers["X-KPI-Status"] = told.get("status") if "metric" in told else "error"
    reply.vary.update(["Accept", "Accept-Encoding", "Accept-Language"])
    if "metric" not in told:
        reply.headers["Cache-Control"] = "no-store"
        return reply
    scope = "private" if "key" in request.args else "public"
    reply.headers["Cache-Control"] = f"{scope}, max-age={SECONDS_FRESH}"
    reply.add_etag()
    reply.make_conditional(request)
    return reply


def _computed(metric_id: str, wanted: str) -> dict[str, Any]:
    metric = named(metric_id)
    if not fits_a_query(metric):
        raise Refused(
            "",
            "wrong_type",
            "{metric} takes records or answers with a table, which no cell holds:"
            " POST to /v1/metrics/{metric}",
            metric=metric.id,
        )
    raw = as_json(metric, _inputs(), _manner())
    return answer(metric, raw, language(), detail() if wanted == "json" else "full")


def _inputs() -> Iterator[tuple[str, str]]:
    for name, text in request.args.items(multi=True):
        nameless = not text and name.isdigit()  # a cache-buster such as ?123
        if name not in CONTROLS and name not in IGNORED and not nameless:
            yield name, text


def _manner() -> Manner:
    mark = request.args.get("decimal", ".")
    if "locale" in request.args and "decimal" not in request.args:
        mark = _mark_of(request.args["locale"])
    if mark not in {".", ","}:
        raise fail("not_acceptable", "decimal={mark} is neither . nor ,", mark=mark[:16])
    dates = request.args.get("dates", "iso")
    if dates not in {"iso", "excel"}:
        raise fail("not_acceptable", "dates={dates} is neither iso nor excel", dates=dates[:16])
    return Manner(mark, dates == "excel")


def _mark_of(locale: str) -> str:
    try:
        return get_decimal_symbol(Locale.parse(locale.replace("-", "_")))
    except (UnknownLocaleError, ValueError, TypeError):
        raise fail(
            "not_acceptable", "locale={locale} is not known; try de or vi-VN", locale=locale[:16]
        ) from None


def _format() -> str:
    asked = request.args.get("format")
    if asked in ANSWERED:
        return asked
    if asked is not None:
        raise _no_format(asked)
    accepted = request.accept_mimetypes
    if not accepted or "text/html" in accepted.values():  # a browser lists XML as well
        return "text"
    for name, mimetype in {**ANSWERED, "xml ": "text/xml"}.items():
        if accepted.best == mimetype:
            return name.strip()
    best = accepted.best_match(ANSWERED.values())
    if best is None:
        raise _no_format(str(accepted))
    return next(name for name, mimetype in ANSWERED.items() if mimetype == best)


def _no_format(asked: str) -> Failure:
    return fail(
        "not_acceptable",
        "the format {asked} is not served; known are {known}",
        asked=asked[:64],
        known=", ".join(ANSWERED),
    )


def _inline(wanted: str) -> bool:
    asked = request.args.get("errors")
    if asked not in {None, "inline", "http"}:
        raise fail("not_acceptable", "errors={asked} is neither inline nor http", asked=asked[:16])
    return asked == "inline" if asked else wanted != "json"


def _written(wanted: str, told: dict[str, Any], *, inline: bool) -> Response:
    if wanted == "json":
        return json_reply(told)
    write: dict[str, Callable[[dict[str, Any], str], str]] = {
        "text": lambda told, error: error or told["value_text"],
        "csv": _csv,
        "xml": _xml,
    }
    text = write[wanted](told, _cell_error(told) if inline else "")
    charset = "ascii" if wanted == "xml" else "utf-8"  # FILTERXML garbles what is not ASCII
    return Response(
        text.encode(charset, "xmlcharrefreplace"),
        content_type=f"{ANSWERED[wanted]}; charset=utf-8",
    )


def _cell_error(told: dict[str, Any]) -> str:
    """Return what a cell shows instead of a number, or nothing; it never starts a formula."""
    if "metric" not in told:
        shown = f"{CELL_CODES.get(told['code'], '#VALUE!')} {told['detail']}"
    elif told["reason"]:
        reason = told["reason"]
        shown = f"{CELL_CODES.get(reason['code'], '#NUM!')} {reason['message']}"
    else:
        return ""
    return "".join(letter if letter.isprintable() else " " for letter in shown)


def _csv(told: dict[str, Any], error: str) -> str:
    written = io.StringIO()
    rows = csv.writer(written)
    if request.args.get("header") != "0":
        rows.writerow(["metric", "value", "unit", "currency", "status", "error"])
    row = (told.get(name) or "" for name in ("metric", "value_text", "unit", "currency"))
    rows.writerow([*row, told["status"] if "metric" in told else "error", error])
    return written.getvalue()


def _xml(told: dict[str, Any], error: str) -> str:
    known = "metric" in told
    value = told["value_text"] if known else ""
    unit = escape(told["unit"]) if known else ""
    status = told["status"] if known else "error"
    code = told["code"] if not known else (told["reason"] or {}).get("code", "")
    failed = f"<error code={quoteattr(code)}>{escape(error)}</error>" if error else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f"<kpi><value>{value}</value><unit>{unit}</unit><status>{status}</status>{failed}</kpi>"
    )
