"""What is promised of every metric, seen once through every door."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from click.testing import CliRunner
from conftest import jsonable
from flask.testing import FlaskClient

from service.cli import main
from service.digits import plain
from service.metric import Metric
from service.written import fits_a_query

ANSWER_KEYS = set(
    """
    metric name status value value_text unit currency display formula inputs reading assumptions
    warnings reason period label
    """.split()
)
FORMULA_KEYS = {"text", "expression", "substituted", "latex", "spreadsheet"}
CARD_KEYS = set(
    """
    id name aliases category definition inputs unit better over_one defined_when formula reading
    assumptions benchmarks class source example
    """.split()
)
INPUT_KEYS = set("name label unit minimum maximum required default accepts".split())


def test_worked_example(post: Any, metric: Metric) -> None:
    """The answer to the worked example is the value that was computed by hand."""
    answer = post(metric.id, metric.example_request()).json
    value = metric.example.value

    if value is None:
        assert (None, "undefined" if metric.expression else "ok") == (
            answer["value"],
            answer["status"],
        )
    elif isinstance(value, float):
        assert pytest.approx(value, rel=1e-9) == answer["value"]
    else:
        assert plain(Decimal(value)) == answer["value_text"]


def test_the_card_shows_that_answer(client: FlaskClient, post: Any, metric: Metric) -> None:
    """The example on the card is the request, and the answer that the service really gives."""
    example = client.get(f"/v1/metrics/{metric.id}").json["example"]

    assert post(metric.id, example["inputs"]).json == example["answer"]
    assert json.loads(jsonable(metric.example_request())) == example["inputs"]


def test_the_cell_gives_the_same_number(client: FlaskClient, post: Any, metric: Metric) -> None:
    """What a cell shows is the text of the number that POST answers."""
    if not fits_a_query(metric):
        pytest.skip("its inputs are records or its answer a table, which no cell holds")
    query = as_query(metric.example_request())
    cell = client.get(f"/v1/metrics/{metric.id}/value", query_string=query)

    assert _value_text(post, metric) == cell.text.split(" ")[0].replace("#DIV/0!", "")


def test_a_batch_gives_the_same_number(client: FlaskClient, post: Any, metric: Metric) -> None:
    """An item of a batch is answered with what POST answers."""
    item = {"metric": metric.id, "inputs": metric.example_request()}
    reply = client.post(
        "/v1/batch", data=jsonable({"items": [item]}), content_type="application/json"
    )
    (result,) = reply.json["results"]

    assert post(metric.id, metric.example_request()).json == _without(result, "index", "id")


def test_the_command_line_gives_the_same_number(post: Any, metric: Metric) -> None:
    """What the command line prints is the text of the number that POST answers."""
    if not fits_a_query(metric):
        pytest.skip("its inputs are records or its answer a table, which no argument holds")
    pairs = [f"{name}={text}" for name, text in as_query(metric.example_request())]
    told = CliRunner().invoke(main, ["compute", metric.id, "--value", *pairs])

    assert _value_text(post, metric) == told.output.strip()


def test_all_keys_are_there(post: Any, metric: Metric) -> None:
    """An answer has all its keys, whatever its status."""
    answer = post(metric.id, metric.example_request()).json

    assert ANSWER_KEYS == answer.keys() - {"result"}
    if metric.expression is not None:
        assert "result" not in answer
        assert FORMULA_KEYS == answer["formula"].keys()


def test_inputs_are_echoed(post: Any, formula: Metric) -> None:
    """`inputs` holds every input, as sent or as its default."""
    sent = formula.example_request()
    inputs = post(formula.id, sent).json["inputs"]
    defaults = {one.name: one.default for one in formula.inputs if not one.required}
    expected = defaults | {name: one for name, one in sent.items() if name != "currency"}

    assert json.loads(jsonable(expected)) == inputs


def test_a_default_is_told(post: Any, formula: Metric) -> None:
    """An input that was not given is named among the assumptions, with its value."""
    optional = [one for one in formula.inputs if not one.required]
    sent = _without(formula.example_request(), *(one.name for one in optional))
    told = post(formula.id, sent).json["assumptions"]

    assert [
        {"code": "default_used", "message": f"{one.name} was not given: {one.default} was used"}
        for one in optional
    ] == told


def test_value_and_text_are_one_number(post: Any, metric: Metric) -> None:
    """`value` has the digits of `value_text`, as a JSON number."""
    reply = post(metric.id, metric.example_request())
    exact = json.loads(reply.text, parse_float=str, parse_int=str)

    assert (exact["value"] or "") == exact["value_text"]


def test_the_card_in_three_languages(client: FlaskClient, metric: Metric) -> None:
    """Every card renders in English, Vietnamese and Chinese, complete and each its own."""
    cards = [client.get(f"/v1/metrics/{metric.id}?lang={one}").json for one in ("en", "vi", "zh")]

    assert [CARD_KEYS] * 3 == [one.keys() for one in cards]
    assert all(one.keys() == INPUT_KEYS for card in cards for one in card["inputs"])
    assert 3 == len({card["definition"] for card in cards})


def test_the_card_gives_the_formula_for_a_database(client: FlaskClient, formula: Metric) -> None:
    """A card holds the formula in SQL beside the notations of an answer, without the numbers."""
    told = client.get(f"/v1/metrics/{formula.id}").json["formula"]

    assert FORMULA_KEYS - {"substituted"} | {"sql"} == told.keys()


def test_the_same_request_gives_the_same_bytes(
    client: FlaskClient, post: Any, metric: Metric
) -> None:
    """Nothing of the moment is in an answer or a card."""
    for ask in (
        lambda: post(metric.id, metric.example_request()),
        lambda: client.get(f"/v1/metrics/{metric.id}"),
    ):
        assert ask().data == ask().data


def test_detail_value(post: Any, metric: Metric) -> None:
    """detail=value leaves the keys a caller in bulk needs, with the same contents."""
    whole = post(metric.id, metric.example_request()).json
    short = post(metric.id, metric.example_request(), detail="value").json

    keys = ("metric", "status", "value", "value_text", "unit", "reason")
    assert {name: whole[name] for name in keys} == short


def as_query(inputs: dict[str, Any]) -> list[tuple[str, str]]:
    """Return a request body as the pairs of a query."""
    pairs = []
    for name, value in inputs.items():
        if isinstance(value, dict):
            pairs += [(f"{name}[{part}]", str(one)) for part, one in value.items()]
        elif isinstance(value, list):
            pairs += [(name, str(one)) for one in value]
        else:
            pairs.append((name, str(value)))
    return pairs


def _value_text(post: Any, metric: Metric) -> str:
    text: str = post(metric.id, metric.example_request()).json["value_text"]
    return text


def _without(whole: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: one for name, one in whole.items() if name not in names}
