"""What is the KPI of a message, or of a list of records?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from service.answer import Detail, outcome_of, told
from service.finder import NoSuchMetric, find
from service.hooks.inputs import Inputs, inputs_of
from service.hooks.mapping import Plan, plan_of
from service.hooks.preset import Preset, Record
from service.hooks.reply import flat
from service.message import Message, Refused
from service.metric import Metric
from service.outcome import Outcome
from service.problem import Invalid, problem, problem_of
from service.schema import load
from service.shape.refusal import escaped, refuse_duplicates, refuse_size, unknown
from service.text import Language, say

MOST_RECORDS = 100_000
COMPUTE_FIELDS = ("metric", "inputs", "records", "map", "filter")

Pace: TypeAlias = Callable[[Iterable[Any]], Iterable[Any]]


@dataclass(frozen=True)
class Asked:
    """A body of ``POST /v1/compute``, taken apart."""

    metric: str
    records: list[Any] | None
    plan: Plan


def asked_of(raw: Any, metric: str | None = None) -> Asked:
    """Return *raw* as a request for *metric*, or for the one that it names.

    Raises:
        Refused: It is none.
    """
    if not isinstance(raw, dict):
        raise Refused("", "wrong_type", 'the body is an object: {{"metric": …, "inputs": {{…}}}}')
    refuse_duplicates(raw, "")
    for name in raw:
        if name not in COMPUTE_FIELDS:
            raise unknown(name, COMPUTE_FIELDS, f"/{escaped(name)}")
    named = metric or raw.get("metric")
    if not isinstance(named, str):
        raise _no_metric()
    given = raw.get("inputs", {})
    if not isinstance(given, dict):
        raise Refused("/inputs", "wrong_type", "the inputs must be a JSON object, by their names")
    refuse_duplicates(given, "/inputs")
    if "records" not in raw:
        for name in ("map", "filter"):
            if name in raw:
                raise Refused("/records", "missing", "{name} is missing", name="records")
        return Asked(named, None, Plan(given=given))
    plan = plan_of(raw.get("map", {}), raw.get("filter"), given)
    return Asked(named, records_of(raw["records"]), plan)


def records_of(raw: Any) -> list[Any]:
    """Return *raw* as records.

    Raises:
        Refused: It is no list, or too long.
    """
    if not isinstance(raw, list):
        raise Refused("/records", "wrong_type", "it must be a list in square brackets")
    refuse_size(raw, "/records", 0, MOST_RECORDS)
    return raw


def computed(
    asked: Asked, language: Language, detail: Detail, paced: Pace = iter
) -> dict[str, Any]:
    """Return the full answer to *asked*; over records, with an account of which counted.

    Raises:
        NoSuchMetric: The metric is not known.
        Invalid: The inputs are refused.
        Refused: So is a record, or the plan.
    """
    metric = find(asked.metric)
    inputs = inputs_of(metric, asked.records or [], asked.plan, paced=paced)
    answer = _answer(metric, inputs, language, detail)
    if asked.records is None:
        return answer
    return answer | {"records": _account(asked.records, inputs)}


def answered(
    preset: Preset,
    message: Any,
    named: str | None,
    plan: Plan,
    language: Language,
    paced: Pace = iter,
) -> list[dict[str, Any]]:
    """Return a flat answer for each record of *message*, or one for all that *plan* adds up.

    Raises:
        NoSuchMetric: The metric is not known.
        Invalid: The inputs of the only record are refused.
        Refused: It is not a message of *preset*, or the plan cannot be followed.
    """
    if preset.carries_plan and (isinstance(message, list) or "records" in message):
        asked = _asked_by(message, named, plan)
        return [_flat(computed(asked, language, "value", paced), "")]
    records = preset.records_in(message)
    name = named or preset.metric_in(message)
    if name is None:
        raise _no_metric()
    metric = find(name)
    if not plan.adds_up:
        return [_of_one(metric, one, plan, language, alone=not preset.records) for one in records]
    fields = [one.fields for one in records if one.skipped is None]
    inputs = inputs_of(metric, fields, plan)
    return [_flat(_answer(metric, inputs, language, "value"), records[0].id if records else "")]


def failed(error: NoSuchMetric | Invalid | Refused, language: Language) -> dict[str, Any]:
    """Return the flat answer that tells *error*."""
    if isinstance(error, NoSuchMetric):
        told_ = problem(error.message.code, error.message, language)
    else:
        told_ = problem_of(error, language)
    return flat("error", error_code=told_["code"], error=told_["detail"])


def _asked_by(message: Any, named: str | None, plan: Plan) -> Asked:
    """Return a list of records, or a body of ``POST /v1/compute``, with the plan of the URL."""
    if isinstance(message, dict):
        asked = asked_of(message, named)
        return Asked(asked.metric, asked.records, plan.beside(asked.plan))
    if named is None:
        raise _no_metric()
    return Asked(named, records_of(message), plan)


def _of_one(
    metric: Metric, record: Record, plan: Plan, language: Language, *, alone: bool
) -> dict[str, Any]:
    """Return the flat answer for one record; one of several keeps its refusal to itself."""
    if record.skipped is not None:
        why = record.skipped
        return flat(
            "skipped",
            metric=metric.id,
            unit=str(metric.unit),
            error_code=why.code,
            error=say(why, language),
            id=record.id,
        )
    try:
        inputs = inputs_of(metric, [record.fields], plan, named=record.fields)
        return _flat(_answer(metric, inputs, language, "value"), record.id)
    except (Invalid, Refused) as error:
        if alone:
            raise
        return failed(error, language) | {"metric": metric.id, "id": record.id}


def _answer(metric: Metric, inputs: Inputs, language: Language, detail: Detail) -> dict[str, Any]:
    request = load(metric, dict(inputs.raw), inputs.awaited)
    outcome = outcome_of(request) if not inputs.awaited else _nothing(inputs.awaited[0])
    warnings = (*outcome.warnings, *_empty(inputs))
    return told(request, outcome._replace(warnings=warnings), language, detail)


def _empty(inputs: Inputs) -> Iterator[Message]:
    """Yield a warning for each input that records were too empty to count for."""
    for name, tally in inputs.tallies.items():
        if tally.account.empty and tally.figure.source:
            values = {
                "count": tally.account.empty,
                "source": tally.figure.source.text,
                "name": name,
            }
            yield Message(
                "empty_records",
                "{count} records have no {source} and did not count for {name}",
                values,
            )


def _nothing(name: str) -> Outcome:
    reason = Message(
        "no_records", "{name} is an average, and no record has a value for it", {"name": name}
    )
    return Outcome(None, reason=reason)


def _flat(answer: Mapping[str, Any], name: str) -> dict[str, Any]:
    reason = answer["reason"] or {"code": "", "message": ""}
    shared = {one: answer[one] for one in ("metric", "value", "value_text", "unit")}
    return flat(
        answer["status"],
        **shared,
        error_code=reason["code"],
        error=reason["message"],
        id=name,
    )


def _account(records: list[Any], inputs: Inputs) -> dict[str, Any]:
    return {
        "received": len(records),
        "inputs": {
            name: {
                "figure": tally.figure.kind,
                "source": tally.figure.source.text if tally.figure.source else None,
                "counted": tally.account.counted,
                "indices": tally.account.indices,
                "filtered": tally.account.filtered,
                "empty": tally.account.empty,
                "empty_indices": tally.account.empty_indices,
            }
            for name, tally in inputs.tallies.items()
        },
    }


def _no_metric() -> Refused:
    return Refused(
        "/metric", "missing", "the metric is missing: name it in the URL or as metric in the body"
    )
