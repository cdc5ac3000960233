"""Who sends this hook? Checked before a byte of the message is believed."""

from __future__ import annotations

import hmac
import ipaddress
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs

from flask import current_app, request

from service.hooks.preset import FORM_TYPES, Preset
from service.hooks.proof import Secrets, secrets_for
from service.hooks.signature import Sent, scheme_of, verifies
from service.web.reply import fail

KEY_PARAMETERS = ("key", "code")
"""Where a key may stand in the URL: senders that set no headers, and Dataverse's WebhookKey."""


def require_proof(preset: Preset, body: bytes) -> None:
    """Let the request pass if it proves who sent it, as the configuration asks of *preset*.

    ``app.config["HOOKS"]`` holds the secrets, ``app.extensions["key_check"]`` is the
    service's own check of API keys: a function from a key to whether it is valid.

    Raises:
        Failure: `unauthorized`.
    """
    secrets = secrets_for(preset, _hooks())
    if secrets.verify == "signature":
        _require_signature(preset, secrets, body)
    elif secrets.verify == "key":
        _require_key(secrets, body)


def _hooks() -> dict[str, Any]:
    found: dict[str, Any] = current_app.config.get("HOOKS", {})
    return found


def _require_signature(preset: Preset, secrets: Secrets, body: bytes) -> None:
    public = _hooks().get("public_url", "").rstrip("/")
    target = request.environ.get("RAW_URI") or request.environ.get("REQUEST_URI") or ""
    headers = {name.lower(): value for name, value in request.headers}
    scheme = scheme_of(headers, preset.schemes)
    if scheme is None:
        raise fail(
            "unauthorized",
            "the message is not signed; expected is one of {schemes}",
            schemes=", ".join(preset.schemes),
        )
    if scheme in {"hubspot-v2", "hubspot-v3"} and not public:
        raise fail(
            "unauthorized",
            "{scheme} signs the URL, and the service does not know its public address: configure"
            " public_url",
            scheme=scheme,
        )
    sent = Sent(request.method, public + target, headers, body)
    if not verifies(scheme, sent, secrets.secrets, time.time()):
        raise fail(
            "unauthorized",
            "the signature {scheme} does not fit, or was made more than 5 minutes ago; check the"
            " secret, the public address and the clock",
            scheme=scheme,
        )


def _require_key(secrets: Secrets, body: bytes) -> None:
    given = list(_keys(body))
    check: Callable[[str], bool] | None = current_app.extensions.get("key_check")
    if any([_is_one(key, secrets.secrets) for key in given]):  # noqa: C419  in constant time
        return
    if check is not None and any(check(key) for key in given):
        return
    if check is None and not secrets.secrets and _is_near():
        return  # nobody has a key yet, and nobody else can reach the service
    raise fail(
        "unauthorized",
        "send a key in X-API-Key, as a bearer token, as the password of basic authentication, or"
        " in the URL as key=",
    )


def _keys(body: bytes) -> Iterator[str]:
    """Yield what may be a key: of the headers, of the URL, of a form."""
    yield request.headers.get("X-API-Key", "")
    held = request.authorization
    if held is not None:
        yield held.token or held.password or ""
    for name in KEY_PARAMETERS:
        yield from request.args.getlist(name)
    if request.mimetype == FORM_TYPES[0]:
        yield from parse_qs(body.decode("utf-8", "replace")).get("key", [])


def _is_one(given: str, secrets: tuple[str, ...]) -> bool:
    key = given.encode("utf-8", "replace")
    return any([hmac.compare_digest(key, one.encode()) for one in secrets])  # noqa: C419  all


def _is_near() -> bool:
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
