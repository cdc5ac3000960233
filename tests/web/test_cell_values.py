"""Single values in a cell's query: numbers, dates, what to ignore, caching."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

CPL = "/v1/metrics/cpl/value?campaign_costs=200000000&leads=400"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1E%2B021", "1" + "0" * 21),
        ("1E+021", "1" + "0" * 21),
        ("1e-3", "0.001"),
        ("%20%205%20", "5"),
        ("%C2%A05%C2%A0", "5"),
        ("%2B5", "5"),
        ("+5", "5"),
        (".5", "0.5"),
        ("5.", "5"),
        ("%E2%88%925", "-5"),
        ("-5", "-5"),
        ("0.1234567890123456789", "0.1234567890123456789"),
    ],
)
def test_numbers(client: FlaskClient, text: str, value: str) -> None:
    """S10: a number is read as spreadsheets write it, a decoded plus and blanks included."""
    assert value == client.get(f"/v1/metrics/profit/value?revenue={text}&cost=0").text


@pytest.mark.parametrize(
    "text",
    ["NaN", "inf", "Infinity", "1_000", "0x10", "1e", "e5", "--1", "1 2", "٣", "5%25", "1.2.3"],
)
def test_no_numbers(client: FlaskClient, text: str) -> None:
    """S10: what only some programs take for a number is refused."""
    reply = client.get(f"/v1/metrics/profit/value?revenue={text}&cost=0")

    assert reply.text.startswith("#VALUE! revenue: ")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10%25", "1"),
        ("10 %25", "1"),
        ("0.1", "1"),
        ("1e1%25", "1"),
    ],
)
def test_percent(client: FlaskClient, text: str, value: str) -> None:
    """S10: a percent sign is read where a ratio is meant."""
    reply = client.get(f"/v1/metrics/incremental_sales/value?sales=10&contribution_share={text}")

    assert value == reply.text


def test_percent_keeps_every_digit(client: FlaskClient) -> None:
    """S10: a percentage is divided by 100 exactly, however many digits it has."""
    digits = "12345678901234567890123456789012345"
    reply = client.get(
        f"/v1/metrics/incremental_sales/value?format=json&sales=1&contribution_share=0.{digits}%25"
    )

    assert f'"contribution_share": 0.00{digits}}}' in reply.text


@pytest.mark.parametrize(
    ("query", "period"),
    [
        ("period[start]=2024-01-31&period[end]=2024-02-29", ["2024-01-31", "2024-02-29"]),
        ("period[start]=45322&period[end]=45351&dates=excel", ["2024-01-31", "2024-02-29"]),
        ("period[start]=2024-01-31&period[end]=2024-02-29&dates=iso", ["2024-01-31", "2024-02-29"]),
    ],
)
def test_dates(client: FlaskClient, query: str, period: list[str]) -> None:
    """S11: a date is ISO, or with dates=excel the serial number of the 1900 system."""
    reply = client.get(f"{CPL}&format=json&{query}")

    assert period == list(reply.json["period"].values())


@pytest.mark.parametrize(
    ("start", "dates"),
    [("01/02/2024", "iso"), ("45322", "iso"), ("2024-01-31", "excel"), ("99999999", "excel")],
)
def test_no_dates(client: FlaskClient, start: str, dates: str) -> None:
    """S11: a date that could be another is refused."""
    reply = client.get(f"{CPL}&period[start]={start}&period[end]=2024-02-29&dates={dates}")

    assert reply.text.startswith("#VALUE! period.start: ")


@pytest.mark.parametrize("more", ["&_=1", "&refresh=9", "&cb=x", "&123", "&=5", "&key=secret"])
def test_cache_busters(client: FlaskClient, more: str) -> None:
    """S12: what users add to defeat a cache is ignored."""
    assert "500000" == client.get(f"{CPL}{more}").text


def test_other_names(client: FlaskClient) -> None:
    """S12: any other name is an error with the nearest one that is known."""
    assert client.get(f"{CPL}&curency=VND").text.endswith("did you mean currency?")


@pytest.mark.parametrize("length", [2_048, 8_000])
def test_long_urls(client: FlaskClient, length: int) -> None:
    """S13: a URL of 2,048 characters (Excel) and one of 8,000 (Calc) work."""
    url = f"{CPL}&_="

    assert "500000" == client.get(url + "x" * (length - len(url))).text


def test_longest_url(client: FlaskClient) -> None:
    """S13: from 8,100 characters on the answer is 414."""
    url = f"{CPL}&_="
    replies = [client.get(url + "x" * (length - len(url))) for length in (8_099, 8_100)]

    assert [200, 414] == [one.status_code for one in replies]
    assert "url_too_long" == replies[1].json["code"]


def test_key_in_the_url(client: FlaskClient) -> None:
    """S14: an answer to a URL with a key is kept by nobody else, and no page learns the URL."""
    reply = client.get(f"{CPL}&key=secret")

    assert "private, max-age=300" == reply.headers["Cache-Control"]
    assert "no-referrer" == reply.headers["Referrer-Policy"]


def test_caching(client: FlaskClient) -> None:
    """S15: an answer can be kept, has a strong ETag, and says what it varies with."""
    reply = client.get(CPL)

    assert "public, max-age=300" == reply.headers["Cache-Control"]
    assert {"Accept", "Accept-Encoding", "Accept-Language"} == set(reply.vary)
    assert not reply.headers["ETag"].startswith("W/")


def test_not_modified(client: FlaskClient) -> None:
    """S15: the ETag sent back is answered with 304 and no body; another one with the number."""
    etag = client.get(CPL).headers["ETag"]
    replies = [client.get(CPL, headers={"If-None-Match": one}) for one in (etag, '"other"')]

    assert [(304, b""), (200, b"500000")] == [(one.status_code, one.data) for one in replies]


def test_errors_are_not_kept(client: FlaskClient) -> None:
    """S15: an error in a cell is not kept: it may be corrected elsewhere."""
    reply = client.get(CPL.replace("leads", "leds"))

    assert "no-store" == reply.headers["Cache-Control"]


@pytest.mark.parametrize("agent", ["LibreOffice 7.4.7.2 denylistedbackend/1", "", "bot", "Google"])
def test_robots(client: FlaskClient, agent: str) -> None:
    """S20: no User-Agent is refused, and robots.txt lets all of them in."""
    assert "500000" == client.get(CPL, headers={"User-Agent": agent}).text
    assert "Disallow" not in client.get("/robots.txt", headers={"User-Agent": agent}).text


def test_escapes_in_either_case(client: FlaskClient) -> None:
    """LibreOffice writes escapes small: %2c and %2C are one."""
    url = "/v1/metrics/historical_lifetime_value/value?purchases=1{}2"

    assert client.get(url.format("%2c")).text == client.get(url.format("%2C")).text == "3"


def test_alias_in_the_url(client: FlaskClient) -> None:
    """A metric is reached by any of its names, and answers under its id."""
    reply = client.get(
        "/v1/metrics/chi%20phí%20cho%20mỗi%20khách%20hàng%20tiềm%20năng/value"
        "?campaign_costs=1&leads=4&format=json"
    )

    assert ("cost_per_lead", 0.25) == (reply.json["metric"], reply.json["value"])


def test_detail(client: FlaskClient) -> None:
    """detail=value shortens the JSON of a cell as it does that of POST."""
    keys = {"metric", "status", "value", "value_text", "unit", "reason"}

    assert keys == client.get(f"{CPL}&format=json&detail=value").json.keys()


@pytest.mark.parametrize("query", ["format=pdf", "errors=loud"])
def test_no_such_format(client: FlaskClient, query: str) -> None:
    """A format that is not served is refused with those that are: no cell could hold the error."""
    reply = client.get(f"{CPL}&{query}")

    assert (406, "not_acceptable") == (reply.status_code, reply.json["code"])


def test_not_acceptable(client: FlaskClient) -> None:
    """An Accept header that nothing here meets is answered with what there is."""
    reply = client.get(CPL, headers={"Accept": "application/pdf"})

    assert 406 == reply.status_code
    assert "text, csv, xml, json" in reply.json["detail"]
