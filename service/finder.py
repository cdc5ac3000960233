"""Finding a metric by any of its names, in any of the three languages."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any

from service.declare import REGISTRY
from service.message import Message, Refused
from service.metric import Metric
from service.names import key, nearest, without_diacritics
from service.quantity import Quantity
from service.shape.word import Text
from service.text import LANGUAGES, aliases, translate


class NoSuchMetric(Exception):
    """No metric has the name, or several have; *candidates* are those."""

    def __init__(self, message: Message, candidates: tuple[Metric, ...] = ()) -> None:
        self.message = message
        self.candidates = candidates
        super().__init__(str(message))


@dataclass(frozen=True)
class MetricId:
    """Any name of a metric, for an input that names one; read as the metric's id."""

    def read(self, raw: Any, pointer: str) -> str:
        try:
            return find(Text().read(raw, pointer)).id
        except NoSuchMetric as failure:
            told = failure.message
            raise Refused(pointer, "wrong_type", told.template, **told.values) from None

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": sorted(REGISTRY)}


def find(name: str) -> Metric:
    """Return the metric that *name* means: its id, a name or an alias.

    Raises:
        NoSuchMetric: `unknown_metric` or `ambiguous_metric`.
    """
    if name in REGISTRY:
        return REGISTRY[name]
    found = _by_key().get(key(name), ())
    if len(found) == 1:
        return found[0]
    if not found:
        raise NoSuchMetric(_unknown(name))
    first = [one for one in found if key(name) in {key(alias) for alias in one.primary}]
    if len(first) == 1:
        return first[0]
    raise NoSuchMetric(
        Message(
            "ambiguous_metric",
            "{name} is the name of several metrics; use one of {candidates}",
            {"name": name[:64], "candidates": ", ".join(one.id for one in found)},
        ),
        found,
    )


def search(words: str) -> list[Metric]:
    """Return the metrics whose names hold all *words*, best first, diacritics or not."""
    wanted = [without_diacritics(word) for word in key(words).split("_") if word]
    scored = []
    for metric in REGISTRY.values():
        texts = _searchable(metric)
        exact = any(key(words) == known or "_".join(wanted) == known for known in texts)
        if exact or any(all(word in known for word in wanted) for known in texts):
            scored.append((not exact, metric))
    return [metric for _, metric in sorted(scored, key=lambda pair: pair[0])]


def names_of(metric: Metric) -> list[str]:
    """Return every name of *metric* but its id: translated names and aliases."""
    found = [translate(metric.name, language) for language in LANGUAGES]
    found += metric.aliases
    for language in LANGUAGES:
        found += aliases(language, "aliases").get(metric.id, [])
    return list(dict.fromkeys(found))


@cache
def quantity_aliases(quantity: Quantity) -> tuple[str, ...]:
    """Return the further names of *quantity* in all languages."""
    found = [*quantity.aliases]
    for language in LANGUAGES:
        found += aliases(language, "quantity_aliases").get(quantity.name, [])
    return tuple(one for one in dict.fromkeys(found) if key(one) != quantity.name)


@cache
def _by_key() -> dict[str, tuple[Metric, ...]]:
    found: defaultdict[str, dict[str, Metric]] = defaultdict(dict)
    for metric in REGISTRY.values():
        for name in (metric.id, *names_of(metric)):
            found[key(name)][metric.id] = metric
    for metric_id, metric in REGISTRY.items():  # an id is nobody else's alias
        found[metric_id] = {metric_id: metric}
    return {name: tuple(metrics.values()) for name, metrics in found.items()}


@cache
def _searchable(metric: Metric) -> tuple[str, ...]:
    known = [key(name) for name in (metric.id, *names_of(metric))]
    return tuple(dict.fromkeys(known + [without_diacritics(name) for name in known]))


def _unknown(name: str) -> Message:
    near = nearest(key(name), _by_key())
    if near:
        meant = _by_key()[near][0].id
        return Message(
            "unknown_metric",
            "there is no metric {name}; did you mean {nearest}?",
            {"name": name[:64], "nearest": meant},
        )
    return Message("unknown_metric", "there is no metric {name}", {"name": name[:64]})
