"""Who may call a hook: signatures, keys, basic authentication, and nobody else."""

from __future__ import annotations

import base64
import json
import time
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from hubspot.utils.signature import Signature
from standardwebhooks import Webhook

from service.app import create_app
from service.hooks.presets import PRESETS
from service.hooks.proof import Secrets, check, secrets_for

SECRET = "a secret of the app"  # noqa: S105  a test's own
WHSEC = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
PUBLIC = "https://kpi.example.com/behind/a/proxy"
ACTION = "/v1/hooks/hubspot-action"
DEALS = "/v1/hooks/pipedrive/average_sales_cycle?map[total_sales_cycle_days]=n&deals_won=1"
DEAL = json.dumps({"data": {"n": 3}, "meta": {"id": "1"}})
BODY = PRESETS["hubspot-action"].sample.body.decode()
ELSEWHERE = {"REMOTE_ADDR": "203.0.113.9"}


def signed(version: str, uri: str, body: str = BODY, off: float = 0) -> dict[str, str]:
    """Return the headers that HubSpot's own library makes."""
    timestamp = str(int((time.time() + off) * 1000))
    made = Signature.get_signature(
        SECRET, body, version, http_uri=uri, http_method="POST", timestamp=timestamp
    )
    if version == "v3":
        return {"X-HubSpot-Signature-v3": made, "X-HubSpot-Request-Timestamp": timestamp}
    return {"X-HubSpot-Signature": made, "X-HubSpot-Signature-Version": version}


@pytest.mark.parametrize("version", ["v2", "v3"])
@pytest.mark.parametrize("query", ["", "?lang=vi&label=%2C%20%C3%A9%26", "?a[b]=c,d"])
def test_a_signature_behind_a_proxy(secured: Any, version: str, query: str) -> None:
    """What HubSpot signed is the public address, whatever the service is called inside."""
    client = secured(public_url=PUBLIC + "/", **{"hubspot-action": {"secrets": ["old", SECRET]}})
    uri = PUBLIC + ACTION + query
    if version == "v3":
        uri = uri.replace("%2C", ",")
    reply = client.post(
        ACTION + query,
        data=BODY,
        content_type="application/json",
        headers={**signed(version, uri), "X-Forwarded-Host": "evil.example.com", "Host": "inside"},
        environ_overrides=ELSEWHERE,
    )

    assert 200 == reply.status_code


def test_events_are_signed_over_the_body_alone(secured: Any) -> None:
    """HubSpot's v1 needs no public address, and is good for events only."""
    events = PRESETS["hubspot-webhook"].sample.body.decode()
    settings = {"secrets": [SECRET]}
    client = secured(**{"hubspot-webhook": settings, "hubspot-action": settings})
    good = client.post(
        "/v1/hooks/hubspot-webhook/cpl",
        data=events,
        headers=signed("v1", "", events),
        content_type="application/json",
    )
    bad = client.post(ACTION, data=BODY, headers=signed("v1", ""), content_type="application/json")

    assert (200, 401) == (good.status_code, bad.status_code)


def test_a_signed_generic_message(secured: Any) -> None:
    """Standard Webhooks proves a message to the generic hook; its id is echoed."""
    client = secured(generic={"secrets": [WHSEC]})
    body = json.dumps({"revenue": 4, "deals": 2})
    made = Webhook(WHSEC).sign("msg_2", datetime.now(UTC), body)
    reply = client.post(
        "/v1/hooks/generic/average_deal_size",
        data=body,
        content_type="application/json",
        headers={
            "webhook-id": "msg_2",
            "webhook-timestamp": str(int(time.time())),
            "webhook-signature": made,
        },
    )

    assert 2 == reply.json["value"]
    assert "msg_2" == reply.headers["webhook-id"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-API-Key": SECRET},
        {"Authorization": "Bearer " + SECRET},
        {"X-HubSpot-Signature-v3": "x"},
        {"X-HubSpot-Signature-v3": "x", "X-HubSpot-Request-Timestamp": "now"},
        {"X-HubSpot-Signature-v3": "\xfc\xff", "X-HubSpot-Request-Timestamp": "1"},
        {"X-HubSpot-Signature": "x", "X-HubSpot-Signature-Version": "v2"},
        {"X-HubSpot-Signature": "x", "X-HubSpot-Signature-Version": "\xe9"},
        {"X-HubSpot-Signature": "", "X-HubSpot-Signature-Version": ""},
        {"webhook-id": "1", "webhook-timestamp": "2", "webhook-signature": "v1,a,b"},
        signed("v3", PUBLIC + ACTION, off=-40_000),
        signed("v3", PUBLIC + ACTION, off=40_000),
        signed("v3", PUBLIC + ACTION + "/"),
        signed("v3", "http://localhost" + ACTION),
        signed("v2", PUBLIC + ACTION, BODY + " "),
        signed("v1", PUBLIC + ACTION),
    ],
)
def test_an_unproved_message(secured: Any, headers: dict[str, str]) -> None:
    """A missing, malformed, old or foreign signature is 401, never an error of the service."""
    client = secured(public_url=PUBLIC, **{"hubspot-action": {"secrets": [SECRET]}})
    reply = client.post(ACTION, data=BODY, content_type="application/json", headers=headers)

    assert (401, "unauthorized") == (reply.status_code, reply.json["code"])


def test_a_signature_without_a_public_address(secured: Any) -> None:
    """A service that does not know its address says so, instead of guessing one from a header."""
    client = secured(**{"hubspot-action": {"secrets": [SECRET]}})
    headers = signed("v3", "http://localhost" + ACTION)
    reply = client.post(ACTION, data=BODY, content_type="application/json", headers=headers)

    assert 401 == reply.status_code
    assert "public_url" in reply.json["detail"]


def basic(password: str) -> dict[str, str]:
    """Return the header of basic authentication."""
    return {"Authorization": "Basic " + base64.b64encode(f"pipe:{password}".encode()).decode()}


KEYED = {
    "header": (DEALS, {"X-API-Key": SECRET}),
    "bearer": (DEALS, {"Authorization": f"Bearer {SECRET}"}),
    "basic": (DEALS, basic(SECRET)),
    "key": (DEALS + "&key=a+secret+of+the+app", {}),
    "code": (DEALS + "&code=a%20secret%20of%20the%20app", {}),
}


@pytest.mark.parametrize("way", KEYED)
def test_ways_to_send_a_key(secured: Any, way: str) -> None:
    """A secret is accepted in a header, as basic authentication and in the URL."""
    url, headers = KEYED[way]
    client = secured(pipedrive={"secrets": ["another", SECRET]})
    reply = client.post(
        url,
        data=DEAL,
        content_type="application/json",
        headers=headers,
        environ_overrides=ELSEWHERE,
    )

    assert 3 == reply.json["value"]


def test_a_key_in_a_form(secured: Any) -> None:
    """Zoho sends the key as one more parameter, which is no input."""
    preset = PRESETS["zoho"]
    for secret, status in (("SECRET", 200), ("SECRETS", 401)):
        client = secured(zoho={"secrets": [secret]})
        reply = client.post(
            "/v1/hooks/zoho/average_deal_value",
            data=preset.sample.body,
            content_type=preset.sample.content_type,
        )

        assert status == reply.status_code


def test_a_key_in_a_form_is_no_field(send: Any) -> None:
    """What is told of the message's fields does not mention the key."""
    reply = send("zoho", "amount=1&key=SECRET").json

    assert reply["error"].endswith("the message has amount")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        basic("wrong"),
        {"Authorization": "Basic"},
        {"Authorization": "Basic !!!"},
        {"Authorization": "Basic " + base64.b64encode(b"no colon").decode()},
        {"Authorization": "Basic " + base64.b64encode(b"\xff:\xff").decode()},
        {"Authorization": "Digest username=a"},
        {"Authorization": "Bearer"},
        {"Authorization": "\xff\xfe"},
        {"X-API-Key": ""},
        {"X-API-Key": SECRET + " "[:0] + "s"},
        {"X-API-Key": "\xfc"},
    ],
)
def test_no_key(secured: Any, headers: dict[str, str]) -> None:
    """A missing, malformed or wrong key is 401."""
    client = secured(pipedrive={"secrets": [SECRET]})
    reply = client.post(DEALS, data=DEAL, content_type="application/json", headers=headers)

    assert 401 == reply.status_code


@pytest.fixture
def keyed() -> Flask:
    """Return an application whose own API keys are checked."""
    app = create_app()
    app.extensions["key_check"] = "the service's key".__eq__
    return app


def test_an_api_key_of_the_service(keyed: Flask) -> None:
    """Without a secret of its own, a hook needs an API key."""
    client = keyed.test_client()
    send = {"data": DEAL, "content_type": "application/json"}
    with_key = client.post(DEALS, headers=basic("the service's key"), **send)
    without = client.post(DEALS, **send)

    assert (200, 401) == (with_key.status_code, without.status_code)


def test_an_api_key_beside_a_secret(keyed: Flask) -> None:
    """A hook with a secret of its own is open to the service's keys as well."""
    keyed.config["HOOKS"] = {"pipedrive": {"secrets": [SECRET]}}
    reply = keyed.test_client().post(
        DEALS, data=DEAL, content_type="application/json", headers=basic("the service's key")
    )

    assert 200 == reply.status_code


def test_nobody_has_a_key(secured: Any) -> None:
    """Where nothing is configured, only this machine may call."""
    client = secured()
    send = {"data": DEAL, "content_type": "application/json"}

    assert 200 == client.post(DEALS, **send).status_code
    assert 401 == client.post(DEALS, environ_overrides=ELSEWHERE, **send).status_code
    assert 401 == client.post(DEALS, environ_overrides={"REMOTE_ADDR": ""}, **send).status_code


def test_none_must_be_said(secured: Any) -> None:
    """A hook is open to everybody only where that is written down."""
    client = secured(pipedrive={"verify": "none"})
    reply = client.post(
        DEALS, data=DEAL, content_type="application/json", environ_overrides=ELSEWHERE
    )

    assert 200 == reply.status_code


@pytest.mark.parametrize(
    ("name", "hooks", "secrets"),
    [
        ("pipedrive", {}, Secrets("key")),
        ("pipedrive", {"pipedrive": {"secrets": ["a"]}}, Secrets("key", ("a",))),
        ("hubspot-action", {}, Secrets("key")),
        ("hubspot-action", {"hubspot-action": {"secrets": ["a"]}}, Secrets("signature", ("a",))),
        (
            "hubspot-workflow",
            {"hubspot-workflow": {"secrets": ["a"], "verify": "key"}},
            Secrets("key", ("a",)),
        ),
        ("zoho", {"zoho": {"verify": "none"}}, Secrets("none")),
    ],
)
def test_what_is_configured(name: str, hooks: Any, secrets: Secrets) -> None:
    """A signature where the sender can sign and a secret is there, else a key; never nothing."""
    assert secrets == secrets_for(PRESETS[name], hooks)


@pytest.mark.parametrize(
    ("hooks", "told"),
    [
        ({"sap": {}}, "hooks.sap"),
        ({"zoho": {"verify": "maybe"}}, "zoho.verify"),
        ({"zoho": {"verify": "signature", "secrets": ["a"]}}, "signs nothing"),
        ({"hubspot-action": {"verify": "signature"}}, "no secrets"),
        ({"zoho": {"secrets": [""]}}, "zoho.secrets"),
        ({"generic": {"secrets": ["plain"]}}, "whsec_"),
    ],
)
def test_a_configuration_that_cannot_work(hooks: Any, told: str) -> None:
    """A mistake is found before the first message comes, and names its entry."""
    with pytest.raises(ValueError, match=told):
        check(hooks)


def test_a_configuration_that_works() -> None:
    """Secrets for a preset and a public address are fine."""
    check({"public_url": PUBLIC, "generic": {"secrets": [WHSEC]}, "zoho": {"verify": "none"}})
