"""What spreadsheets need of a cell, by the numbers of the list of what they were seen to do."""

from __future__ import annotations

import csv
import io
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

CPL = "/v1/metrics/cpl/value?campaign_costs=200000000&leads=400"
TWO_THIRDS = "/v1/metrics/profit_margin/value?profit=2&revenue=3"
BY_ZERO = "/v1/metrics/cpl/value?campaign_costs=1&leads=0"
PURCHASES = "/v1/metrics/historical_lifetime_value/value"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def test_same_number_as_post(client: FlaskClient, post: Any) -> None:
    """S1: a cell gives the number of POST, and the whole answer where JSON is asked for."""
    answer = post("cpl", {"campaign_costs": 200_000_000, "leads": 400, "currency": "VND"}).json

    assert answer == client.get(f"{CPL}&currency=VND&format=json").json
    assert answer["value_text"] == client.get(CPL).text


@pytest.mark.parametrize("url", [CPL, TWO_THIRDS, CPL.replace("200000000", "1e-9")])
def test_text_is_the_number_alone(client: FlaskClient, url: str) -> None:
    """S2: text is ASCII digits with a point, and nothing before or after them."""
    reply = client.get(f"{url}&format=text")

    assert "text/plain; charset=utf-8" == reply.headers["Content-Type"]
    assert set(reply.data) <= set(b"0123456789.-")
    assert float(reply.text) == client.get(f"{url}&format=json").json["value"]


def test_xml(client: FlaskClient) -> None:
    """S3: XML has no namespace, no leading blank, and the number at //value."""
    reply = client.get(f"{CPL}&format=xml")

    assert (
        b'<?xml version="1.0" encoding="UTF-8"?><kpi><value>500000</value>'
        b"<unit>money/lead</unit><status>ok</status></kpi>" == reply.data
    )
    assert "application/xml; charset=utf-8" == reply.headers["Content-Type"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("leads=0", "division_by_zero"),
        ("leads=0&lang=vi", "division_by_zero"),
        ("leads=%C4%91%3Cb%3E", "wrong_type"),
        ("leads=1&bogus%00%1f%3C=1", "unknown_field"),
    ],
)
def test_xml_errors_are_ascii(client: FlaskClient, query: str, code: str) -> None:
    """S3: messages are well-formed ASCII, whatever was sent, and lose no letter by it."""
    url = f"/v1/metrics/cpl/value?campaign_costs=1&{query}"
    told = ET.fromstring(client.get(f"{url}&format=xml").data.decode("ascii"))  # noqa: S314  ours

    assert ("", code) == (told.findtext("value"), told.find("error").get("code"))
    assert client.get(url).text == told.findtext("error")


def test_csv(client: FlaskClient) -> None:
    """S4: CSV is a header and a row (RFC 4180), without a mark in front."""
    reply = client.get(f"{CPL}&format=csv&currency=VND")

    assert "text/csv; charset=utf-8" == reply.headers["Content-Type"]
    assert (
        "metric,value,unit,currency,status,error\r\n"
        "cost_per_lead,500000,money/lead,VND,ok,\r\n" == reply.text
    )


def test_csv_without_header(client: FlaskClient) -> None:
    """S4: header=0 leaves the header out."""
    assert (
        "cost_per_lead,500000,money/lead,,ok,\r\n" == client.get(f"{CPL}&format=csv&header=0").text
    )


@pytest.mark.parametrize("name", ["=cmd", "+1", "-1", "@x", "%09x", "%0d%0ax", '"a",b'])
def test_csv_holds_no_formula(client: FlaskClient, name: str) -> None:
    """S4: no cell starts a formula or a row, whatever was sent."""
    reply = client.get(f"/v1/metrics/cpl/value?format=csv&header=0&{name}=1&{name}[a]=1")
    (row,) = csv.reader(io.StringIO(reply.text, newline=""))

    assert 6 == len(row)
    assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize(
    ("query", "accept", "mimetype"),
    [
        ("", None, "text/plain"),
        ("", "*/*", "text/plain"),
        ("", BROWSER, "text/plain"),
        ("", "text/csv", "text/csv"),
        ("", "text/xml", "application/xml"),
        ("", "application/xml", "application/xml"),
        ("", "application/json", "application/json"),
        ("", "application/json, text/plain, */*", "application/json"),
        ("", "text/plain;q=0.5, application/xml", "application/xml"),
        ("", "application/pdf, text/*;q=0.5", "text/plain"),
        ("&format=csv", "application/json", "text/csv"),
        ("&format=json", BROWSER, "application/json"),
    ],
)
def test_format(client: FlaskClient, query: str, accept: str | None, mimetype: str) -> None:
    """S5: `format` beats `Accept`; without either, and for a browser, it is text."""
    headers = {"Accept": accept} if accept else {}

    assert mimetype == client.get(f"{CPL}{query}", headers=headers).mimetype


@pytest.mark.parametrize(
    ("query", "cell"),
    [
        ("cpl/value?campaign_costs=1&leads=0", "#DIV/0! leads is 0, so cost per lead is undefined"),
        ("gross_margin/value?revenue=-1&cost_of_goods_sold=1", "#NUM! revenue is not above 0"),
        ("cpl/value?campaign_costs=1", "#N/A leads: leads is missing"),
        ("cpl/value?campaign_costs=1&leads=", "#N/A leads: leads is missing"),
        ("cpl/value?campaign_costs=1&lead=2", "#NAME? lead: "),
        ("cpll/value?campaign_costs=1&leads=2", "#NAME? there is no metric cpll"),
        ("cpa/value?campaign_costs=1&leads=2", "#NAME? cpa is the name of several metrics"),
        ("cpl/value?campaign_costs=1&leads=x", "#VALUE! leads: x is not a number"),
        ("cpl/value?campaign_costs=1&leads=-1", "#VALUE! leads: it must be at least 0"),
        ("cpl/value?campaign_costs=1&leads=1&leads=2", "#VALUE! leads: it stands 2 times"),
        ("cpl/value?campaign_costs=1&leads=1&decimal=;", "#VALUE! decimal=; is neither"),
        ("cpl/value?campaign_costs=1&leads=1&dates=us", "#VALUE! dates=us is neither"),
        ("cpl/value?campaign_costs=1&leads=1&locale=xx", "#VALUE! locale=xx is not known"),
        ("cpl/value?campaign_costs=1&leads=1&lang=fr", "#VALUE! lang=fr is not served"),
    ],
)
def test_errors_in_the_cell(client: FlaskClient, query: str, cell: str) -> None:
    """S6: an error is a spreadsheet's code, a blank and the reason, with status 200."""
    reply = client.get(f"/v1/metrics/{query}")

    assert 200 == reply.status_code
    assert reply.text.startswith(cell)
    assert reply.headers["X-KPI-Status"] == ("undefined" if cell[:4] in "#DIV#NUM" else "error")


@pytest.mark.parametrize(
    ("query", "status"),
    [("errors=http", 422), ("errors=http&format=xml", 422), ("format=json", 422)],
)
def test_errors_over_http(client: FlaskClient, query: str, status: int) -> None:
    """S6: errors=http, and JSON by itself, answer with a problem."""
    reply = client.get(f"/v1/metrics/cpl/value?campaign_costs=1&{query}")

    assert (status, "application/problem+json") == (reply.status_code, reply.mimetype)


def test_inline_json(client: FlaskClient) -> None:
    """S6: errors=inline gives the problem in JSON with status 200."""
    reply = client.get("/v1/metrics/cpl/value?campaign_costs=1&format=json&errors=inline")

    assert (200, "missing") == (reply.status_code, reply.json["code"])


def test_undefined_over_http(client: FlaskClient) -> None:
    """S6: undefined is an answer, not an error: with errors=http the cell stays empty."""
    reply = client.get(f"{BY_ZERO}&errors=http")

    assert (200, "") == (reply.status_code, reply.text)


def test_no_redirects(client: FlaskClient) -> None:
    """S7: a slash at the end or one too many never redirects."""
    url = CPL.replace("?", "/?")

    assert (200, "500000") == (client.get(url).status_code, client.get(url).text)
    assert 200 == client.get("/v1/metrics/cpl/").status_code
    assert 404 == client.get(CPL.replace("/v1/", "/v1//")).status_code


@pytest.mark.parametrize("url", [CPL, "/v1/metrics/nothing/value?x=1", "/v1/batch"])
def test_options(client: FlaskClient, url: str) -> None:
    """S8: OPTIONS answers without looking at the request."""
    reply = client.options(url)

    assert 200 == reply.status_code
    assert "OPTIONS" in reply.headers["Allow"]


@pytest.mark.parametrize("url", [CPL, BY_ZERO, f"{CPL}&format=xml", f"{BY_ZERO}0&errors=http&x=1"])
def test_head(client: FlaskClient, url: str) -> None:
    """S8: HEAD has the status and the headers of GET, and no body."""
    head, get = client.head(url), client.get(url)

    assert b"" == head.data
    assert _lasting(get.headers) == _lasting(head.headers)
    assert get.status_code == head.status_code


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("purchases=1&purchases=2.5&purchases=3", "6.5"),
        ("purchases[]=1&purchases[]=2.5", "3.5"),
        ("purchases=1;2.5;3", "6.5"),
        ("purchases=1|2.5|3", "6.5"),
        ("purchases=1%0a2.5%0a3%0a", "6.5"),
        ("purchases=1%092.5", "3.5"),
        ("purchases=1,2,5,3", "11"),
        ("purchases=1;;3;", "4"),
        ("purchases=5", "5"),
        ("purchases=1;2,5;3&decimal=,", "6.5"),
        ("purchases=1;2,5;3&locale=de", "6.5"),
        ("purchases=1;2,5;3&locale=vi-VN", "6.5"),
        ("purchases=1;2.5&locale=de&decimal=.", "3.5"),
        ("purchases=2,5&purchases=1&decimal=,", "3.5"),
        ("purchases[first]=1&purchases[second]=2.5", "3.5"),
        ("purchases[first]=1&purchases[second]=", "1"),
        ("purchases[first]=1,5&decimal=,", "1.5"),
    ],
)
def test_lists(client: FlaskClient, query: str, total: str) -> None:
    """S9: a list is repeated, in brackets, or one text with a separator; parts have names."""
    assert total == client.get(f"{PURCHASES}?{query}").text


@pytest.mark.parametrize(
    ("query", "fix"),
    [
        ("purchases=1,2,5,3&decimal=,", "put ; between the numbers"),
        ("purchases=1;2,5;3", "add decimal=,"),
        ("purchases=1;2|3", "one separator at a time"),
        ("purchases=1.5;2&decimal=,", "leave out separators of thousands"),
        ("purchases=1&purchases[a]=2", "stands twice"),
        ("purchases[a]=1&purchases[a]=2", "stands twice"),
    ],
)
def test_ambiguous_lists(client: FlaskClient, query: str, fix: str) -> None:
    """S9: what could be read in two ways is refused, with how to say it."""
    reply = client.get(f"{PURCHASES}?{query}")

    assert reply.text.startswith("#VALUE! ")
    assert fix in reply.text


def _lasting(headers: Any) -> dict[str, str]:
    return {name: one for name, one in headers.items() if name not in {"X-Request-Id", "Date"}}
