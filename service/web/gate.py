"""The gate before every door: which key a request carries, and whether it may come now.

It stands at the WSGI level, before the short way and before Flask, and decides
once for both.  What it refuses goes on to Flask with the refusal noted, so that
it is answered in the shape and language of every other problem.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from service.access.keys import Key, KeyFile
from service.access.quota import Quota, Spent
from service.configuration import Configuration
from service.message import Message
from service.web.reply import Failure

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

REFUSAL = "kpi.refusal"
"""Where the environment of a request holds why it is refused."""

OPEN = ("/livez", "/readyz", "/version", "/docs", "/openapi", "/problems", "/robots.txt")
"""Paths that answer without a key and are not counted."""

HOOKS = "/v1/hooks/"
"""Hooks prove themselves by their own secrets; a key opens them as well."""


def gate(application: WSGIApplication, configuration: Configuration) -> WSGIApplication:
    """Return *application* behind the gate, or as it is where there is nothing to keep."""
    keys = KeyFile(configuration.key_file) if configuration.protected else None
    quota = None
    if configuration.rate_limit:
        quota = Quota(configuration.rate_limit, configuration.redis_url)
    if keys is None and quota is None:
        return application

    def kept(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if _is_open(environ):
            return application(environ, start_response)
        key = _key(environ, keys)
        if keys is not None:
            refusal = _refusal(environ, key)
            if refusal is not None:
                environ[REFUSAL] = refusal
        if quota is None or environ["REQUEST_METHOD"] == "HEAD":
            return application(environ, start_response)
        spent = quota.spend(f"key {key.name}" if key else f"from {environ.get('REMOTE_ADDR', '')}")
        if not spent.allowed:
            environ[REFUSAL] = _too_many(spent)
        return application(environ, _with_headers(start_response, spent))

    return kept


def key_check(configuration: Configuration) -> Callable[[str], bool] | None:
    """Return the check whether a token opens the hooks, or None without keys."""
    if not configuration.protected:
        return None
    keys = KeyFile(configuration.key_file)

    def opens(token: str) -> bool:
        key = keys.key_of(token)
        return key is not None and "hooks" in key.scopes

    return opens


def _is_open(environ: WSGIEnvironment) -> bool:
    path: str = environ["PATH_INFO"]
    return environ["REQUEST_METHOD"] == "OPTIONS" or path == "/" or path.startswith(OPEN)


def _key(environ: WSGIEnvironment, keys: KeyFile | None) -> Key | None:
    if keys is None:
        return None
    token = _token(environ)
    return keys.key_of(token) if token else None


def _token(environ: WSGIEnvironment) -> str:
    """Return the key as sent: Bearer, X-API-Key, Basic's password, or ?key= of a GET."""
    authorization: str = environ.get("HTTP_AUTHORIZATION", "")
    scheme, _, credentials = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return credentials.strip()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(credentials, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return ""
    if header := environ.get("HTTP_X_API_KEY", ""):
        return str(header)
    if environ["REQUEST_METHOD"] in {"GET", "HEAD"}:  # spreadsheets cannot send headers
        query: str = environ.get("QUERY_STRING", "")
        return parse_qs(query).get("key", [""])[0]
    return ""


def _refusal(environ: WSGIEnvironment, key: Key | None) -> Failure | None:
    path = environ["PATH_INFO"]
    hook = path.startswith(HOOKS)
    if key is None:
        if hook:
            return None
        detail = Message(
            "unauthorized",
            "a valid key is needed: Authorization: Bearer, X-API-Key, or ?key= in a GET",
        )
        return Failure(detail, {"WWW-Authenticate": 'Bearer realm="kpi", Basic realm="kpi"'})
    scope = "hooks" if hook else "metrics" if path == "/metrics" else "compute"
    if scope in key.scopes:
        return None
    return Failure(
        Message("forbidden", "this key does not open the scope {scope}", {"scope": scope})
    )


def _too_many(spent: Spent) -> Failure:
    return Failure(
        Message(
            "rate_limited",
            "{limit} requests a minute are allowed; go on in {seconds} s",
            {"limit": spent.limit, "seconds": spent.seconds},
        ),
        {"Retry-After": str(spent.seconds)},
    )


def _with_headers(start_response: StartResponse, spent: Spent) -> StartResponse:
    told = [
        ("RateLimit-Policy", f'"default";q={spent.limit};w=60'),
        ("RateLimit", f'"default";r={spent.left};t={spent.seconds}'),
    ]

    def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        return start_response(status, [*headers, *told], *rest)

    return start
