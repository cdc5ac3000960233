"""Request bodies: counted while they are read, and parsed once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from flask import request
from gunicorn.http.errors import ParseException  # type: ignore[import-untyped]
from werkzeug.exceptions import ClientDisconnected

from service.web.reply import fail
from service.wire import loads

PIECE = 64 * 1024

JSON_TYPES = ("application/json", "text/plain")
"""``text/plain`` too: all that a browser may send across origins without asking first."""


def json_body(limit: int) -> Any:
    """Return the parsed JSON body of at most *limit* bytes.

    Raises:
        Failure: `unsupported_media_type` or `body_too_large`.
        Refused: `not_json` or `too_deep`.
    """
    require_type(*JSON_TYPES)
    refuse_encoding()
    return loads(b"".join(pieces(limit)))


def require_type(*known: str) -> str:
    """Return the body's media type, which must be one of *known* or ``+json``."""
    given = request.mimetype
    if given in known or (given.endswith("+json") and "application/json" in known):
        return given
    raise fail(
        "unsupported_media_type",
        "a body of the type {given} is not read here; send {known}",
        given=given[:64] or "(none)",
        known=", ".join(known),
    )


def refuse_encoding() -> None:
    """Refuse a compressed body: what it unpacks to cannot be bounded by its size.

    Raises:
        Failure: `unsupported_media_type`.
    """
    encoding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding != "identity":
        raise fail(
            "unsupported_media_type",
            "a body with the encoding {encoding} is not read here; send it uncompressed",
            encoding=encoding[:32],
        )


def pieces(limit: int, size: int = PIECE) -> Iterator[bytes]:
    """Yield the body as it arrives, *size* bytes at a time and up to *limit*, chunked or not.

    Werkzeug alone cuts a chunked body at the limit and goes on as if it ended there.

    Raises:
        Failure: `body_too_large`, or `not_json` for a body that ends early.
    """
    if (request.content_length or 0) > limit:
        raise _too_large(limit)
    stream, seen = request.stream, 0
    while piece := _piece(stream, size):
        seen += len(piece)
        if seen > limit:
            raise _too_large(limit)
        yield piece


def _piece(stream: IO[bytes], size: int) -> bytes:
    try:
        return stream.read(size)
    except (ClientDisconnected, OSError, ParseException):  # the last one of a broken chunk
        raise fail("not_json", "the body ended before it was complete") from None


def _too_large(limit: int) -> Exception:
    return fail("body_too_large", "the body is larger than {limit} bytes", limit=limit)
