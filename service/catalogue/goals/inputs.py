"""What the metrics of goals that read records take and answer with, described once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from service.analytics.goals.components import MAX_COMPONENTS
from service.analytics.goals.elapsed import MAX_CURVE_DAYS
from service.analytics.goals.portfolio import MAX_LEVELS, MAX_NODES
from service.shape import Shape
from service.shape.container import ListOf, MapOf, Nullable, Record
from service.shape.number import Real, Whole
from service.shape.word import Choice, Flag, Moment, Text

NAME = Text()
NUMBER = Nullable(Real())
BETTER = Choice(("up", "down"))
OPERATOR = Choice(("sum", "product"))
COMPONENTS = MapOf(Real(), MAX_COMPONENTS, least=1)
CURVE = ListOf(Real(minimum=0), MAX_CURVE_DAYS, least=1)
TOLERANCE = Real(minimum=0, below=1)
STATUS = Choice(("reached", "missed", "ahead", "on_track", "behind"))


@dataclass(frozen=True)
class NodeList:
    """Nodes of a tree: each holds a KPI, or further nodes as its children."""

    levels: int = MAX_LEVELS

    def read(self, raw: Any, pointer: str) -> list[Any]:
        # The depth of a body is bounded, and the metric says how many levels it takes.
        return self._nodes(self).read(raw, pointer)

    def schema(self) -> dict[str, Any]:
        if self.levels == 1:
            return self._nodes(ListOf(Record({}), 0)).schema()
        return self._nodes(NodeList(self.levels - 1)).schema()

    def _nodes(self, children: Shape) -> ListOf:
        fields: dict[str, Shape] = {
            "name": NAME,
            "weight": Real(minimum=0),
            "kpi": Nullable(_KPI),
            "children": Nullable(children),
        }
        return ListOf(Record(fields, {"weight": 1.0, "kpi": None, "children": None}), MAX_NODES)


_KPI_DEFAULTS = {
    **dict.fromkeys(["start", "end", "as_of", "actual", "components", "component_targets"]),
    **dict.fromkeys(["operator", "curve", "unit"]),
    "better": "up",
    "accumulates": True,
    "tolerance": 0.05,
    "business_days": False,
}
_KPI = Record(
    {
        "target": Real(),
        "actual": NUMBER,
        "components": Nullable(COMPONENTS),
        "component_targets": Nullable(COMPONENTS),
        "operator": Nullable(OPERATOR),
        "unit": Nullable(NAME),
        "better": BETTER,
        "accumulates": Flag(),
        "start": Nullable(Moment()),
        "end": Nullable(Moment()),
        "as_of": Nullable(Moment()),
        "tolerance": TOLERANCE,
        "curve": Nullable(CURVE),
        "business_days": Flag(),
    },
    _KPI_DEFAULTS,
)

KPI_STATUS = Record(
    {
        "status": STATUS,
        "attainment": NUMBER,
        "actual": Real(),
        "target": Real(),
        "gap": Real(),
        "expected": Real(),
        "pacing": NUMBER,
        "projection": NUMBER,
        "run_rate": NUMBER,
        "required_rate": NUMBER,
        "required_to_run_rate": NUMBER,
        "days_total": Whole(1, 10_000_000),
        "days_elapsed": Whole(0, 10_000_000),
        "elapsed_share": Real(minimum=0, maximum=1),
        "components": ListOf(
            Record(
                {"name": NAME, "actual": Real(), "target": NUMBER, "share": NUMBER, "gap": NUMBER}
            ),
            MAX_COMPONENTS,
        ),
    }
)

_FACTS: dict[str, Shape] = {
    "method": Choice(("kpi", "sum", "mean")),
    "unit": Nullable(NAME),
    "better": Nullable(BETTER),
    "accumulates": Nullable(Flag()),
    "actual": NUMBER,
    "target": NUMBER,
    "attainment": NUMBER,
    "uncapped_attainment": NUMBER,
    "status": Nullable(STATUS),
    "left_out": ListOf(NAME, MAX_NODES),
}


def _rows(levels: int) -> ListOf:
    """Return the shape of a portfolio's rows on *levels* levels."""
    children = _rows(levels - 1) if levels > 1 else ListOf(Record({}), 0)
    fields: dict[str, Shape] = {
        "name": NAME,
        "weight": Real(minimum=0),
        "normalised_weight": NUMBER,
        **_FACTS,
        "children": children,
    }
    return ListOf(Record(fields), MAX_NODES)


PORTFOLIO = Record({**_FACTS, "nodes": _rows(MAX_LEVELS)})
