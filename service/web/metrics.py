"""The catalogue, the cards, and one computation at a time."""

from __future__ import annotations

from flask import Blueprint, Response, request

from service.answer import Detail, answer_as_json
from service.card import card, listed, quantities
from service.catalogue import METRICS
from service.finder import NoSuchMetric, find, search
from service.metric import Metric
from service.web.body import json_body
from service.web.reply import Failure, fail, json_reply, language, text_reply
from service.web.settings import settings

blueprint = Blueprint("metrics", __name__)


@blueprint.get("/v1/metrics")
def catalogue() -> Response:
    """List the metrics, all or those a filter leaves."""
    words = request.args.get("q", "")
    found = search(words[:200]) if words else list(METRICS.values())
    category, name = request.args.get("category"), request.args.get("input")
    if category:
        found = [one for one in found if one.category == category]
    if name:
        found = [one for one in found if name in {taken.name for taken in one.inputs}]
    return json_reply(listed(found, language()))


@blueprint.get("/v1/metrics/<metric_id>")
def show(metric_id: str) -> Response:
    """Return the card of one metric."""
    return json_reply(card(named(metric_id), language()))


@blueprint.post("/v1/metrics/<metric_id>")
def compute(metric_id: str) -> Response:
    """Compute one metric."""
    metric = named(metric_id)
    limits = settings()
    raw = json_body(limits.bulk_limit if metric.expression is None else limits.body_limit)
    return text_reply(answer_as_json(metric, raw, language(), detail()))


@blueprint.get("/v1/quantities")
def vocabulary() -> Response:
    """List the vocabulary."""
    return json_reply(quantities(language()))


def named(name: str) -> Metric:
    """Return the metric that the URL names.

    Raises:
        Failure: `unknown_metric` or `ambiguous_metric`.
    """
    try:
        return find(name)
    except NoSuchMetric as failure:
        if not failure.candidates:
            raise Failure(failure.message) from None
        candidates = listed(failure.candidates, language())["metrics"]
        cards = [
            {**one, "definition": card(metric, language())["definition"]}
            for one, metric in zip(candidates, failure.candidates, strict=True)
        ]
        raise Failure(failure.message, candidates=cards) from None


def detail() -> Detail:
    """Return how much of the answer was asked for.

    Raises:
        Failure: `not_acceptable`.
    """
    match request.args.get("detail", "full"):
        case "full":
            return "full"
        case "value":
            return "value"
        case asked:
            raise fail(
                "not_acceptable",
                "detail={asked} is not served; known are full, value",
                asked=asked[:16],
            )
