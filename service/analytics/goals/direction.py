"""Which way is better for a KPI, and does it add up over the days?"""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from service.message import Message, Refused, Term

Better: TypeAlias = Literal["up", "down"]


class Nature(NamedTuple):
    """What a metric says of itself: *better* may also be that neither way is."""

    name: str
    better: str
    accumulates: bool


class Direction(NamedTuple):
    """The two questions answered, and what was assumed on the way."""

    better: Better
    accumulates: bool
    assumptions: tuple[Message, ...]


def direction(nature: Nature | None, better: Better | None, accumulates: bool | None) -> Direction:  # noqa: FBT001  an input of the metric
    """Return what was given, else what the *nature* of a metric says, else up and true.

    Raises:
        Refused: `missing`, when the metric leaves open which way is better.
    """
    if nature is None:
        return Direction(better or "up", accumulates is not False, ())
    if better is not None:
        taken: Better = better
    elif nature.better == "up":
        taken = "up"
    elif nature.better == "down":
        taken = "down"
    else:
        raise Refused(
            "/better",
            "missing",
            "{metric} does not say which way is better; give better as up or down",
            metric=Term(nature.name),
        )
    assumption = Message(
        "nature_of_the_metric",
        "what was not given, which way is better and whether the KPI accumulates, is taken from"
        " {metric}",
        {"metric": Term(nature.name)},
    )
    both = better is not None and accumulates is not None
    return Direction(
        taken,
        nature.accumulates if accumulates is None else accumulates,
        () if both else (assumption,),
    )
