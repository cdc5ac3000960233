"""Journeys are read from JSON in one pass, and what is wrong with them is said where it is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from service.analytics.attribution.journeys import (
    MOST_JOURNEYS,
    Endings,
    Journey,
    Touchpoint,
    read_journeys,
)
from service.message import Refused


class Marked(dict[str, Any]):
    """A JSON object in which a name stood twice, as the parser hands it over."""

    duplicates = ("value",)


def journey(**fields: Any) -> dict[str, Any]:
    return {"touchpoints": ["a"], **fields}


def refusal(raw: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        read_journeys(raw)
    return caught.value


def test_a_plain_text_is_a_touchpoint_without_a_time() -> None:
    """A plain string is a touchpoint without a time."""
    read = read_journeys([{"touchpoints": ["email", "search", "email"]}])

    assert [Touchpoint("email", None, None, None), Touchpoint("search", None, None, None)] == list(
        read.touchpoints
    )
    assert Journey((0, 1, 0), (), None, Endings(1.0, 0.0, 0.0)) == read.records[0]


def test_all_fields_are_read() -> None:
    """Every field of a touchpoint and of a journey is kept."""
    touch = {
        "channel": "search",
        "at": "2026-03-01T10:00:00+07:00",
        "campaign": "tet",
        "effort": "blog",
        "stage": "lead",
    }
    record = {
        "touchpoints": [touch],
        "conversions": Decimal(3),
        "value": Decimal("19.99"),
        "not_converted": 2,
        "converted_at": "2026-03-01T04:00:00Z",
    }
    read = read_journeys([record])

    assert (Touchpoint("search", "tet", "blog", "lead"),) == read.touchpoints
    assert Endings(3.0, 19.99, 2.0) == read.records[0].endings
    assert datetime(2026, 3, 1, 3, tzinfo=UTC) == read.records[0].instants[0]
    assert datetime(2026, 3, 1, 4, tzinfo=UTC) == read.records[0].converted_at


def test_a_journey_converts_once_unless_told_otherwise() -> None:
    """Conversions default to 1, or to 0 when not_converted is given."""
    read = read_journeys([journey(), journey(not_converted=4)])

    assert [1.0, 0.0] == [one.endings.conversions for one in read.records]


def test_touches_are_sorted_by_time() -> None:
    """Touches are put in order of time, equal times staying in the listed order."""
    touches = [
        {"channel": "c", "at": "2026-03-03"},
        {"channel": "a", "at": "2026-03-01"},
        {"channel": "d", "at": "2026-03-03"},
        {"channel": "b", "at": "2026-03-02"},
    ]
    read = read_journeys([{"touchpoints": touches}])
    names = [read.touchpoints[touch].channel for touch in read.records[0].touches]

    assert ["a", "b", "c", "d"] == names
    assert date(2026, 3, 1) == read.records[0].instants[0]


def test_null_means_absent_where_a_field_may_be_absent() -> None:
    """A null time or name is the same as none."""
    touch = {"channel": "a", "at": None, "campaign": None, "effort": None, "stage": None}
    read = read_journeys([{"touchpoints": [touch], "converted_at": None}])

    assert ((), None) == (read.records[0].instants, read.records[0].converted_at)
    assert Touchpoint("a", None, None, None) == read.touchpoints[0]


def test_a_journey_may_have_no_touch() -> None:
    """A conversion without any known touch is a journey too."""
    assert () == read_journeys([{"touchpoints": []}]).records[0].touches


def test_a_touch_may_come_with_the_conversion() -> None:
    """A touch at the very time of the conversion is not after it."""
    touch = {"channel": "a", "at": "2026-03-01"}

    assert (0,) == (
        read_journeys([{"touchpoints": [touch], "converted_at": "2026-03-01"}]).records[0].touches
    )


TIMED = {"channel": "a", "at": "2026-03-01"}


@pytest.mark.parametrize(
    ("pointer", "code", "raw"),
    [
        ("/journeys", "wrong_type", {"touchpoints": []}),
        ("/journeys/0", "wrong_type", [["a", "b"]]),
        ("/journeys/0/touchpoints", "missing", [{}]),
        ("/journeys/1/touchpoints", "wrong_type", [journey(), {"touchpoints": "a > b"}]),
        ("/journeys/0/conversion", "unknown_field", [journey(conversion=1)]),
        ("/journeys/0/a~1b~0", "unknown_field", [{"a/b~": 1}]),
        ("/journeys/0/value", "duplicate_key", [Marked(touchpoints=["a"], value=1)]),
        ("/journeys/0/conversions", "wrong_type", [journey(conversions=True)]),
        ("/journeys/0/conversions", "wrong_type", [journey(conversions="1")]),
        ("/journeys/0/conversions", "wrong_type", [journey(conversions=None)]),
        ("/journeys/0/conversions", "out_of_range", [journey(conversions=-1)]),
        ("/journeys/0/not_converted", "out_of_range", [journey(not_converted=Decimal("-0.5"))]),
        ("/journeys/0/value", "out_of_range", [journey(value=Decimal("1e300"))]),
        ("/journeys/0/value", "out_of_range", [journey(value=10**400)]),
        ("/journeys/0/value", "inconsistent_inputs", [journey(value=5, not_converted=1)]),
        ("/journeys/0/touchpoints/0", "wrong_type", [{"touchpoints": [7]}]),
        ("/journeys/0/touchpoints/1", "out_of_range", [{"touchpoints": ["a", " "]}]),
        ("/journeys/0/touchpoints/0", "out_of_range", [{"touchpoints": ["a" * 201]}]),
        ("/journeys/0/touchpoints/0", "inconsistent_inputs", [{"touchpoints": ["(unattributed)"]}]),
        ("/journeys/0/touchpoints/0/channel", "missing", [{"touchpoints": [{"at": None}]}]),
        ("/journeys/0/touchpoints/0/channel", "wrong_type", [{"touchpoints": [{"channel": None}]}]),
        (
            "/journeys/0/touchpoints/0/channel",
            "wrong_type",
            [{"touchpoints": [{"channel": ["a"]}]}],
        ),
        (
            "/journeys/0/touchpoints/0/stage",
            "wrong_type",
            [{"touchpoints": [{"channel": "a", "stage": Decimal(1)}]}],
        ),
        (
            "/journeys/0/touchpoints/0/chanel",
            "unknown_field",
            [{"touchpoints": [{"chanel": "a"}]}],
        ),
        (
            "/journeys/0/touchpoints/1/at",
            "wrong_type",
            [{"touchpoints": [TIMED, {"channel": "b", "at": "2026-03-01T10:00:00"}]}],
        ),
        (
            "/journeys/0/touchpoints/0/at",
            "wrong_type",
            [{"touchpoints": [{"channel": "b", "at": "2026-02-30"}]}],
        ),
        (
            "/journeys/0/touchpoints/0/at",
            "wrong_type",
            [{"touchpoints": [{"channel": "b", "at": Decimal(20260301)}]}],
        ),
        ("/journeys/0/touchpoints/1", "inconsistent_inputs", [{"touchpoints": [TIMED, "b"]}]),
        (
            "/journeys/0/touchpoints",
            "inconsistent_inputs",
            [{"touchpoints": [TIMED, {"channel": "b", "at": "2026-03-01T10:00:00Z"}]}],
        ),
        (
            "/journeys/0/converted_at",
            "inconsistent_inputs",
            [{"touchpoints": [TIMED], "converted_at": "2026-03-01T10:00:00Z"}],
        ),
        (
            "/journeys/0/converted_at",
            "inconsistent_inputs",
            [journey(conversions=0, converted_at="2026-03-01")],
        ),
        (
            "/journeys/0/touchpoints/1/at",
            "inconsistent_inputs",
            [
                {
                    "touchpoints": [TIMED, {"channel": "b", "at": "2026-03-03"}],
                    "converted_at": "2026-03-02",
                }
            ],
        ),
    ],
)
def test_what_is_wrong_is_refused_where_it_stands(pointer: str, code: str, raw: Any) -> None:
    """The first thing that is wrong is refused with its code and its pointer."""
    refused = refusal(raw)

    assert (pointer, code) == (refused.pointer, refused.message.code)


def test_an_unknown_field_names_the_nearest_known_one() -> None:
    """A misspelt field is answered with the one probably meant, else with all."""
    misspelt = refusal([journey(conversion=1)])
    strange = refusal([journey(xyz=1)])

    assert str(misspelt).endswith("did you mean conversions?")
    assert str(strange).endswith("touchpoints, conversions, value, not_converted, converted_at")


def test_the_pointer_starts_where_the_caller_says() -> None:
    """Pointers are below the given one."""
    with pytest.raises(Refused) as caught:
        read_journeys([{}], "/inputs/journeys")

    assert "/inputs/journeys/0/touchpoints" == caught.value.pointer


def test_journeys_are_bounded_before_they_are_read() -> None:
    """One journey too many is refused without reading any."""
    refused = refusal([None] * (MOST_JOURNEYS + 1))

    assert ("/journeys", "too_many_items") == (refused.pointer, refused.message.code)


def test_touchpoints_are_bounded_over_all_journeys(monkeypatch: pytest.MonkeyPatch) -> None:
    """The touches of all journeys together are bounded."""
    monkeypatch.setattr("service.analytics.attribution.journeys.MOST_TOUCHPOINTS", 4)
    half = {"touchpoints": ["a", "b"]}
    refused = refusal([half, half, journey()])

    assert len(read_journeys([half, half]).records) == 2
    assert ("/journeys/2/touchpoints", "too_many_items") == (refused.pointer, refused.message.code)
