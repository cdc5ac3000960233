"""Attribution over HTTP: published credits, and what is refused where."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from service.catalogue.attribution.inputs import JourneyList

DEAL = [
    {"channel": "ad", "at": "2026-03-01"},
    {"channel": "blog", "at": "2026-03-06"},
    {"channel": "webinar", "at": "2026-03-13"},
    {"channel": "demo", "at": "2026-03-31"},
    {"channel": "offer", "at": "2026-04-08", "stage": "lead"},
]
TIMED = {"channel": "ad", "at": "2026-03-01T10:00:00Z"}


def credits(answer: Any, field: str = "conversions") -> dict[str, float]:  # noqa: A001  the field's word
    """Return what each channel earns."""
    return {row["channel"]: row[field] for row in answer.json["result"]["channels"]}


def refusal(answer: Any) -> tuple[str, str]:
    """Return the pointer and the code of the one thing that is wrong."""
    (found,) = answer.json["errors"]
    return found["pointer"], found["code"]


def spoilt(**journey: Any) -> dict[str, Any]:
    """Return a request whose second journey is *journey*."""
    return {"journeys": [{"touchpoints": ["ad"]}, {"touchpoints": ["ad", "mail"]} | journey]}


@pytest.mark.parametrize(
    ("metric_id", "shares"),
    [
        ("linear_attribution", [2400, 2400, 2400, 2400, 2400]),
        ("u_shaped_attribution", [4800, 800, 800, 800, 4800]),
        ("time_decay_attribution", [175.2, 287.4, 574.9, 3417.0, 7545.4]),
    ],
)
def test_the_worked_journey(post: Any, metric_id: str, shares: list[float]) -> None:
    """A deal of 12,000 on days 0, 5, 12, 30 and 38 is divided as the source recomputes it."""
    answer = post(metric_id, {"journeys": [{"touchpoints": DEAL, "value": 12_000}]})
    value = credits(answer, "value")

    assert shares == [pytest.approx(value[one["channel"]], abs=0.06) for one in DEAL]


def test_markov_as_published(post: Any) -> None:
    """The example of Anderl et al. gives removal effects that share out .2, .4 and .4."""
    journeys = [
        {"touchpoints": ["C1", "C2", "C3"]},
        {"touchpoints": ["C1"], "not_converted": 1},
        {"touchpoints": ["C2", "C3"], "not_converted": 1},
    ]
    answer = post("markov_attribution", {"journeys": journeys})

    assert pytest.approx({"C1": 0.2, "C2": 0.4, "C3": 0.4}) == credits(answer)


def test_grouped_or_single(post: Any) -> None:
    """Identical journeys counted together are the same as listed one by one."""
    single = [{"touchpoints": ["ad", "mail"], "value": 20}] * 3
    grouped = [{"touchpoints": ["ad", "mail"], "conversions": 3, "value": 60}]
    tables = [
        post("position_based_attribution", {"journeys": one}).json["result"]
        for one in (single, grouped)
    ]

    assert tables[0] == tables[1]


def test_null_is_not_given(post: Any) -> None:
    """What a touch or a journey does not know may be null or left out."""
    touch = {"channel": "ad", "at": None, "campaign": None, "effort": None, "stage": None}
    sparse = {"journeys": [{"touchpoints": ["ad"]}]}
    full = {"journeys": [{"touchpoints": [touch], "converted_at": None}]}

    assert (
        post("linear_attribution", sparse).json["result"]
        == post("linear_attribution", full).json["result"]
    )


def test_refunds_have_a_negative_value(post: Any) -> None:
    """A value may be negative, as after a refund."""
    answer = post(
        "linear_attribution", {"journeys": [{"touchpoints": ["ad", "mail"], "value": -10}]}
    )

    assert {"ad": -5, "mail": -5} == credits(answer, "value")


def test_nothing_converted(post: Any) -> None:
    """Without conversions all credit is 0, shares are null, and the reason is told."""
    answer = post("linear_attribution", {"journeys": [{"touchpoints": ["ad"], "not_converted": 3}]})

    assert "no_conversions" == answer.json["reason"]["code"]
    assert [{"channel": "ad", "conversions": 0, "value": 0, "share": None}] == answer.json[
        "result"
    ]["channels"]


def test_look_back(post: Any) -> None:
    """A conversion left with no touch within the look-back goes to (unattributed)."""
    journey = {"touchpoints": [TIMED], "converted_at": "2026-04-01T10:00:00Z"}
    answer = post("last_touch_attribution", {"journeys": [journey], "lookback_days": 30})

    assert {"(unattributed)": 1, "ad": 0} == credits(answer)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "time_decay_attribution is left out: this needs the time of every touch;"),
        ("vi", "đã bỏ qua time_decay_attribution: phép tính này cần thời điểm"),
        ("zh", "未包含 time_decay_attribution：此计算需要每个触点的时间"),
    ],
)
def test_a_reason_within_a_sentence(post: Any, language: str, told: str) -> None:
    """Why a model is left out is told in the language of the sentence around it."""
    answer = post(
        "attribution_comparison", {"journeys": [{"touchpoints": ["ad"]}]}, lang=language
    ).json

    assert any(one["message"].startswith(told) for one in answer["warnings"])


@pytest.mark.parametrize(
    ("journey", "pointer", "code"),
    [
        (None, "", "wrong_type"),
        ({"touchpoints": None}, "/touchpoints", "wrong_type"),
        ({"touchpoints": "ad"}, "/touchpoints", "wrong_type"),
        ({"touchpoints": [None]}, "/touchpoints/0", "wrong_type"),
        ({"touchpoints": [5]}, "/touchpoints/0", "wrong_type"),
        ({"touchpoints": ["ad", " "]}, "/touchpoints/1", "out_of_range"),
        ({"touchpoints": ["ad", "x" * 201]}, "/touchpoints/1", "out_of_range"),
        ({"touchpoints": ["(unattributed)"]}, "/touchpoints/0", "inconsistent_inputs"),
        ({"touchpoints": [{}]}, "/touchpoints/0/channel", "missing"),
        ({"touchpoints": [{"channel": None}]}, "/touchpoints/0/channel", "wrong_type"),
        ({"touchpoints": [{"channel": "ad", "stage": 1}]}, "/touchpoints/0/stage", "wrong_type"),
        ({"touchpoints": [{"channel": "ad", "on": 1}]}, "/touchpoints/0/on", "unknown_field"),
        (
            {"touchpoints": [{"channel": "ad", "at": "2026-03-01T10:00:00"}]},
            "/touchpoints/0/at",
            "wrong_type",
        ),
        ({"touchpoints": ["ad", TIMED]}, "/touchpoints/0", "inconsistent_inputs"),
        (
            {"touchpoints": [TIMED, {"channel": "ad", "at": "2026-03-02"}]},
            "/touchpoints",
            "inconsistent_inputs",
        ),
        ({"conversions": "1"}, "/conversions", "wrong_type"),
        ({"conversions": -1}, "/conversions", "out_of_range"),
        ({"not_converted": -1}, "/not_converted", "out_of_range"),
        ({"value": True}, "/value", "wrong_type"),
        ({"value": 5, "not_converted": 1}, "/value", "inconsistent_inputs"),
        ({"converted": 1}, "/converted", "unknown_field"),
        (
            {"touchpoints": [TIMED], "converted_at": "2026-02-01T00:00:00Z"},
            "/touchpoints/0/at",
            "inconsistent_inputs",
        ),
        (
            {"touchpoints": [TIMED], "converted_at": "2026-04-01"},
            "/converted_at",
            "inconsistent_inputs",
        ),
        (
            {"conversions": 0, "converted_at": "2026-04-01"},
            "/converted_at",
            "inconsistent_inputs",
        ),
    ],
)
def test_a_bad_journey(post: Any, journey: Any, pointer: str, code: str) -> None:
    """What is wrong in a journey is refused at its very place."""
    request = {"journeys": [{"touchpoints": ["ad"]}, journey]} if journey is None else None
    reply = post("linear_attribution", request or spoilt(**journey))

    assert 422 == reply.status_code
    assert (f"/journeys/1{pointer}", code) == refusal(reply)


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ('{"touchpoints": ["ad"], "value": NaN}', "/value", "not_finite"),
        ('{"touchpoints": ["ad"], "conversions": Infinity}', "/conversions", "not_finite"),
        ('{"touchpoints": ["ad", NaN]}', "/touchpoints/1", "not_finite"),
        ('{"touchpoints": ["ad"], "value": 1e300}', "/value", "out_of_range"),
        (f'{{"touchpoints": ["ad"], "value": 0.{"1" * 101}}}', "/value", "out_of_range"),
        ('{"touchpoints": ["ad"], "value": 1, "value": 2}', "/value", "duplicate_key"),
        ('{"touchpoints": ["ad"], "no such": NaN}', "/no such", "unknown_field"),
    ],
)
def test_a_bad_number(post: Any, body: str, pointer: str, code: str) -> None:
    """A number that is none is refused with the code it has everywhere."""
    reply = post("linear_attribution", f'{{"journeys": [{body}]}}')

    assert (f"/journeys/0{pointer}", code) == refusal(reply)


@pytest.mark.parametrize(
    ("metric_id", "inputs", "pointer", "code"),
    [
        ("linear_attribution", {"by": "source"}, "/by", "wrong_type"),
        ("linear_attribution", {"by": "campaign"}, "/by", "missing"),
        ("linear_attribution", {"lookback_days": 0}, "/lookback_days", "out_of_range"),
        ("linear_attribution", {"lookback_days": 7}, "/journeys/0/touchpoints/0/at", "missing"),
        ("time_decay_attribution", {}, "/journeys/0/touchpoints/0/at", "missing"),
        ("time_decay_attribution", {"half_life_days": 0}, "/half_life_days", "out_of_range"),
        ("custom_weights_attribution", {}, "/weights", "missing"),
        ("custom_weights_attribution", {"weights": []}, "/weights", "out_of_range"),
        ("custom_weights_attribution", {"weights": [0, 0]}, "/weights", "inconsistent_inputs"),
        ("custom_weights_attribution", {"weights": [1, -1]}, "/weights/1", "out_of_range"),
        ("position_based_attribution", {"first_weight": 5}, "/first_weight", "out_of_range"),
        (
            "position_based_attribution",
            {"first_weight": 0.7},
            "/first_weight",
            "inconsistent_inputs",
        ),
        ("markov_attribution", {"order": 4}, "/order", "out_of_range"),
        ("markov_attribution", {"order": 1.5}, "/order", "wrong_type"),
        (
            "last_non_direct_attribution",
            {"direct_channels": []},
            "/direct_channels",
            "out_of_range",
        ),
        (
            "last_non_direct_attribution",
            {"direct_channels": "direct"},
            "/direct_channels",
            "wrong_type",
        ),
    ],
)
def test_a_bad_setting(
    post: Any, metric_id: str, inputs: dict[str, Any], pointer: str, code: str
) -> None:
    """A setting that does not fit is refused at its place."""
    reply = post(metric_id, {"journeys": [{"touchpoints": ["ad", "mail"]}], **inputs})

    assert 422 == reply.status_code
    assert (pointer, code) == refusal(reply)


@pytest.mark.parametrize("key", ["channel", "campaign", "effort", "stage"])
def test_by(post: Any, key: str) -> None:
    """Credit goes to whichever field of a touch is asked for."""
    touch = {"channel": "a", "campaign": "b", "effort": "c", "stage": "d"}
    answer = post("linear_attribution", {"journeys": [{"touchpoints": [touch]}], "by": key})

    assert {touch[key]: 1} == credits(answer)


def test_no_journeys(post: Any) -> None:
    """An empty list has an answer: nothing to credit."""
    answer = post("linear_attribution", {"journeys": []}).json

    assert "no_conversions" == answer["reason"]["code"]
    assert [] == answer["result"]["channels"]


def test_too_many_journeys(post: Any) -> None:
    """Above the limit the message states it."""
    journeys = ", ".join(['{"touchpoints": []}'] * 100_001)
    reply = post("linear_attribution", f'{{"journeys": [{journeys}]}}')

    assert ("/journeys", "too_many_items") == refusal(reply)
    assert "100000" in reply.json["detail"]


@pytest.mark.parametrize(
    "journey",
    [
        {"touchpoints": []},
        {"touchpoints": ["ad", {"channel": "ad"}]},
        {"touchpoints": [{"channel": "ad", "at": None, "stage": None}], "converted_at": None},
        {"touchpoints": [" "]},
        {"touchpoints": [""]},
        {"touchpoints": ["(unattributed)"]},
        {"touchpoints": [{"channel": "ad", "stage": "(unattributed)"}]},
        {"touchpoints": [{"channel": None}]},
        {"touchpoints": [{"channel": "ad", "stage": 1}]},
        {"touchpoints": [{"channel": "ad", "value": 1}]},
        {"touchpoints": ["ad"], "value": -1},
        {"touchpoints": ["ad"], "value": None},
        {"touchpoints": ["ad"], "conversions": -1},
        {"touchpoints": None},
        {"conversions": 1},
    ],
)
def test_the_document_says_what_is_read(post: Any, journey: dict[str, Any]) -> None:
    """The schema in the document accepts the very journeys that are read."""
    accepted = Draft202012Validator(JourneyList().schema()).is_valid([journey])

    assert accepted is (200 == post("linear_attribution", {"journeys": [journey]}).status_code)
