"""The answer to a computation: the value, and the formula that gave it, for people and programs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any, Literal

from service.digits import plain, significant
from service.display import display
from service.formula import Parts
from service.message import Message
from service.metric import Better, Metric
from service.outcome import Outcome
from service.render import as_expression, as_latex, as_spreadsheet, as_template, as_text
from service.schema import Request, load
from service.text import Language, say, translate
from service.wire import dumps, number

Detail = Literal["full", "value"]

MOST_PARTS_SHOWN = 5
SHOWN_DIGITS = 10
LONGEST_ECHO = 100

_GAP = "\ue000"
"""A character for private use, which no text of ours holds, where a piece goes."""

BETTER_READING: Mapping[str, str] = {
    "up": "For this KPI higher is better.",
    "down": "For this KPI lower is better.",
}


def answer(metric: Metric, raw: Any, language: Language, detail: Detail) -> dict[str, Any]:
    """Return the answer to the inputs *raw*, as parsed by `service.wire`.

    Raises:
        Invalid: The inputs are refused.
    """
    request = load(metric, raw)
    return told(request, outcome_of(request), language, detail)


def answer_as_json(metric: Metric, raw: Any, language: Language, detail: Detail) -> str:
    """Return `answer` as JSON text.

    Raises:
        Invalid: The inputs are refused.
        Refused: The inputs contradict each other.
    """
    request = load(metric, raw)
    return told_as_json(request, outcome_of(request), language, detail)


def outcome_of(request: Request) -> Outcome:
    """Return the outcome of a validated request, with an assumption for each default used.

    Raises:
        Refused: The inputs contradict each other.
    """
    inputs = request.inputs
    outcome = request.metric.compute(inputs)
    if not request.defaulted or request.metric.expression is None:
        return outcome
    assumed = tuple(
        Message(
            "default_used",
            "{name} was not given: {value} was used",
            {"name": name, "value": plain(inputs[name])},
        )
        for name in request.defaulted
    )
    return Outcome(
        outcome.value,
        outcome.result,
        outcome.reason,
        (*assumed, *outcome.assumptions),
        outcome.warnings,
    )


def told(request: Request, outcome: Outcome, language: Language, detail: Detail) -> dict[str, Any]:
    """Return *outcome* as the body of an answer."""
    pieces = _pieces(request, outcome, language, detail)
    return _frame(request.metric, language, detail, pieces.__getitem__)


def told_as_json(request: Request, outcome: Outcome, language: Language, detail: Detail) -> str:
    """Return `told` as JSON text, of which all that does not vary was written before."""
    pieces = _pieces(request, outcome, language, detail)
    texts, names = _written_frame(request.metric, language, detail)
    written = [texts[0]]
    for name, text in zip(names, texts[1:], strict=True):
        written += (dumps(pieces[name]), text)
    return "".join(written)


def _pieces(
    request: Request, outcome: Outcome, language: Language, detail: Detail
) -> dict[str, Any]:
    """Return what varies in an answer, by the names that `_frame` asks for."""
    metric, value = request.metric, outcome.value
    pieces: dict[str, Any] = {
        "status": "ok" if outcome.reason is None else "undefined",
        "value": number(value),
        "value_text": "" if value is None else plain(value),
        "reason": None if outcome.reason is None else _message(outcome.reason, language),
    }
    if detail == "value":
        return pieces
    currency = request.options.get("currency")
    return pieces | {
        "currency": currency,
        "display": _shown(metric, outcome, currency, language),
        "substituted": _substituted(metric, request.inputs, outcome, language),
        "inputs": _inputs_told(request),
        "reading": _reading(metric, request.options.get("better"), language),
        "assumptions": [_message(one, language) for one in outcome.assumptions],
        "warnings": [_message(one, language) for one in outcome.warnings],
        "period": request.options.get("period"),
        "label": request.options.get("label"),
        "result": outcome.result,
    }


def _frame(
    metric: Metric, language: Language, detail: Detail, piece: Callable[[str], Any]
) -> dict[str, Any]:
    """Return the answer of *metric*, with *piece* called for everything that varies."""
    head = {
        "metric": metric.id,
        "name": translate(metric.name, language),
        "status": piece("status"),
        "value": piece("value"),
        "value_text": piece("value_text"),
        "unit": str(metric.unit),
    }
    if detail == "value":
        del head["name"]
        return {**head, "reason": piece("reason")}
    known = formula(metric, language)
    closed = metric.expression is not None
    return {
        **head,
        "currency": piece("currency"),
        "display": piece("display"),
        "formula": {**known, "substituted": piece("substituted")} if closed else known,
        "inputs": piece("inputs"),
        "reading": piece("reading"),
        "assumptions": piece("assumptions"),
        "warnings": piece("warnings"),
        "reason": piece("reason"),
        "period": piece("period"),
        "label": piece("label"),
        **({} if closed else {"result": piece("result")}),
    }


@cache
def _written_frame(
    metric: Metric, language: Language, detail: Detail
) -> tuple[list[str], list[str]]:
    """Return the JSON text of an answer around the pieces, and the pieces' names in order."""
    frame = dumps(_frame(metric, language, detail, lambda name: f"{_GAP}{name}{_GAP}"))
    parts = re.split(f'"{_GAP}(.*?){_GAP}"', frame)
    return parts[::2], parts[1::2]


@cache
def formula(metric: Metric, language: Language) -> Mapping[str, str]:
    """Return the formula of *metric* in every notation but SQL, or its statement."""
    if metric.expression is None:
        return {"statement": translate(metric.statement, language)}
    labels = {one.name: translate(one.label, language) for one in metric.inputs}
    return {
        "text": as_text(metric.expression, labels.__getitem__, translate("sum of {}", language)),
        "expression": as_expression(metric.expression),
        "latex": as_latex(metric.expression, labels.__getitem__),
        "spreadsheet": as_spreadsheet(metric.expression),
    }


@cache
def _template(metric: Metric) -> str:
    assert metric.expression is not None  # noqa: S101  only closed formulas are substituted
    return as_template(metric.expression)


def _substituted(
    metric: Metric, inputs: Mapping[str, Parts], outcome: Outcome, language: Language
) -> str:
    if metric.expression is None or len(inputs) < len(metric.inputs):
        return ""  # no expression, or an input that waits for a value that is undefined
    operands = {name: _operand(value, language) for name, value in inputs.items()}
    return f"{_template(metric).format_map(operands)}{_equals(outcome.value)}"


def _operand(value: Parts, language: Language) -> str:
    if isinstance(value, Decimal):
        return f"({_signed(value)})" if value < 0 else plain(value)
    parts = list(value.values() if isinstance(value, Mapping) else value)
    shown = [_signed(part) for part in parts[:MOST_PARTS_SHOWN]]
    if len(parts) > MOST_PARTS_SHOWN:
        shown.append(translate("… ({count} parts)", language).format(count=len(parts)))
    joined = " + ".join(shown).replace("+ −", "− ")
    return joined if len(parts) == 1 and parts[0] >= 0 else f"({joined})"


def _signed(value: Decimal) -> str:
    return plain(value).replace("-", "−")


def _equals(value: Decimal | float | None) -> str:
    if not isinstance(value, Decimal):
        return ""
    rounded = significant(value, SHOWN_DIGITS)
    return f" {'=' if rounded == value else '≈'} {_signed(rounded)}"


def _shown(metric: Metric, outcome: Outcome, currency: str | None, language: Language) -> str:
    if outcome.value is None:
        return ""
    value = outcome.value if isinstance(outcome.value, Decimal) else Decimal(repr(outcome.value))
    return display(value, metric.unit, metric.display, currency, language)


def _reading(metric: Metric, better: Better | None, language: Language) -> str:
    reading = translate(metric.reading, language)
    if metric.better not in {"as_the_kpi", "as_the_result"}:
        return reading
    return f"{reading} {translate(BETTER_READING[better or 'up'], language)}"


def _message(message: Message, language: Language) -> dict[str, str]:
    return {"code": message.code, "message": say(message, language)}


def _inputs_told(request: Request) -> dict[str, Any]:
    """Return the inputs as they arrived, with the defaults that were used."""
    raw = request.raw
    return {
        name: _echo(raw.get(name, value))
        for name, value in request.inputs.items()
        if value is not None or name in raw
    }


def _echo(value: Any) -> Any:
    """Return an input as it was used; long lists are told by their length alone."""
    if type(value) is Decimal or type(value) is str:
        return value
    if isinstance(value, Mapping):
        return {name: _echo(part) for name, part in value.items()}
    if isinstance(value, Sequence):
        if len(value) > LONGEST_ECHO:
            return {"records": len(value)}
        return [_echo(part) for part in value]
    return value
