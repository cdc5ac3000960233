"""Whether the process lives, whether it takes requests, and which version it is."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response

from service import __version__
from service.catalogue import METRICS
from service.drain import draining
from service.web.measure import exposition
from service.web.reply import fail, json_reply
from service.web.settings import settings

blueprint = Blueprint("health", __name__)


@blueprint.get("/livez")
def livez() -> Response:
    """Answer as long as the process does."""
    return json_reply({"status": "alive"})


@blueprint.get("/readyz")
def readyz() -> Response:
    """Answer 200 while requests are welcome, 503 when the service is about to stop."""
    if draining():
        return json_reply({"status": "draining"}, HTTPStatus.SERVICE_UNAVAILABLE)
    return json_reply({"status": "ready"})


@blueprint.get("/metrics")
def figures() -> Response:
    """Return the figures of all workers for Prometheus."""
    if not settings().measure:
        raise fail("not_found", "there is nothing at this address")
    text, content_type = exposition()
    return Response(text, content_type=content_type)


@blueprint.get("/version")
def show_version() -> Response:
    """Return the version that runs and the size of its catalogue."""
    return json_reply({"version": __version__, "metrics": len(METRICS)})
