"""The OpenAPI document: valid, made of what the service does, the same wherever it is made."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from typing import Any

import pytest
from flask.testing import FlaskClient
from openapi_spec_validator import OpenAPIV31SpecValidator
from serving import ROOT

from service.catalogue import METRICS
from service.metric import Metric
from service.openapi.document import as_yaml
from service.openapi.hooks import paths as hook_paths
from service.problem import PROBLEMS
from service.written import fits_a_query

DOORS = {
    "/v1/metrics",
    "/v1/quantities",
    "/v1/batch",
    "/livez",
    "/readyz",
    "/version",
    "/problems/{code}",
}
PRINT_DIGEST = (
    "import hashlib; from service.openapi.document import as_yaml;"
    " print(hashlib.sha256(as_yaml().encode()).hexdigest())"
)


@pytest.fixture(scope="module")
def document(client: FlaskClient) -> Any:
    """Return the document as it is served."""
    return client.get("/openapi.json").json


def test_valid(document: Any) -> None:
    """The document is valid OpenAPI 3.1, its schemas and defaults included."""
    OpenAPIV31SpecValidator(document).validate()


def test_deterministic() -> None:
    """The document has no order of chance: another hash seed gives the same bytes."""
    environment = {**os.environ, "PYTHONHASHSEED": "1", "PYTHONPATH": str(ROOT)}
    told = subprocess.run(  # noqa: S603  ours
        [sys.executable, "-c", PRINT_DIGEST],
        env=environment,
        capture_output=True,
        check=True,
        text=True,
    )

    assert hashlib.sha256(as_yaml().encode()).hexdigest() == told.stdout.strip()


def test_every_path(document: Any) -> None:
    """There is a path for each door and metric, and a cell wherever its inputs fit a query."""
    metrics = {f"/v1/metrics/{one}" for one in METRICS}
    cells = {f"/v1/metrics/{one.id}/value" for one in METRICS.values() if fits_a_query(one)}

    assert DOORS | metrics | cells | hook_paths().keys() == document["paths"].keys()


def test_operations(document: Any) -> None:
    """Each operation has an id of its own; computing a metric has the metric's."""
    operations = [
        one["operationId"] for path in document["paths"].values() for one in path.values()
    ]

    assert len(operations) == len(set(operations))
    for one in METRICS:
        assert one == document["paths"][f"/v1/metrics/{one}"]["post"]["operationId"]


def test_the_example(document: Any, post: Any, metric: Metric) -> None:
    """The example that is shown, posted, gives the answer that is shown."""
    operation = document["paths"][f"/v1/metrics/{metric.id}"]["post"]
    request = operation["requestBody"]["content"]["application/json"]["example"]
    answer = operation["responses"]["200"]["content"]["application/json"]["example"]

    assert answer == json.loads(post(metric.id, json.dumps(request)).text)


def test_the_example_of_a_cell(document: Any, client: FlaskClient, metric: Metric) -> None:
    """The example inputs of a cell give the number of the metric's example."""
    path = f"/v1/metrics/{metric.id}/value"
    if path not in document["paths"]:
        return
    parameters = document["paths"][path]["get"]["parameters"]
    query = {one["name"]: one["example"] for one in parameters if "example" in one}
    answer = document["paths"][f"/v1/metrics/{metric.id}"]["post"]["responses"]["200"]
    text = answer["content"]["application/json"]["example"]["value_text"]

    assert text == client.get(path, query_string=query).text


def test_the_example_of_a_batch(document: Any, client: FlaskClient) -> None:
    """The example of a batch gives the results that are shown."""
    operation = document["paths"]["/v1/batch"]["post"]
    request = operation["requestBody"]["content"]["application/json"]["example"]
    results = operation["responses"]["200"]["content"]["application/json"]["example"]

    assert results == client.post("/v1/batch", json=request).json


def test_the_description(document: Any, formula: Metric) -> None:
    """A metric's operation tells its meaning, formula, source, units and bounds."""
    operation = document["paths"][f"/v1/metrics/{formula.id}"]["post"]
    schema = document["components"]["schemas"][f"{formula.id}_request"]

    assert formula.name == operation["summary"]
    assert all(
        one in operation["description"]
        for one in (formula.meaning, formula.source, operation["x-formula"]["text"])
    )
    assert {one.name: str(one.unit) for one in formula.inputs} == {
        name: one["x-unit"] for name, one in schema["properties"].items() if "x-unit" in one
    }


def test_the_codes(document: Any) -> None:
    """The codes of problems are listed."""
    codes = document["components"]["schemas"]["problem"]["properties"]["code"]["enum"]

    assert sorted(PROBLEMS) == codes


def test_items_are_told_apart_by_their_metric(document: Any) -> None:
    """An item of a batch is chosen by its metric: inputs that look alike are not ambiguous."""
    schemas = document["components"]["schemas"]
    mapping = schemas["batch_item"]["discriminator"]["mapping"]

    assert set(METRICS) == mapping.keys()
    for one, ref in mapping.items():
        item = schemas[ref.rpartition("/")[2]]
        assert one == item["properties"]["metric"]["const"]
        assert f"#/components/schemas/{one}_request" == item["properties"]["inputs"]["$ref"]


def test_what_generators_stumble_over(document: Any) -> None:
    """No boolean schemas, no local definitions, JSON first, enums distinct when normalised."""
    text = json.dumps(document)

    assert '"$defs"' not in text
    assert "deepObject" not in text
    for node in walk(document):
        if isinstance(node, dict) and "content" in node:
            assert next(iter(node["content"])).endswith("json")
        if isinstance(node, dict) and isinstance(node.get("enum"), list):
            plain = [re.sub(r"\W", "_", str(one)).lower() for one in node["enum"]]
            assert len(plain) == len(set(plain))


def walk(node: Any) -> Any:
    """Yield every part of a document."""
    yield node
    for child in (
        node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    ):
        yield from walk(child)
