"""Units of measure: the label people read, and the algebra that keeps formulas honest.

Everything that is counted (a lead, an order, a visit) has the one dimension
``thing``: orders per visit is then a plain ratio, as marketers use it, while
money per order and money are still told apart.

>>> unit("money/customer") == unit("money/order")
True
>>> unit("money") / unit("lead") == unit("money/lead")
True
>>> unit("money/customer").label
'money/customer'
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache

THINGS = frozenset(
    """
    action add-on campaign cart click comment contact conversion customer date deal device download
    e-mail employee engagement event flag follower impression install item journey keyword lead like
    member mention message mql name node opportunity order page person play post purchase reaction
    record registration response sal search session share signup sql sqo stage subscriber trial unit
    vehicle view visit visitor
    """.split()
) | {"1000 impressions", "1000 people"}

DIMENSIONLESS = frozenset({"1", "ratio", "index", "rank"})

FREE = frozenset({"as target", "as actual", "as result", "as start"})
"""Units the caller chooses; inputs that share one formula share the unit."""

OWN = frozenset({"money", "second", "minute", "hour", "day", "month", "year", "period"})


@dataclass(frozen=True)
class Unit:
    """A product of powers of dimensions; two units are equal when their powers are."""

    powers: tuple[tuple[str, int], ...] = ()
    label: str = field(default="", compare=False)

    def __mul__(self, other: Unit) -> Unit:
        return _product(self, other, 1)

    def __truediv__(self, other: Unit) -> Unit:
        return _product(self, other, -1)

    def __str__(self) -> str:
        if self.label:
            return self.label
        return " * ".join(n if p == 1 else f"{n}^{p}" for n, p in self.powers) or "ratio"


@cache
def unit(label: str) -> Unit:
    """Return the unit that *label* names, such as ``money/1000 impressions`` or ``1/period``.

    Raises:
        ValueError: A part of the label is not a known unit.
    """
    over, *under = label.split("/")
    made = Unit(_dimension(over, label))
    for part in under:
        made = made / Unit(_dimension(part, label))
    return Unit(made.powers, label)


def _dimension(name: str, label: str) -> tuple[tuple[str, int], ...]:
    if name in DIMENSIONLESS:
        return ()
    if name in THINGS:
        return (("thing", 1),)
    if name in FREE:
        return (("value", 1),)
    if name in OWN:
        return ((name, 1),)
    raise ValueError(f"{name!r} in the unit {label!r} is unknown; add it to service/units.py")


def _product(left: Unit, right: Unit, sign: int) -> Unit:
    powers = Counter(dict(left.powers))
    for name, power in right.powers:
        powers[name] += sign * power
    return Unit(tuple(sorted((name, power) for name, power in powers.items() if power)))


RATIO = unit("ratio")
