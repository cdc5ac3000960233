"""What every test may use: the application without a server, and the metrics to run through."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from flask.testing import FlaskClient

from service.app import create_app
from service.catalogue import METRICS

FORMULAS = {name: one for name, one in METRICS.items() if one.expression is not None}
ALGORITHMS = {name: one for name, one in METRICS.items() if one.expression is None}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that takes `metric` for each of them, or each `formula`, or each `algorithm`."""
    if "metric" in metafunc.fixturenames:
        metafunc.parametrize("metric", METRICS.values(), ids=list(METRICS))
    if "formula" in metafunc.fixturenames:
        metafunc.parametrize("formula", FORMULAS.values(), ids=list(FORMULAS))
    if "algorithm" in metafunc.fixturenames:
        metafunc.parametrize("algorithm", ALGORITHMS.values(), ids=list(ALGORITHMS))


@pytest.fixture(scope="session")
def client() -> FlaskClient:
    """Return a client of the application, in process."""
    return create_app().test_client()


@pytest.fixture(scope="session")
def post(client: FlaskClient) -> Any:
    """Return a function that posts inputs to a metric and gives back the response."""

    def send(metric_id: str, body: Any, **query: str) -> Any:
        data = body if isinstance(body, str) else jsonable(body)
        return client.post(
            f"/v1/metrics/{metric_id}",
            data=data,
            content_type="application/json",
            query_string=query,
        )

    return send


def jsonable(body: Any) -> str:
    """Return *body* as JSON text, decimals with all their digits."""
    if isinstance(body, dict):
        return "{" + ", ".join(f"{jsonable(str(k))}: {jsonable(v)}" for k, v in body.items()) + "}"
    if isinstance(body, list | tuple):
        return "[" + ", ".join(jsonable(one) for one in body) + "]"
    if isinstance(body, bool):
        return "true" if body else "false"
    if isinstance(body, Decimal | int | float):
        return str(body)
    if body is None:
        return "null"
    return '"' + str(body).replace("\\", "\\\\").replace('"', '\\"') + '"'
