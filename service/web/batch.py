"""Many computations in one request, as one JSON document or as a stream of lines."""

from __future__ import annotations

from collections.abc import Iterator
from contextvars import copy_context
from typing import Any

import gevent
from flask import Blueprint, Response, stream_with_context
from gevent.queue import Queue

from service.batch import Batch, detail_of
from service.message import Refused
from service.shape.refusal import escaped, refuse_duplicates, unknown
from service.web.body import JSON_TYPES, json_body, pieces, require_type
from service.web.metrics import detail
from service.web.reply import Failure, fail, language
from service.web.settings import settings
from service.wire import dumps, loads

LINE_TYPES = ("application/x-ndjson", "application/jsonl")
FIRST_PIECE = 1024
"""Bytes read at a time from a stream of lines, so that the first answer leaves early."""

ITEMS_BETWEEN_YIELDS = 50
"""About 20 ms of work: a long batch lets the other connections of the worker go on."""

blueprint = Blueprint("batch", __name__)


@blueprint.post("/v1/batch")
def compute_many() -> Response:
    """Compute every item, each on its own."""
    given = require_type(*JSON_TYPES, *LINE_TYPES)
    if given in LINE_TYPES:
        lines = _lines(Batch(language(), detail()))
        return Response(stream_with_context(lines), mimetype="application/x-ndjson")
    return Response(_document(*_read()), mimetype="application/json")


def _read() -> tuple[Batch, list[Any]]:
    raw = json_body(settings().bulk_limit)
    if not isinstance(raw, dict):
        raise Refused("", "wrong_type", 'the body is an object: {{"items": [...]}}')
    refuse_duplicates(raw, "")
    for name in raw:
        if name not in {"items", "detail"}:
            raise unknown(name, ["items", "detail"], f"/{escaped(name)}")
    items = raw.get("items")
    if "items" not in raw:
        raise Refused("/items", "missing", "{name} is missing", name="items")
    if not isinstance(items, list):
        raise Refused("/items", "wrong_type", "it must be a list in square brackets")
    most = settings().most_items
    if len(items) > most:
        raise fail(
            "too_many_items",
            "{count} items are too many; send at most {most}, or more as lines (NDJSON)",
            count=len(items),
            most=most,
        )
    return Batch(language(), detail_of(raw["detail"]) if "detail" in raw else detail()), items


def _document(batch: Batch, items: list[Any]) -> bytes:
    results = []
    for index, item in enumerate(items):
        results.append(batch.answer(index, item))
        if index % ITEMS_BETWEEN_YIELDS == ITEMS_BETWEEN_YIELDS - 1:
            gevent.sleep(0)
    body = f'{{"results": [{", ".join(results)}], "summary": {dumps(batch.summary)}}}'
    return body.encode("utf-8", "replace")


def _lines(batch: Batch) -> Iterator[bytes]:
    """Yield one line for each line that arrives, and read on while they are written."""
    index, most = 0, settings().most_lines
    for place, line in enumerate(_arriving(), 1):
        if isinstance(line, Failure):
            yield _stopped(batch, index, place, line)
        elif not line.strip():
            continue
        elif index == most:
            excess = fail("too_many_items", "at most {most} lines are answered", most=most)
            yield _stopped(batch, index, place, excess)
            return
        else:
            yield _line(batch, index, place, line)
            index += 1
            if index % ITEMS_BETWEEN_YIELDS == 0:
                gevent.sleep(0)


def _line(batch: Batch, index: int, place: int, line: bytes) -> bytes:
    try:
        item = loads(line)
    except Refused as refused:
        return _written(batch.failed(index, refused, line=place))
    return _written(batch.answer(index, item, place))


def _stopped(batch: Batch, index: int, place: int, failure: Failure) -> bytes:
    told = failure.detail
    refused = Refused("", told.code, told.template, **told.values)
    return _written(batch.failed(index, refused, line=place))


def _written(result: str) -> bytes:
    return result.encode("utf-8", "replace") + b"\n"


def _arriving() -> Iterator[bytes | Failure]:
    """Yield the lines as they arrive; a failure to read on comes last.

    A greenlet of its own drains the input, bounded by the body limit: a client
    that sends everything before it reads would otherwise wait for ever, and so
    would we.
    """
    arrived: Queue[bytes | Failure | None] = Queue()

    def drain() -> None:
        try:
            for piece in pieces(settings().bulk_limit, FIRST_PIECE):
                arrived.put(piece)
        except Failure as failure:
            arrived.put(failure)
        finally:
            arrived.put(None)

    reader = gevent.spawn(copy_context().run, drain)
    try:
        line: list[bytes] = []  # in pieces: adding them up one by one would be quadratic
        while (piece := arrived.get()) is not None:
            if isinstance(piece, Failure):
                yield piece
                return
            first, *more = piece.split(b"\n")
            line.append(first)
            for start in more:
                yield b"".join(line)
                line = [start]
        yield b"".join(line)
    finally:
        reader.kill()
