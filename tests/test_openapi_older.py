"""The documents for older readers: valid, complete, and without what those cannot read."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from openapi_spec_validator import validate

from service.catalogue import METRICS

APEX_NAME = re.compile(r"[A-Za-z](?!.*__)[A-Za-z0-9_]*")


@pytest.fixture(scope="module", params=["3.0", "2.0"])
def document(client: FlaskClient, request: pytest.FixtureRequest) -> Any:
    """Return each older document as it is served."""
    return client.get(f"/openapi-{request.param}.json").json


def test_valid(document: Any) -> None:
    """Each is a valid document of its version."""
    validate(document)


def test_every_metric_is_there(document: Any) -> None:
    """Every metric can be computed, under the id that is its operationId."""
    found = {item["post"]["operationId"] for item in document["paths"].values() if "post" in item}

    assert METRICS.keys() <= found


def test_names_suit_apex(document: Any) -> None:
    """Operations and schemas have names that Salesforce can make classes of."""
    schemas = document.get("definitions") or document["components"]["schemas"]
    ids = [
        operation["operationId"]
        for item in document["paths"].values()
        for operation in item.values()
        if isinstance(operation, dict)
    ]

    assert [] == [name for name in [*schemas, *ids] if not APEX_NAME.fullmatch(name)]


def test_what_power_platform_reads(client: FlaskClient) -> None:
    """OpenAPI 2.0 stays small, asks for a key first, and has neither choices nor null."""
    text = client.get("/openapi-2.0.json").text
    document = json.loads(text)

    assert len(text.encode()) < 1_000_000
    assert {"type": "apiKey", "in": "header", "name": "X-API-Key"} == next(
        iter(document["securityDefinitions"].values())
    )
    for word in ("anyOf", "oneOf", "nullable", '"null"'):
        assert word not in text
    assert all(
        "x-ms-summary" in item["post"]["parameters"][0] for item in document["paths"].values()
    )
