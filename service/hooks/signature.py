"""Did the holder of a secret send these very bytes, just now?

HubSpot (developers.hubspot.com/docs/guides/apps/authentication/validating-requests):

    v1   hex sha256(secret + body)
    v2   hex sha256(secret + method + URI + body)
    v3   base64 HMAC-SHA256(secret, method + URI + body + timestamp), the URI with some
         of its escapes decoded, the timestamp in milliseconds

Standard Webhooks (standardwebhooks.com):

    v1   base64 HMAC-SHA256(secret, id.timestamp.body), the timestamp in seconds

Everything is compared as bytes and in constant time, and whatever a header may
hold, the outcome is True or False.  v1 and v2 of HubSpot have no timestamp, so a
message can be sent again; it then gives the same answer again.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from service.hooks.preset import Scheme

TOLERANCE = 300
"""Seconds that a timestamp may be off, before or after."""

SECRET_PREFIX = "whsec_"  # noqa: S105  the mark of a secret, not one

_DECODED = re.compile(r"%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)", re.IGNORECASE)
_TIMESTAMP = re.compile(r"[0-9]{1,16}", re.ASCII)
_MILLISECONDS = 1000


@dataclass(frozen=True)
class Sent:
    """A request as it arrived: *uri* with the public address, names of *headers* in small."""

    method: str
    uri: str
    headers: Mapping[str, str]
    body: bytes


def scheme_of(headers: Mapping[str, str], accepted: Iterable[Scheme]) -> Scheme | None:
    """Return the strongest of the *accepted* schemes that *headers* claim, strongest first."""
    version = headers.get("x-hubspot-signature-version", "v1").strip().lower()
    claimed = {
        "hubspot-v3": "x-hubspot-signature-v3" in headers,
        "hubspot-v2": "x-hubspot-signature" in headers and version == "v2",
        "hubspot-v1": "x-hubspot-signature" in headers and version == "v1",
        "standard-webhooks": "webhook-signature" in headers,
    }
    return next((one for one in accepted if claimed[one]), None)


def verifies(scheme: Scheme, sent: Sent, secrets: Iterable[str], now: float) -> bool:
    """Tell whether *sent* carries a signature of *scheme* that one of *secrets* made."""
    return any([_CHECKS[scheme](sent, secret, now) for secret in secrets])  # noqa: C419  every one is tried, whichever fits


def key_of(secret: str) -> bytes:
    """Return the key that a Standard Webhooks secret stands for.

    Raises:
        ValueError: It is not ``whsec_`` with base64 behind it.
    """
    try:
        key = base64.b64decode(secret.removeprefix(SECRET_PREFIX), validate=True)
    except binascii.Error:
        key = b""
    if not key or not secret.startswith(SECRET_PREFIX):
        raise ValueError(f"a Standard Webhooks secret is {SECRET_PREFIX} followed by base64")
    return key


def signed_uri(uri: str) -> str:
    """Return *uri* as HubSpot signs it in v3: some escapes decoded, the others left."""
    return _DECODED.sub(lambda escape: chr(int(escape[0][1:], 16)), uri)


def _hubspot_v1(sent: Sent, secret: str, _now: float) -> bool:
    made = hashlib.sha256(secret.encode() + sent.body).hexdigest()
    return _same(made, sent.headers.get("x-hubspot-signature", ""))


def _hubspot_v2(sent: Sent, secret: str, _now: float) -> bool:
    source = (secret + sent.method + sent.uri).encode("utf-8", "surrogateescape") + sent.body
    return _same(hashlib.sha256(source).hexdigest(), sent.headers.get("x-hubspot-signature", ""))


def _hubspot_v3(sent: Sent, secret: str, now: float) -> bool:
    timestamp = sent.headers.get("x-hubspot-request-timestamp", "")
    if not _is_recent(timestamp, now, _MILLISECONDS):
        return False
    source = (sent.method + signed_uri(sent.uri)).encode("utf-8", "surrogateescape")
    made = hmac.digest(secret.encode(), source + sent.body + timestamp.encode(), "sha256")
    given = sent.headers.get("x-hubspot-signature-v3", "")
    return _same(base64.b64encode(made).decode(), given)


def _standard_webhooks(sent: Sent, secret: str, now: float) -> bool:
    name = sent.headers.get("webhook-id", "")
    timestamp = sent.headers.get("webhook-timestamp", "")
    if not name or not _is_recent(timestamp, now, 1):
        return False
    source = f"{name}.{timestamp}.".encode("latin-1", "replace") + sent.body
    made = "v1," + base64.b64encode(hmac.digest(key_of(secret), source, "sha256")).decode()
    given = sent.headers.get("webhook-signature", "").split(" ")
    return any([_same(made, one) for one in given])  # noqa: C419  every one is compared


def _is_recent(timestamp: str, now: float, units: int) -> bool:
    if not _TIMESTAMP.fullmatch(timestamp):
        return False
    return abs(int(timestamp) / units - now) <= TOLERANCE


def _same(made: str, given: str) -> bool:
    return hmac.compare_digest(made.encode(), given.encode("utf-8", "replace"))


_CHECKS: Mapping[Scheme, Callable[[Sent, str, float], bool]] = {
    "hubspot-v1": _hubspot_v1,
    "hubspot-v2": _hubspot_v2,
    "hubspot-v3": _hubspot_v3,
    "standard-webhooks": _standard_webhooks,
}
