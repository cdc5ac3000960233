"""How many deals are won, for how much, and how fast?"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from statistics import median
from typing import Any, TypeAlias

from service.analytics.instants import Instant, days_between, refuse_mixed
from service.analytics.magnitude import in_range, ratio
from service.analytics.window import is_after
from service.message import Message, Refused
from service.outcome import Outcome

MOST_DEALS = 200_000

Deal: TypeAlias = Mapping[str, Any]


@in_range
def deal_summary(*, deals: Sequence[Deal], as_of: Instant | None = None) -> Outcome:
    """Return the win rate of the deals, and how they stood on the last day observed.

    A deal is `{"id", "stage", "value", "created", "closed", "won", "owner"}`; it is open
    until it is closed, and what closed after *as_of* was still open then.

        win rate           won ÷ (won + lost)
        average value      Σ value of the won ÷ won
        sales cycle        mean and median days from created to closed, of the won
        pipeline velocity  open deals · average value · win rate ÷ mean sales cycle,
                           in money per day
        pipeline value     Σ value of the open

    The value is the win rate.  `result` holds these figures with their counts for all
    deals, a row of the same figures per `owner`, and the open deals per `stage`.
    Figures that do not exist are None.  *as_of* is the latest instant in the records
    unless given.

    Source: the definitions of the service's catalogue.

    Raises:
        Refused: Too many deals, an id used twice, dates mixed with moments, or a deal
            that closed before it was created, or is won and not closed, or is closed and
            neither won nor lost.
    """
    _check(deals)
    instants = [at for deal in deals for at in (deal["created"], deal["closed"]) if at is not None]
    if as_of is None:
        as_of = max(instants, default=None)
    known = [deal for deal in deals if as_of and not is_after(deal["created"], as_of)]
    states = [_state(deal, as_of) for deal in known if as_of]
    figures = _figures(known, states)
    result = {
        "as_of": as_of and as_of.isoformat(),
        **figures,
        "owners": _by("owner", known, states, _figures),
        "stages": _by("stage", known, states, _pipeline),
    }
    closed = figures["deals_won"] + figures["deals_lost"]
    return Outcome(
        value=figures["win_rate"],
        result=result,
        reason=None if closed else _NOTHING_CLOSED,
        assumptions=_ASSUMPTIONS,
        warnings=_warnings(figures, len(deals) - len(known)),
    )


_NOTHING_CLOSED = Message(
    "division_by_zero", "no deal was won or lost, so the win rate is undefined"
)

_ASSUMPTIONS = (
    Message(
        "closed_deals",
        "the win rate is won deals in won and lost deals; open deals are in neither",
    ),
    Message(
        "won_cycle",
        "the sales cycle is that of won deals, from created to closed;"
        " deals still open are not in it, so it is shorter than it will turn out",
    ),
)


def _check(deals: Sequence[Deal]) -> None:
    if len(deals) > MOST_DEALS:
        raise Refused(
            "/deals",
            "too_many_items",
            "{count} deals were sent and at most {limit} are accepted; send a shorter period",
            count=len(deals),
            limit=MOST_DEALS,
        )
    refuse_mixed((deal["created"] for deal in deals), "/deals")
    seen: set[str] = set()
    for index, deal in enumerate(deals):
        _check_one(deal, f"/deals/{index}")
        if deal["id"] in seen:
            raise Refused(
                f"/deals/{index}/id",
                "inconsistent_inputs",
                "deal {id} is listed twice; send each deal once",
                id=deal["id"],
            )
        seen.add(deal["id"])


def _check_one(deal: Deal, pointer: str) -> None:
    """Refuse a deal whose dates and outcome contradict each other."""
    created, closed, won = deal["created"], deal["closed"], deal["won"]
    if closed is None:
        if won:
            raise Refused(
                f"{pointer}/closed",
                "missing",
                "deal {id} is won and has no closed date; add the date it was won",
                id=deal["id"],
            )
        return
    if won is None:
        raise Refused(
            f"{pointer}/won",
            "missing",
            "deal {id} is closed; say with won whether it was won (true) or lost (false)",
            id=deal["id"],
        )
    refuse_mixed((created, closed), f"{pointer}/closed")
    if closed < created:
        raise Refused(
            f"{pointer}/closed",
            "inconsistent_inputs",
            "deal {id} closed on {closed}, before it was created on {created}; correct one",
            id=deal["id"],
            closed=closed.isoformat(),
            created=created.isoformat(),
        )


def _state(deal: Deal, as_of: Instant) -> str:
    """Return "open", "won" or "lost", as it was on *as_of*."""
    if deal["closed"] is None or is_after(deal["closed"], as_of):
        return "open"
    return "won" if deal["won"] else "lost"


def _figures(deals: Sequence[Deal], states: Sequence[str]) -> dict[str, Any]:
    """Return the counts, sums and ratios of *deals*, as a row of the answer."""
    won = [deal for deal, state in zip(deals, states, strict=True) if state == "won"]
    lost = sum(state == "lost" for state in states)
    won_value = math.fsum(deal["value"] for deal in won)
    cycles = [days_between(deal["created"], deal["closed"]) for deal in won]
    win_rate = ratio(len(won), len(won) + lost)
    average = ratio(won_value, len(won))
    cycle = ratio(math.fsum(cycles), len(cycles))
    pipeline = _pipeline(deals, states)
    velocity = None
    if win_rate is not None and average is not None and cycle:
        velocity = pipeline["open_deals"] * average * win_rate / cycle
    return {
        "deals": len(deals),
        "deals_won": len(won),
        "deals_lost": lost,
        "win_rate": win_rate,
        "won_value": won_value,
        "average_deal_value": average,
        "average_sales_cycle_days": cycle,
        "median_sales_cycle_days": median(cycles) if cycles else None,
        "pipeline_velocity": velocity,
        **pipeline,
    }


def _pipeline(deals: Sequence[Deal], states: Sequence[str]) -> dict[str, Any]:
    values = [deal["value"] for deal, state in zip(deals, states, strict=True) if state == "open"]
    return {"open_deals": len(values), "pipeline_value": math.fsum(values)}


def _by(
    key: str,
    deals: Sequence[Deal],
    states: Sequence[str],
    figures: Callable[[Sequence[Deal], Sequence[str]], dict[str, Any]],
) -> list[dict[str, Any]]:
    """Return a row of *figures* per value of *key*, by name; deals without it come last."""
    members: defaultdict[str | None, tuple[list[Deal], list[str]]] = defaultdict(lambda: ([], []))
    for deal, state in zip(deals, states, strict=True):
        own, own_states = members[deal[key]]
        own.append(deal)
        own_states.append(state)
    names = sorted(members, key=lambda name: (name is None, name or ""))
    return [{"name": name, **figures(*members[name])} for name in names]


def _warnings(figures: Mapping[str, Any], later: int) -> tuple[Message, ...]:
    said = []
    if figures["average_sales_cycle_days"] == 0:
        said.append(
            Message(
                "no_velocity",
                "every won deal closed the moment it was created, so the pipeline velocity"
                " is undefined; check the created dates",
            )
        )
    if later:
        said.append(
            Message(
                "created_later",
                "{count} deals created after the last day observed were left out",
                {"count": later},
            )
        )
    return tuple(said)
