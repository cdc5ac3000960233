"""Do the leads become opportunities, the opportunities deals, and are those enough?"""

from __future__ import annotations

from service.analytics.magnitude import in_range, ratio, reaches
from service.message import Message
from service.outcome import Outcome


@in_range
def sales_volume_report(
    *,
    leads: float,
    opportunities: float,
    deals_won: float,
    expected_deals: float,
    sales_amount: float | None = None,
    expected_sales_amount: float | None = None,
) -> Outcome:
    """Return the attainment of the expected deals, and the two rates that lead to it.

        lead to opportunity = opportunities ÷ leads
        opportunity to deal = deals won ÷ opportunities
        attainment          = deals won ÷ expected deals

    The counts are of one period, not of one group of people: a rate above 1 is answered
    with a warning, a rate of nothing is None.

    The result holds the inputs, `lead_to_opportunity_rate`, `opportunity_to_deal_rate`,
    `attainment`, `gap` (deals still missing), `reached`, `sales_amount_attainment` and
    `sales_amount_gap`.
    """
    amount_attainment = amount_gap = None
    if sales_amount is not None and expected_sales_amount is not None:
        amount_gap = expected_sales_amount - sales_amount
        amount_attainment = ratio(sales_amount, expected_sales_amount)
    attainment = deals_won / expected_deals if expected_deals else None
    result = {
        "leads": leads,
        "opportunities": opportunities,
        "deals_won": deals_won,
        "expected_deals": expected_deals,
        "sales_amount": sales_amount,
        "expected_sales_amount": expected_sales_amount,
        "lead_to_opportunity_rate": ratio(opportunities, leads),
        "opportunity_to_deal_rate": ratio(deals_won, opportunities),
        "attainment": attainment,
        "gap": expected_deals - deals_won,
        "reached": reaches(deals_won, expected_deals),
        "sales_amount_attainment": amount_attainment,
        "sales_amount_gap": amount_gap,
    }
    warnings = [
        *_excess("opportunities", opportunities, "leads", leads),
        *_excess("deals_won", deals_won, "opportunities", opportunities),
    ]
    reason = None
    if attainment is None:
        reason = Message(
            "division_by_zero",
            "{name} is 0, so attainment is undefined",
            {"name": "expected_deals"},
        )
    return Outcome(attainment, result, reason, (), tuple(warnings))


def _excess(part: str, part_value: float, whole: str, whole_value: float) -> list[Message]:
    if part_value <= whole_value:
        return []
    return [
        Message(
            "part_exceeds_whole",
            "{part} ({part_value}) is more than {whole} ({whole_value}):"
            " they are probably of different periods or sets; follow one cohort instead",
            {
                "part": part,
                "part_value": f"{part_value:.15g}",
                "whole": whole,
                "whole_value": f"{whole_value:.15g}",
            },
        )
    ]
