"""What every metric refuses, with the right code at the right place, and never a 500."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import jsonable

from service.metric import Input, Metric
from service.shape.number import Number, Parts

HUNDRED_AND_ONE_DIGITS = "1" * 101

SPOILT = {
    "a text": ('"5"', "wrong_type"),
    "a boolean": ("true", "wrong_type"),
    "null": ("null", "wrong_type"),
    "NaN": ("NaN", "not_finite"),
    "Infinity": ("Infinity", "not_finite"),
    "minus Infinity": ("-Infinity", "not_finite"),
    "1e999": ("1e999", "out_of_range"),
    "-1e999": ("-1e999", "out_of_range"),
    "1e-999": ("1e-999", "out_of_range"),
    "more than a decimal holds": ("1e9999999999999999999", "not_finite"),
    "101 digits": (f"0.{HUNDRED_AND_ONE_DIGITS}", "out_of_range"),
}
CONTAINERS = ("[]", "{}", "[[1]]", '{"a": {"b": 1}}', '["1"]', '{"a": null}')


def test_a_scalar_that_is_none(post: Any, formula: Metric) -> None:
    """What is not a finite number is refused where it stands."""
    told = {
        (one.name, kind): findings(post(formula.id, spoilt(formula, one.name, raw)))
        for one in formula.inputs
        for kind, (raw, _) in SPOILT.items()
    }

    assert {
        (one.name, kind): (422, [(f"/{one.name}", code)])
        for one in formula.inputs
        for kind, (_, code) in SPOILT.items()
    } == told


def test_below_the_bound(post: Any, formula: Metric) -> None:
    """A negative number is refused exactly where the card states a minimum."""
    for one in formula.inputs:
        reply = post(formula.id, spoilt(formula, one.name, "-1"))
        told = [] if reply.status_code == 200 else findings(reply)[1]

        refused = (f"/{one.name}", "out_of_range") in told
        assert (number(one).minimum is not None) is refused


def test_above_the_bound(post: Any, formula: Metric) -> None:
    """More than the maximum of the card is refused."""
    for one in formula.inputs:
        maximum = number(one).maximum
        if maximum is not None:
            reply = post(formula.id, spoilt(formula, one.name, str(maximum + 200)))

            assert (422, [(f"/{one.name}", "out_of_range")]) == findings(reply)


def test_five_for_five_percent(post: Any, formula: Metric) -> None:
    """5 for a rate is answered with how 5% is written."""
    for one in formula.inputs:
        if 1 in {number(one).maximum, number(one).below}:
            detail = post(formula.id, spoilt(formula, one.name, "5")).json["detail"]

            assert f"{one.name}: it must be a ratio of at most 1: write 5% as 0.05" == detail


def test_missing(post: Any, formula: Metric) -> None:
    """Each missing input is named, all of them at once."""
    reply = post(formula.id, {})
    required = [one.name for one in formula.inputs if one.required]

    assert (422, [(f"/{name}", "missing") for name in required]) == findings(reply)


def test_misspelt(post: Any, formula: Metric) -> None:
    """A misspelt name is refused first, and what was meant is proposed."""
    for one in formula.inputs:
        slip = f"{one.name}z"
        body = formula.example_request()
        body[slip] = body.pop(one.name, 1)
        reply = post(formula.id, body)

        assert (f"/{slip}", "unknown_field") == findings(reply)[1][0]
        assert f"did you mean {one.name}?" in reply.json["detail"]


def test_twice(post: Any, formula: Metric) -> None:
    """A name that stands twice is refused: which one counts would be a guess."""
    body = jsonable(formula.example_request())
    for one in formula.inputs:
        reply = post(formula.id, f'{{"{one.name}": 1, "{one.name}": 1, {body[1:]}')

        assert (422, [(f"/{one.name}", "duplicate_key")]) == findings(reply)


def test_too_deep(post: Any, formula: Metric) -> None:
    """A body nested deeper than 32 levels is refused whole."""
    for one in formula.inputs:
        deep = "[" * 32 + "1" + "]" * 32
        reply = post(formula.id, spoilt(formula, one.name, deep))

        assert (400, "too_deep") == (reply.status_code, reply.json["code"])


def test_containers(post: Any, formula: Metric) -> None:
    """Only named parts and lists of numbers stand for a total, and nothing else for a number."""
    for one in formula.inputs:
        for raw in CONTAINERS:
            reply = post(formula.id, spoilt(formula, one.name, raw))
            ((pointer, code),) = findings(reply)[1]

            empty = isinstance(one.shape, Parts) and raw in {"[]", "{}"}
            assert ("out_of_range" if empty else "wrong_type") == code
            assert pointer.startswith(f"/{one.name}")


@pytest.mark.parametrize("raw", ["[]", "5", '"x"', "null", "NaN", "true"])
def test_the_body_is_an_object(post: Any, raw: str) -> None:
    """A body of JSON that is no object is refused as such."""
    reply = post("marketing_roi", raw)

    assert (422, "wrong_type") == (reply.status_code, reply.json["code"])


@pytest.mark.parametrize("raw", ['"XBT"', '"vnd"', '"Đồng"', "704", "null", "[]"])
def test_an_unknown_currency(post: Any, raw: str) -> None:
    """A currency is an ISO 4217 code in capitals."""
    reply = post("profit", f'{{"revenue": 1, "cost": 1, "currency": {raw}}}')

    assert "/currency" == findings(reply)[1][0][0]


def test_all_findings_at_once(post: Any) -> None:
    """Every input that is wrong is told in one answer."""
    body = (
        '{"revenue": NaN, "marketing_cost": -1, "currency": 5, "period": {}, "label": "", "x": 1}'
    )
    told = findings(post("marketing_roi", body))[1]

    assert {
        ("/revenue", "not_finite"),
        ("/marketing_cost", "out_of_range"),
        ("/currency", "unknown_currency"),
        ("/period/start", "missing"),
        ("/label", "out_of_range"),
        ("/x", "unknown_field"),
    } == set(told)


def test_a_synonym_of_a_sibling(post: Any) -> None:
    """A name that another metric uses for the same figure is answered with this one's own."""
    detail = post("conversion_rate", {"conversions": 1, "visitor": 2}).json["detail"]

    assert "visitors" in detail


@pytest.mark.parametrize(
    ("period", "pointer", "code"),
    [
        ('{"start": "2026-02-30", "end": "2026-03-01"}', "/period/start", "wrong_type"),
        ('{"start": "2026-03-02", "end": "2026-03-01"}', "/period/end", "inconsistent_inputs"),
        ('{"start": "2026-03-01"}', "/period/end", "missing"),
        ('{"start": "2026-03-01", "ends": "2026-03-01"}', "/period/ends", "unknown_field"),
        ('"2026"', "/period", "wrong_type"),
        ('{"start": 20260301, "end": "2026-03-01"}', "/period/start", "wrong_type"),
        ('{"end": "2026-03-01", "end": "2026-03-01"}', "/period/end", "duplicate_key"),
    ],
)
def test_period(post: Any, period: str, pointer: str, code: str) -> None:
    """A period has a first and a last day, in that order."""
    reply = post("profit", f'{{"revenue": 1, "cost": 1, "period": {period}}}')

    assert (422, [(pointer, code)]) == findings(reply)


@pytest.mark.parametrize("label", ["5", '""', f'"{"x" * 201}"', "true", "NaN"])
def test_label(post: Any, label: str) -> None:
    """A label is a text of 1 to 200 characters."""
    reply = post("profit", f'{{"revenue": 1, "cost": 1, "label": {label}}}')

    assert "/label" == findings(reply)[1][0][0]


def test_too_many_parts(post: Any) -> None:
    """A list has at most 10,000 numbers."""
    reply = post("historical_lifetime_value", f'{{"purchases": [{"1," * 10_000}1]}}')

    assert (413, [("/purchases", "too_many_items")]) == findings(reply)


def test_a_pointer_is_escaped(post: Any) -> None:
    """A part's name with / or ~ is escaped in the pointer (RFC 6901)."""
    reply = post("cost_per_lead", {"campaign_costs": {"a/b~c": -1}, "leads": 1})

    assert [("/campaign_costs/a~1b~0c", "out_of_range")] == findings(reply)[1]


def test_markup_and_braces_in_names_are_only_text(post: Any) -> None:
    """What a caller names is quoted, never interpreted."""
    reply = post("cost_per_lead", {"{name}<b>": 1, "campaign_costs": 1, "leads": 1})

    assert 422 == reply.status_code
    assert "{name}<b>" in reply.json["errors"][0]["detail"]


def number(one: Input) -> Number:
    """Return the bounds of an input."""
    return one.shape.each if isinstance(one.shape, Parts) else one.shape


def spoilt(formula: Metric, name: str, raw: str) -> str:
    """Return the example as JSON, with *raw* in the place of one input."""
    body = {**formula.example_request(), name: "spoilt"}
    return jsonable(body).replace('"spoilt"', raw)


def findings(reply: Any) -> tuple[int, list[tuple[str, str]]]:
    """Return the status and what the problem says of each place."""
    told = json.loads(reply.text)
    return reply.status_code, [(one["pointer"], one["code"]) for one in told["errors"]]
