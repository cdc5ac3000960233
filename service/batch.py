"""Many computations in one request: each item its own answer or error, in order.

An item may take an earlier item's value: ``{"from": "<id>"}`` stands wherever a
number may.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from service.answer import Detail, outcome_of, told_as_json
from service.display import CURRENCIES
from service.finder import NoSuchMetric, find
from service.message import Message, Refused
from service.metric import Metric
from service.outcome import Outcome
from service.problem import Invalid, problem, problem_of
from service.reference import Known, References, may_refer, same_kind
from service.schema import load
from service.shape.refusal import escaped, refuse_duplicates, unknown
from service.text import Language
from service.wire import dumps

LONGEST_ID = 128
DETAILS: tuple[Detail, ...] = ("full", "value")
ITEM_FIELDS = ("id", "metric", "inputs", "detail")
_ITEM_NAMES = frozenset(ITEM_FIELDS)


@dataclass
class Batch:
    """The items so far: what references can reach, and how they ended."""

    language: Language
    detail: Detail = "full"
    known: dict[str, Known] = field(default_factory=dict)
    summary: dict[str, int] = field(default_factory=lambda: {"ok": 0, "undefined": 0, "error": 0})

    def answer(self, index: int, raw: Any, line: int | None = None) -> str:
        """Return the result of item *index* as JSON text: an answer, or an error in its place.

        An error in a stream of lines tells the *line*.
        """
        head: dict[str, Any] = {"index": index, "id": None}
        try:
            result = self._computed(raw, head)
        except NoSuchMetric as failure:
            error = problem(failure.message.code, failure.message, self.language)
            result = self._error(head, error, line)
        except (Invalid, Refused) as failure:
            result = self._error(head, problem_of(failure, self.language), line)
        if head["id"] is not None:
            self.known.setdefault(head["id"], Known())
        return result

    def failed(self, index: int, failure: Refused, line: int) -> str:
        """Return the result of a line that could not even be read."""
        head = {"index": index, "id": None}
        return self._error(head, problem_of(failure, self.language), line)

    def _error(self, head: dict[str, Any], error: dict[str, Any], line: int | None) -> str:
        self.summary["error"] += 1
        place = {} if line is None else {"line": line}
        return dumps({**head, "status": "error", "error": error, **place})

    def _computed(self, raw: Any, head: dict[str, Any]) -> str:
        if not isinstance(raw, dict):
            raise Refused("", "wrong_type", 'an item is an object with "metric" and "inputs"')
        refuse_duplicates(raw, "")
        if not raw.keys() <= _ITEM_NAMES:
            name = next(name for name in raw if name not in ITEM_FIELDS)
            raise unknown(name, ITEM_FIELDS, f"/{escaped(name)}")
        head["id"] = self._id(raw)
        metric = find(_text(raw, "metric"))
        head["metric"] = metric.id
        detail = detail_of(raw.get("detail", self.detail))
        inputs = raw.get("inputs", {})
        references = References(self.known, _currency(inputs))
        if isinstance(inputs, dict) and may_refer(inputs):
            inputs = same_kind(inputs, dict(references.resolved(metric, inputs)))
        awaited = references.awaited
        try:
            request = load(metric, inputs, awaited)
            outcome = self._undefined(awaited) if awaited else outcome_of(request)
        except Invalid as failure:
            raise Invalid(_inside(one) for one in failure.findings) from None
        except Refused as failure:
            raise _inside(failure) from None
        if head["id"] is not None:
            self.known[head["id"]] = _known(metric, outcome, references.currency)
        self.summary["ok" if outcome.reason is None else "undefined"] += 1
        told = told_as_json(request, outcome, self.language, detail)
        return f'{{"index": {head["index"]}, "id": {dumps(head["id"])}, {told[1:]}'

    def _id(self, raw: Mapping[str, Any]) -> str | None:
        if raw.get("id") is None:
            return None
        name = _text(raw, "id")
        if len(name) > LONGEST_ID:
            raise Refused(
                "/id", "out_of_range", "an id has at most {limit} characters", limit=LONGEST_ID
            )
        if name in self.known:
            raise Refused("/id", "inconsistent_inputs", "an earlier item has the same id")
        return name

    def _undefined(self, awaited: Mapping[str, str]) -> Outcome:
        name, referent = next(iter(awaited.items()))
        return Outcome(
            None,
            reason=Message(
                "undefined_input",
                "{name} takes the value of {id}, which is undefined",
                {"name": name, "id": referent},
            ),
        )


def detail_of(raw: Any) -> Detail:
    """Return *raw* as the detail of an answer.

    Raises:
        Refused: It is none.
    """
    if raw == "value":
        return "value"
    if raw == "full":
        return "full"
    raise Refused("/detail", "wrong_type", "it must be one of {words}", words=", ".join(DETAILS))


def _text(raw: Mapping[str, Any], name: str) -> str:
    if name not in raw:
        raise Refused(f"/{name}", "missing", "{name} is missing", name=name)
    if not isinstance(raw[name], str):
        raise Refused(f"/{name}", "wrong_type", "it must be a text in quotes")
    text: str = raw[name]
    return text


def _currency(inputs: Any) -> str | None:
    """Return the currency that an item states, before it is known to be one."""
    stated = inputs.get("currency") if isinstance(inputs, dict) else None
    return stated if isinstance(stated, str) and stated in CURRENCIES else None


def _known(metric: Metric, outcome: Outcome, currency: str | None) -> Known:
    value = outcome.value
    if isinstance(value, float):
        value = Decimal(repr(value))
    return Known(value, metric.unit, currency)


def _inside(finding: Refused) -> Refused:
    """Return the finding with its pointer relative to the item."""
    message = finding.message
    return Refused(f"/inputs{finding.pointer}", message.code, message.template, **message.values)
