"""What can go wrong, as exceptions.

KpiError
├── Invalid          the inputs were refused; `errors` points to each
├── UnknownMetric    no metric has the name, or several have
├── NotAllowed       the key is missing, wrong, or not for this
├── RateLimited      too many requests, even after waiting
├── ServiceFailed    the service failed or refused the request as such
└── Unreachable      no answer within the deadline
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class KpiError(Exception):
    """A call failed; *code* is the service's stable code, *problem* its whole answer."""

    def __init__(self, code: str, message: str, problem: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.problem = dict(problem or {})


class Invalid(KpiError):
    """The inputs were refused."""

    @property
    def errors(self) -> list[dict[str, str]]:
        """Return each finding: `pointer`, `code` and `detail`."""
        found: list[dict[str, str]] = self.problem.get("errors", [])
        return found


class UnknownMetric(KpiError):
    """No metric has the name, or several have."""


class NotAllowed(KpiError):
    """The key is missing, wrong, or does not open this."""


class RateLimited(KpiError):
    """Too many requests."""


class ServiceFailed(KpiError):
    """The service failed, or refused the request as such."""


class Unreachable(KpiError):
    """No answer came within the deadline."""

    def __init__(self, message: str) -> None:
        super().__init__("unreachable", message)


_BY_CODE: dict[str, type[KpiError]] = {
    "unknown_metric": UnknownMetric,
    "ambiguous_metric": UnknownMetric,
    "unauthorized": NotAllowed,
    "forbidden": NotAllowed,
    "rate_limited": RateLimited,
}
_UNPROCESSABLE = 422


def error_of(problem: Mapping[str, Any]) -> KpiError:
    """Return the exception that a problem of the service stands for."""
    code = str(problem.get("code", "unknown"))
    message = str(problem.get("detail") or problem.get("title") or code)
    by_status = Invalid if problem.get("status") == _UNPROCESSABLE else ServiceFailed
    return _BY_CODE.get(code, by_status)(code, message, problem)
