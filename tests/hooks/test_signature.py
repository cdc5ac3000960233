"""Signatures: as the senders' own libraries make them, over the bytes, only just now."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hubspot.utils.signature import Signature
from standardwebhooks import Webhook

from service.hooks.preset import Scheme
from service.hooks.signature import Sent, key_of, scheme_of, signed_uri, verifies

NOW = 1_782_371_972.0
SECRET = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy"  # noqa: S105  HubSpot's published example
WHSEC = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
URI = "https://kpi.example.com/v1/hooks/hubspot-action/marketing_roi"
BODIES = ["", "{}", '{"tên": "khách hàng", "n": 1.50}', "plain", "\u0000\n\r "]

each_body = pytest.mark.parametrize("body", BODIES)


def hubspot(version: str, body: str, uri: str = URI, now: float = NOW) -> dict[str, str]:
    """Return the headers that HubSpot's own library would expect."""
    timestamp = str(int(now * 1000))
    made = Signature.get_signature(
        SECRET,
        body,
        version,
        http_uri=uri,
        http_method="POST",
        timestamp=timestamp,
    )
    if version == "v3":
        return {"x-hubspot-signature-v3": made, "x-hubspot-request-timestamp": timestamp}
    return {"x-hubspot-signature": made, "x-hubspot-signature-version": version}


def standard(body: str, now: float = NOW, name: str = "msg_1") -> dict[str, str]:
    """Return the headers that the Standard Webhooks library makes."""
    at = datetime.fromtimestamp(int(now), UTC)
    return {
        "webhook-id": name,
        "webhook-timestamp": str(int(now)),
        "webhook-signature": Webhook(WHSEC).sign(name, at, body),
    }


def fits(scheme: Scheme, headers: dict[str, str], body: str | bytes, **other: Any) -> bool:
    """Return whether the headers prove the body."""
    sent = Sent(
        other.get("method", "POST"),
        other.get("uri", URI),
        headers,
        body if isinstance(body, bytes) else body.encode(),
    )
    secret = WHSEC if scheme == "standard-webhooks" else SECRET
    return verifies(scheme, sent, other.get("secrets", [secret]), other.get("now", NOW))


@each_body
@pytest.mark.parametrize("version", ["v1", "v2", "v3"])
def test_what_hubspots_library_signs(version: str, body: str) -> None:
    """Each version verifies what HubSpot's own library signs, and nothing else."""
    scheme: Any = f"hubspot-{version}"

    assert fits(scheme, hubspot(version, body), body)
    assert not fits(scheme, hubspot(version, body), body + " ")


@each_body
def test_what_the_standard_webhooks_library_signs(body: str) -> None:
    """The signature of the Standard Webhooks library verifies, and for this body alone."""
    assert fits("standard-webhooks", standard(body), body)
    assert not fits("standard-webhooks", standard(body), body + " ")


def test_the_published_vectors(payload: Any) -> None:
    """The signatures in HubSpot's documentation verify."""
    published = json.loads(payload("hubspot_signature_vectors.json"))
    for vector in published["vectors"]:
        headers = {
            "x-hubspot-signature": vector["signature"],
            "x-hubspot-signature-version": vector["version"],
        }
        sent = Sent(
            vector.get("method", "POST"), vector.get("uri", ""), headers, vector["body"].encode()
        )
        scheme: Any = f"hubspot-{vector['version']}"

        assert verifies(scheme, sent, [published["secret"]], NOW)


def test_the_published_vector_of_standard_webhooks(payload: Any) -> None:
    """The published request verifies at its own time."""
    vector = json.loads(payload("standard_webhooks_request.json"))
    sent = Sent("POST", URI, vector["headers"], vector["body"].encode())
    now = float(vector["headers"]["webhook-timestamp"])

    assert verifies("standard-webhooks", sent, [vector["secret"]], now)
    assert not verifies("standard-webhooks", sent, [vector["secret"]], NOW)


@pytest.mark.parametrize("version", ["v2", "v3"])
def test_the_uri_and_the_method_are_signed(version: str) -> None:
    """A signature made for another address or method does not fit."""
    scheme: Any = f"hubspot-{version}"
    headers = hubspot(version, "{}")

    assert not fits(scheme, headers, "{}", uri=URI + "?a=1")
    assert not fits(scheme, headers, "{}", method="PUT")


def test_v3_decodes_what_hubspot_decodes() -> None:
    """Some escapes of the address are signed as the letters they stand for, others as they are."""
    raw = "https://h/a%2Fb?x=%3A%2f%3F%40%21%24%27%28%29%2A%2C%3B&y=%20%C3%A9%26%3D%25"
    decoded = "https://h/a/b?x=:/?@!$'()*,;&y=%20%C3%A9%26%3D%25"

    assert decoded == signed_uri(raw)
    assert fits("hubspot-v3", hubspot("v3", "{}", decoded), "{}", uri=raw)


@pytest.mark.parametrize(("off", "recent"), [(-301, 0), (-300, 1), (300, 1), (301, 0), (1e7, 0)])
def test_a_timestamp_is_five_minutes_off_at_most(off: float, recent: int) -> None:
    """What was signed long ago, or for a day to come, does not count."""
    assert bool(recent) == fits("hubspot-v3", hubspot("v3", "{}", now=NOW + off), "{}")
    assert bool(recent) == fits("standard-webhooks", standard("{}", now=NOW + off), "{}")


def test_a_secret_is_rotated_without_a_gap() -> None:
    """While one secret replaces another, both are good."""
    assert fits("hubspot-v3", hubspot("v3", "{}"), "{}", secrets=["another", SECRET])
    assert not fits("hubspot-v3", hubspot("v3", "{}"), "{}", secrets=["another"])
    assert fits("standard-webhooks", standard("{}"), "{}", secrets=["whsec_YQ==", WHSEC])


def test_one_of_several_signatures_is_enough() -> None:
    """Standard Webhooks sends a signature for each secret of the sender."""
    headers = standard("{}")
    headers["webhook-signature"] = f"v1a,abc v1,AAAA {headers['webhook-signature']} junk"

    assert fits("standard-webhooks", headers, "{}")


def test_the_bytes_are_signed() -> None:
    """A body that is neither UTF-8 nor JSON is verified all the same."""
    made = base64.b64encode(b"").decode()

    assert not fits("standard-webhooks", standard("{}"), b"\xff\xfe{}")
    assert not fits("hubspot-v3", {"x-hubspot-signature-v3": made}, b"\xff")


_NAMES = {
    "hubspot-v1": "x-hubspot-signature",
    "hubspot-v2": "x-hubspot-signature",
    "hubspot-v3": "x-hubspot-signature-v3",
}
ODD = ["", " ", ",", "v1,", ",,", "v1,a,b", "v1", "ü", "\udcff", "None", "0" * 64, "=", "a" * 9000]


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("at", ["signature", "timestamp", "id"])
@pytest.mark.parametrize("scheme", ["hubspot-v1", "hubspot-v2", "hubspot-v3", "standard-webhooks"])
def test_no_header_is_an_error(scheme: Scheme, at: str, odd: str) -> None:
    """Whatever a header holds, the message is not proved, and nothing fails."""
    if scheme == "standard-webhooks":
        headers = standard("{}")
        headers[f"webhook-{at}"] = odd
    else:
        headers = hubspot(scheme[-2:], "{}")
        headers = dict.fromkeys(headers, odd) if at == "id" else {**headers, _NAMES[scheme]: odd}

    assert not fits(scheme, headers, "{}")


@pytest.mark.parametrize(
    "timestamp", ["-1", "1e3", "1.5", "٣", "1" * 17, "0x1", "1782371972 ", "nan", "inf"]
)
def test_odd_timestamps(timestamp: str) -> None:
    """A timestamp is a run of plain digits."""
    headers = standard("{}") | {"webhook-timestamp": timestamp}

    assert not fits("standard-webhooks", headers, "{}")


@pytest.mark.parametrize(
    ("names", "scheme"),
    [
        ({"x-hubspot-signature-v3": "", "x-hubspot-signature": ""}, "hubspot-v3"),
        ({"x-hubspot-signature": ""}, "hubspot-v1"),
        ({"x-hubspot-signature": "", "x-hubspot-signature-version": "V1"}, "hubspot-v1"),
        ({"x-hubspot-signature": "", "x-hubspot-signature-version": "v2"}, None),
        ({"x-hubspot-signature": "", "x-hubspot-signature-version": "v9"}, None),
        ({"webhook-signature": ""}, None),
        ({}, None),
    ],
)
def test_the_strongest_scheme_counts(names: dict[str, str], scheme: str | None) -> None:
    """Of the schemes that a preset accepts, the strongest that is claimed must fit."""
    assert scheme == scheme_of(names, ["hubspot-v3", "hubspot-v1"])


def test_a_version_that_is_not_known() -> None:
    """A signature of a version that nobody knows is not taken for the one that is expected."""
    for version, scheme in (("v2", "hubspot-v2"), ("v1", None), ("v9", None)):
        names = {"x-hubspot-signature": "", "x-hubspot-signature-version": version}

        assert scheme == scheme_of(names, ["hubspot-v3", "hubspot-v2"])


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_*", "MfKQ9r8G", "whsec_a"])
def test_a_secret_that_is_none(secret: str) -> None:
    """A secret that cannot be a key is found when it is configured."""
    with pytest.raises(ValueError, match="whsec_"):
        key_of(secret)
