"""Counts and durations for Prometheus, over all workers; no label comes from a caller's text."""

from __future__ import annotations

import os
from functools import cache
from typing import Any

DOORS = {
    "/v1/metrics": "catalogue",
    "/v1/quantities": "catalogue",
    "/v1/batch": "batch",
    "/v1/compute": "compute",
    "/v1/presets": "presets",
    "/livez": "health",
    "/readyz": "health",
    "/version": "health",
    "/metrics": "metrics",
    "/docs": "documents",
    "/openapi.yaml": "documents",
    "/openapi.json": "documents",
}
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "QUERY"})
BUCKETS = (0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
MULTIPROCESS = "PROMETHEUS_MULTIPROC_DIR"


def door_of(path: str) -> str:
    """Return the name of the door that *path* knocks at, one of a few."""
    known = DOORS.get(path.rstrip("/"))
    if known:
        return known
    if path.startswith("/v1/metrics/"):
        return "cell" if path.rstrip("/").endswith("/value") else "metric"
    if path.startswith("/v1/hooks/"):
        return "hook"
    return "other"


def observe(method: str, path: str, status: str, seconds: float) -> None:
    """Count one answered request."""
    requests, durations = _instruments()
    door = door_of(path)
    requests.labels(door, method if method in METHODS else "other", status[:3]).inc()
    durations.labels(door).observe(seconds)


def exposition() -> tuple[bytes, str]:
    """Return all workers' figures in Prometheus' text format, and its content type."""
    from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
    from prometheus_client.multiprocess import MultiProcessCollector

    _instruments()
    if not os.environ.get(MULTIPROCESS):
        return generate_latest(REGISTRY), CONTENT_TYPE_LATEST
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry), CONTENT_TYPE_LATEST


@cache
def _instruments() -> tuple[Any, Any]:
    # Imported on first use: the folder of the workers' figures must be known before.
    from prometheus_client import Counter, Histogram

    return (
        Counter("kpi_requests", "Requests answered.", ["door", "method", "status"]),
        Histogram("kpi_request_seconds", "Seconds to an answer.", ["door"], buckets=BUCKETS),
    )
