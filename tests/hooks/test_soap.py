"""SOAP from Salesforce: read safely, whatever somebody else may send."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from service.hooks.presets import PRESETS
from service.hooks.soap import MOST_NOTIFICATIONS, message

SAMPLE = PRESETS["salesforce-om"].sample.body.decode()
NOTIFICATION = SAMPLE[SAMPLE.index("<Notification>") : SAMPLE.index("</Notification>") + 15]
URL = "/v1/hooks/salesforce-om/average_deal_value"

BOMB = (
    '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&c;</a>'
)
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'


def test_what_is_read() -> None:
    """The names lose their namespaces, the values stay texts, and nil is null."""
    read = message(SAMPLE.encode())
    first, second = read["Notification"]

    assert "00D000000000062EAA" == read["OrganizationId"]
    assert None is read["SessionId"]
    assert "04l000000000001AAA" == first["Id"]
    assert "45000.0" == first["sObject"]["Amount"]
    assert "Closed Won" == first["sObject"]["StageName"]
    assert "false" == second["sObject"]["IsWon"]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<a>",
        "<a/>",
        "{}",
        BOMB,
        OUTSIDE,
        '<!DOCTYPE a SYSTEM "http://127.0.0.1/x.dtd"><a/>',
        '<?xml version="1.0" encoding="klingon"?><a/>',
        "<a>" * 100_000,
        SAMPLE.replace("<notifications ", "<n ").replace("</notifications>", "</n>"),
        SAMPLE.replace('<?xml version="1.0" encoding="UTF-8"?>', "<!DOCTYPE x>"),
        SAMPLE.replace(NOTIFICATION, NOTIFICATION * MOST_NOTIFICATIONS),
    ],
    ids=range(12),
)
def test_what_is_refused(client: FlaskClient, body: str) -> None:
    """Bombs, document types, files from outside and broken XML are 400, at once."""
    reply = client.post(URL, data=body.encode(), content_type="text/xml")

    assert (400, "not_readable") == (reply.status_code, reply.json["code"])


def test_bytes_that_are_no_text(client: FlaskClient) -> None:
    """Bytes of no encoding are 400."""
    assert 400 == client.post(URL, data=b"\xff\xfe\x00", content_type="text/xml").status_code


def test_a_hundred_notifications(client: FlaskClient) -> None:
    """As many as Salesforce sends at once are read, and added up."""
    body = SAMPLE.replace(NOTIFICATION, NOTIFICATION * (MOST_NOTIFICATIONS - 1))
    reply = client.post(
        URL + "?sum[won_revenue]=Amount&count[deals_won]", data=body, content_type="text/xml"
    )

    assert MOST_NOTIFICATIONS == len(message(body.encode())["Notification"])
    assert (200, "ok") == (reply.status_code, reply.headers["X-KPI-Status"])


def test_a_mistake_is_acknowledged(client: FlaskClient) -> None:
    """Sending again would not help: Salesforce would try for a day."""
    reply = client.post(URL + "?map[won_revenue]=Nothing", data=SAMPLE, content_type="text/xml")

    assert 200 == reply.status_code
    assert "<Ack>true</Ack>" in reply.text
    assert "error" == reply.headers["X-KPI-Status"]
