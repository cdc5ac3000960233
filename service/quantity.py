"""The vocabulary's entry: what a number means, described once for every metric that uses it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from service.units import Unit, unit

Objective = Literal["awareness", "leads", "sales", "retention"]
OBJECTIVES: tuple[Objective, ...] = ("awareness", "leads", "sales", "retention")

Class = Literal["vanity", "supporting", "actionable"]


@dataclass(frozen=True, eq=False)
class Quantity:
    """The meaning, unit and bounds of a number; *name* is what callers send."""

    name: str
    label: str
    unit: Unit
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    below: Decimal | None = None
    aliases: tuple[str, ...] = ()
    classes: Mapping[Objective, Class] = field(default_factory=dict)


VOCABULARY: dict[str, Quantity] = {}


def quantity(
    name: str,
    unit_label: str,
    label: str = "",
    *,
    minimum: int | None = None,
    maximum: int | None = None,
    below: int | None = None,
    aliases: Sequence[str] = (),
    serves: Sequence[Objective] = (),
    vanity: bool = False,
) -> Quantity:
    """Add a quantity to the vocabulary and return it.

    *label* is the name in running text, by default the name with blanks for
    underscores.  *minimum* and *maximum* may be reached, *below* may not.
    *serves* and *vanity* class a figure as `classes` says.

    Raises:
        ValueError: The name is taken, or the unit is unknown.
    """
    if name in VOCABULARY:
        raise ValueError(f"two quantities are called {name!r}; use the one that exists")
    made = Quantity(
        name,
        label or name.replace("_", " "),
        unit(unit_label),
        minimum=_bound(minimum),
        maximum=_bound(maximum),
        below=_bound(below),
        aliases=tuple(aliases),
        classes=classes(serves, vanity=vanity),
    )
    VOCABULARY[name] = made
    return made


def classes(serves: Sequence[Objective], *, vanity: bool) -> Mapping[Objective, Class]:
    """Return the class of a figure for each objective.

    A figure is actionable for the objectives it *serves* and supports the
    others.  A *vanity* figure flatters every objective but awareness, where
    being seen is the goal itself.
    """
    if vanity:
        return {o: "actionable" if o == "awareness" else "vanity" for o in OBJECTIVES}
    return {o: "actionable" if o in serves else "supporting" for o in OBJECTIVES}


def _bound(bound: int | None) -> Decimal | None:
    return None if bound is None else Decimal(bound)
