"""W3C trace context: the caller's trace goes on, a broken one begins anew."""

from __future__ import annotations

import os
import re
from typing import NamedTuple

_TRACEPARENT = re.compile(r"[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(?:-.*)?")
_NOTHING = ("0" * 32, "0" * 16)


class Trace(NamedTuple):
    """The trace that a request belongs to, and its own span in it."""

    trace_id: str
    span_id: str

    def header(self) -> str:
        """Return the value of ``traceresponse``."""
        return f"00-{self.trace_id}-{self.span_id}-01"


def trace_of(traceparent: str) -> Trace:
    """Return the trace that *traceparent* names with a new span, or a new trace."""
    found = _TRACEPARENT.fullmatch(traceparent)
    known = found is not None and found[1] != _NOTHING[0] and found[2] != _NOTHING[1]
    trace_id = found[1] if found is not None and known else os.urandom(16).hex()
    return Trace(trace_id, os.urandom(8).hex())
