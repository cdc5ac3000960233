"""Sending a request until it is answered: time-outs, retries, one deadline over all of them.

Every computation is pure, so that sending it again is always safe.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import requests

from kpi_client.errors import KpiError, Unreachable, error_of

TIMEOUTS = (3.05, 10.0)
"""Seconds to connect, and between two bytes of the answer."""

AGAIN = frozenset({429, 502, 503, 504})
"""Statuses that another try may mend."""

UNANSWERED = (
    requests.ConnectionError,
    requests.Timeout,
    requests.exceptions.ChunkedEncodingError,
)
"""What `requests` raises where a connection broke before the whole answer came."""

FIRST_PAUSE = 0.1
LONGEST_PAUSE = 5.0


@dataclass(frozen=True)
class Sender:
    """One service and how patiently it is called."""

    base_url: str
    api_key: str | None
    deadline: float
    session: requests.Session

    def send(
        self, method: str, path: str, body: bytes | None, content_type: str, **query: str
    ) -> requests.Response:
        """Return the answer to a request, after as many tries as the deadline allows.

        Raises:
            KpiError: The service refused it, or no answer came in time.
        """
        until = time.monotonic() + self.deadline
        for pause in _pauses():
            try:
                reply = self.session.request(
                    method,
                    self.base_url + path,
                    params=query,
                    data=body,
                    headers=self._headers(content_type),
                    timeout=TIMEOUTS,
                )
            except (
                requests.ConnectionError,
                requests.Timeout,
                requests.exceptions.ChunkedEncodingError,
            ) as error:
                failure: KpiError = Unreachable(f"{self.base_url} does not answer: {error}")
                wait = pause
            else:
                if reply.ok:
                    return reply
                failure = error_of(_problem(reply))
                if reply.status_code not in AGAIN:
                    raise failure
                wait = max(pause, _retry_after(reply.headers))
            if time.monotonic() + wait > until:
                raise failure
            time.sleep(wait)
        raise AssertionError("the pauses never end")

    def _headers(self, content_type: str) -> dict[str, str]:
        headers = {"Accept": "application/json", "Content-Type": content_type}
        if self.api_key:
            headers["Authorization"] = f"Bearer {self.api_key}"
        return headers


def _pauses() -> Iterator[float]:
    """Yield ever longer pauses, each with jitter so that clients do not come back together."""
    pause = FIRST_PAUSE
    while True:
        yield pause * random.uniform(0.5, 1.5)  # noqa: S311  nothing secret about it
        pause = min(2 * pause, LONGEST_PAUSE)


def _retry_after(headers: Mapping[str, str]) -> float:
    try:
        return float(headers.get("Retry-After", "0"))
    except ValueError:
        return 0.0


def _problem(reply: requests.Response) -> dict[str, Any]:
    try:
        told: dict[str, Any] = reply.json()
    except ValueError:
        told = {}
    fallback = {"code": "http_error", "status": reply.status_code, "detail": reply.reason}
    return fallback | (told if isinstance(told, dict) else {})
