"""Whether the process lives, whether it takes requests, and which version it is."""

from __future__ import annotations

from flask import Blueprint, Response

from service import __version__
from service.catalogue import METRICS
from service.web.reply import json_reply

blueprint = Blueprint("health", __name__)


@blueprint.get("/livez")
def livez() -> Response:
    """Answer as long as the process does."""
    return json_reply({"status": "alive"})


@blueprint.get("/readyz")
def readyz() -> Response:
    """Answer 200 while requests are welcome."""
    return json_reply({"status": "ready"})


@blueprint.get("/version")
def show_version() -> Response:
    """Return the version that runs and the size of its catalogue."""
    return json_reply({"version": __version__, "metrics": len(METRICS)})
