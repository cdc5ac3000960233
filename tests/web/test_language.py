"""The language of an answer: asked for in the URL, by the browser, or English."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient


@pytest.fixture(scope="module")
def names(client: FlaskClient) -> dict[str, str]:
    """Return the name of one metric in each language."""
    cards = {one: client.get(f"/v1/metrics/cpl?lang={one}").json for one in ("en", "vi", "zh")}
    return {one: card["name"] for one, card in cards.items()}


def test_three_languages(names: dict[str, str]) -> None:
    """A name is written in the script of its language."""
    assert "Cost per lead" == names["en"]
    assert not names["vi"].isascii()
    assert any("\u4e00" <= letter <= "\u9fff" for letter in names["zh"])


@pytest.mark.parametrize(
    ("lang", "accepted", "given"),
    [
        (None, None, "en"),
        (None, "vi", "vi"),
        (None, "vi-VN,vi;q=0.9,en;q=0.8", "vi"),
        (None, "zh-CN", "zh"),
        (None, "zh-Hant-TW", "zh"),
        (None, "zh;q=0.5, vi;q=0.9", "vi"),
        (None, "fr, de;q=0.5", "en"),
        (None, "fr, zh;q=0.1", "zh"),
        (None, "*", "en"),
        (None, ";;;", "en"),
        ("zh", "vi", "zh"),
        ("en", "vi", "en"),
    ],
)
def test_negotiation(
    client: FlaskClient, names: dict[str, str], lang: str | None, accepted: str | None, given: str
) -> None:
    """`lang=` goes before Accept-Language, which goes before English."""
    reply = client.get(
        "/v1/metrics/cpl",
        query_string={"lang": lang} if lang else {},
        headers={"Accept-Language": accepted} if accepted else {},
    )

    assert names[given] == reply.json["name"]


@pytest.mark.parametrize("lang", ["fr", "", "EN", "vi-VN", "en "])
def test_not_served(client: FlaskClient, lang: str) -> None:
    """A language that is not served is refused, with those that are."""
    reply = client.get("/v1/metrics", query_string={"lang": lang})

    assert (406, "not_acceptable") == (reply.status_code, reply.json["code"])
    assert "en, vi, zh" in reply.json["detail"]


@pytest.mark.parametrize("key", ["name", "reading", "display"])
def test_an_answer_in_three_languages(post: Any, key: str) -> None:
    """Name, reading and display of an answer differ between the languages."""
    body = {"campaign_costs": 1000.5, "leads": 1, "currency": "VND"}

    assert 3 == len({post("cpl", body, lang=one).json[key] for one in ("en", "vi", "zh")})


def test_the_formula_in_three_languages(post: Any) -> None:
    """The formula is told in words of the language; its notations for programs stay."""
    told = [
        post("cpl", {"campaign_costs": 1, "leads": 1}, lang=one).json["formula"]
        for one in ("en", "vi", "zh")
    ]

    assert 3 == len({one["text"] for one in told}) == len({one["latex"] for one in told})
    assert (
        1 == len({one["expression"] for one in told}) == len({one["spreadsheet"] for one in told})
    )


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"campaign_costs": 1}, ["detail"]),
        ({"campaign_costs": 1}, ["title"]),
        ({"campaign_costs": 1, "leads": -1}, ["errors", 0, "detail"]),
        ({"campaign_costs": 1, "leads": 0}, ["reason", "message"]),
    ],
)
def test_messages_in_three_languages(post: Any, body: dict[str, int], place: list[Any]) -> None:
    """Problems and reasons are told in the language of the request."""
    told = set()
    for one in ("en", "vi", "zh"):
        found = post("cpl", body, lang=one).json
        for step in place:
            found = found[step]
        told.add(found)

    assert 3 == len(told)


def test_a_problem_in_the_browsers_language(client: FlaskClient) -> None:
    """Even what is not found is told in the language that is accepted."""
    replies = [client.get("/nothing", headers={"Accept-Language": one}) for one in ("en", "zh")]

    assert replies[0].json["detail"] != replies[1].json["detail"]


def test_the_vocabulary_in_three_languages(client: FlaskClient) -> None:
    """The labels of the quantities are translated, their names are not."""
    told = [
        client.get(f"/v1/quantities?lang={one}").json["quantities"] for one in ("en", "vi", "zh")
    ]

    assert 1 == len({tuple(one["name"] for one in each) for each in told})
    assert 3 == len({tuple(one["label"] for one in each) for each in told})
