"""The configuration of the application that answers."""

from __future__ import annotations

from flask import Flask, current_app

from service.configuration import Configuration

_NAME = "kpi"


def configure(app: Flask, configuration: Configuration) -> None:
    """Give *app* its configuration."""
    app.extensions[_NAME] = configuration


def settings() -> Configuration:
    """Return the configuration of the application that handles this request."""
    found: Configuration = current_app.extensions[_NAME]
    return found
