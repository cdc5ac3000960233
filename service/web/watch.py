"""What stands around every request: its log line, its figures, its trace, and its turn.

A worker that serves one connection after the other would let a caller that
always has a request waiting starve the rest.  So each answer, once it has gone
out, gives the others their turn.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import gevent

from service.configuration import Configuration
from service.web.measure import observe
from service.web.trace import Trace, trace_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

access = logging.getLogger("service.access")

UNLOGGED = ("/livez", "/readyz", "/metrics")


def watch(application: WSGIApplication, configuration: Configuration) -> WSGIApplication:
    """Return *application* with each request watched as the configuration asks."""

    def watched(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        seen = _Seen(environ, configuration)

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            seen.status = status
            seen.request_id = next((v for n, v in headers if n == "X-Request-Id"), "")
            if seen.trace:
                headers = [*headers, ("traceresponse", seen.trace.header())]
            return start_response(status, headers, *rest)

        return _Watched(application(environ, start), seen)

    return watched


class _Seen:
    """What is known of a request while it is answered."""

    def __init__(self, environ: WSGIEnvironment, configuration: Configuration) -> None:
        self.environ = environ
        self.configuration = configuration
        self.started = time.perf_counter()
        self.status = ""
        self.request_id = ""
        parent = environ.get("HTTP_TRACEPARENT")
        self.trace: Trace | None = trace_of(parent) if parent is not None else None

    def ended(self) -> None:
        """Write the log line, without the query that holds inputs and keys, and count."""
        seconds = time.perf_counter() - self.started
        method, path = self.environ["REQUEST_METHOD"], self.environ["PATH_INFO"]
        if self.configuration.measure:
            observe(method, path, self.status, seconds)
        if self.configuration.access_log and path not in UNLOGGED:
            access.info(
                json.dumps(
                    {
                        "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
                        "method": method,
                        "path": path[:256],
                        "status": int(self.status[:3] or 0),
                        "ms": round(seconds * 1000, 2),
                        "request_id": self.request_id,
                        "trace_id": self.trace.trace_id if self.trace else None,
                        "from": self.environ.get("REMOTE_ADDR", ""),
                    }
                )
            )


class _Watched:
    """A response body that tells when it has gone out."""

    def __init__(self, body: Iterable[bytes], seen: _Seen) -> None:
        self._body = body
        self._seen = seen

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._body)

    def close(self) -> None:
        """End the request, then let the other connections of this worker go on."""
        try:
            close = getattr(self._body, "close", None)
            if close is not None:
                close()
        finally:
            self._seen.ended()
            gevent.sleep(0)
