"""Which web pages of other origins may call, as the configuration allows."""

from __future__ import annotations

from flask import Response, request

EXPOSED = "ETag, RateLimit, RateLimit-Policy, Retry-After, X-KPI-Status, X-Request-Id"
METHODS = "GET, HEAD, POST, OPTIONS"
HEADERS = "Authorization, Content-Type, X-API-Key, X-Request-Id, Accept-Language"
SECONDS_REMEMBERED = "600"


def allow_origin(reply: Response, allowed: tuple[str, ...]) -> Response:
    """Add to *reply* what lets a page of an allowed origin read it."""
    origin = request.headers.get("Origin", "")
    if not origin or not allowed:
        return reply
    reply.vary.add("Origin")
    if "*" not in allowed and origin not in allowed:
        return reply
    reply.headers["Access-Control-Allow-Origin"] = "*" if "*" in allowed else origin
    reply.headers["Access-Control-Expose-Headers"] = EXPOSED
    if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
        reply.status_code = 204
        reply.set_data(b"")
        reply.headers["Access-Control-Allow-Methods"] = METHODS
        reply.headers["Access-Control-Allow-Headers"] = HEADERS
        reply.headers["Access-Control-Max-Age"] = SECONDS_REMEMBERED
    return reply
