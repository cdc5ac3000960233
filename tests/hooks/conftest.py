"""What the tests of hooks share: an application with secrets, and messages posted to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from service.app import create_app
from service.hooks.described import sample_url
from service.hooks.presets import PRESETS

PAYLOADS = Path(__file__).parent / "payloads"


@pytest.fixture
def secured() -> Any:
    """Return a function that makes a client of an application with the given hook settings."""

    def make(**hooks: Any) -> FlaskClient:
        app = create_app()
        app.config["HOOKS"] = hooks
        return app.test_client()

    return make


@pytest.fixture
def send(client: FlaskClient) -> Any:
    """Return a function that posts a preset's sample, or another body, to its hook."""

    def to(preset_name: str, body: Any = None, url: str = "", **options: Any) -> Any:
        preset = PRESETS[preset_name]
        options.setdefault("content_type", preset.sample.content_type)
        data = preset.sample.body if body is None else body
        return client.post(url or sample_url(preset), data=data, **options)

    return to


@pytest.fixture(scope="session")
def payload() -> Any:
    """Return a function that reads a file of payloads."""

    def read(name: str) -> bytes:
        return (PAYLOADS / name).read_bytes()

    return read
