"""What is promised of every metric that reads records, whatever is sent to it."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from conftest import ALGORITHMS, jsonable
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from service.metric import Metric
from service.wire import dumps

LANGUAGES = ("en", "vi", "zh")
JUNK = {
    "null": "null",
    "NaN": "NaN",
    "a flag": "true",
    "a negative number": "-1",
    "a fraction": "0.5",
    "a huge number": "1e299",
    "too huge a number": "1e300",
    "more digits than are read": "0." + "1" * 101,
    "an empty text": '""',
    "a long text": f'"{"x" * 20_000}"',
    "an impossible date": '"2026-02-30"',
    "a time without its offset": '"2026-03-01T10:00:00"',
    "an empty list": "[]",
    "an empty object": "{}",
    "an unknown field": '{"no such field": 1}',
    "a field that stands twice": '{"x": 1, "x": 1}',
    "a list of lists": "[[[]]]",
}
MARK = "\ue000"


@pytest.fixture(scope="module")
def validators() -> dict[str, Any]:
    """Return a validator of each table and of each request, by metric."""
    return {
        one.id: Draft202012Validator(json.loads(dumps(one.result.schema())))
        for one in ALGORITHMS.values()
        if one.result
    }


def test_the_table_is_as_described(
    post: Any, algorithm: Metric, validators: dict[str, Any]
) -> None:
    """The result of the example is what its schema in the OpenAPI document says."""
    table = post(algorithm.id, algorithm.example_request()).json["result"]

    validators[algorithm.id].validate(table)


def test_the_example_is_as_described(algorithm: Metric) -> None:
    """The schema of each input accepts what the metric reads."""
    sent = json.loads(jsonable(algorithm.example_request()))
    for one in algorithm.inputs:
        if one.name in sent:
            Draft202012Validator(json.loads(dumps(one.shape.schema()))).validate(sent[one.name])


def test_each_message_is_translated(post: Any, algorithm: Metric) -> None:
    """What an answer says is said in the language asked for."""
    told = [
        _messages(post(algorithm.id, algorithm.example_request(), lang=one)) for one in LANGUAGES
    ]

    assert told[0].keys() == told[1].keys() == told[2].keys()
    assert all(len({told[i][key] for i in range(3)}) == 3 for key in told[0])


def test_a_batch_reads_the_same(client: FlaskClient, post: Any, algorithm: Metric) -> None:
    """An item of a batch with detail=value is the answer of its own door."""
    item = {"metric": algorithm.id, "inputs": algorithm.example_request(), "detail": "value"}
    reply: Any = client.post(
        "/v1/batch", data=jsonable({"items": [item]}), content_type="application/json"
    )
    (told,) = reply.json["results"]

    assert post(algorithm.id, algorithm.example_request(), detail="value").json == {
        name: one for name, one in told.items() if name not in {"index", "id"}
    }


def test_nothing_breaks_it(
    client: FlaskClient, algorithm: Metric, validators: dict[str, Any]
) -> None:
    """Junk at any place is refused with a pointer, or answered with a table as described."""
    request = json.loads(jsonable(algorithm.example_request()), parse_float=Decimal)
    for path in _places(request):
        frame = jsonable(_with_mark(request, path))
        for kind, junk in JUNK.items():
            reply = client.post(
                f"/v1/metrics/{algorithm.id}",
                data=frame.replace(f'"{MARK}"', junk),
                content_type="application/json",
            )
            told: Any = reply.json
            where = (path, kind, told)
            if reply.status_code == 200:
                assert told["result"] is not None or told["reason"], where
                if told["result"] is not None:
                    assert validators[algorithm.id].is_valid(told["result"]), where
            else:
                assert 422 == reply.status_code, where
                assert all(one["pointer"].startswith("/") for one in told["errors"]), where


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of each part of a request, of the entries of a list those of the first."""
    if path:
        yield path
    if isinstance(value, dict):
        for name, one in value.items():
            yield from _places(one, (*path, name))
    elif isinstance(value, list) and value:
        yield from _places(value[0], (*path, 0))


def _with_mark(request: Any, path: tuple[Any, ...]) -> Any:
    marked = copy.deepcopy(request)
    inside = marked
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = MARK
    return marked


def _messages(reply: Any) -> dict[tuple[str, int], str]:
    told = reply.json
    kinds = {"reason": [told["reason"]] if told["reason"] else []}
    kinds |= {kind: told[kind] for kind in ("assumptions", "warnings")}
    return {(kind, i): one["message"] for kind, them in kinds.items() for i, one in enumerate(them)}
