"""The service's own documents and its health."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

import pytest
import yaml
from flask.testing import FlaskClient

from service import __version__
from service.catalogue import METRICS


def test_openapi(client: FlaskClient) -> None:
    """The document is served as YAML and as JSON, and both say the same."""
    text = client.get("/openapi.yaml")
    parsed = yaml.load(text.text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  a safe loader

    assert "application/yaml" == text.mimetype
    assert parsed == client.get("/openapi.json").json


def test_the_page(client: FlaskClient) -> None:
    """The page needs nothing from another network, and all that it needs is served."""
    page = client.get("/docs")
    needed = re.findall(r'(?:src|href)="([^"]+)"', page.text)

    assert "text/html" == page.mimetype
    assert len(needed) > 2
    for one in needed:
        with client.get(urljoin("/docs", one)) as reply:
            assert (200, "localhost") == (reply.status_code, urlsplit(reply.request.url).hostname)


@pytest.mark.parametrize("name", ["nothing.js", "../../app.py", "index.html"])
def test_no_other_file(client: FlaskClient, name: str) -> None:
    """Nothing but the page's own files is served."""
    assert 404 == client.get(f"/docs/{name}").status_code


def test_the_front_leads_to_the_page(client: FlaskClient) -> None:
    """Who opens the address in a browser is led to the page."""
    assert "/docs" == client.get("/").headers["Location"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/livez", {"status": "alive"}),
        ("/readyz", {"status": "ready"}),
        ("/version", {"version": __version__, "metrics": len(METRICS)}),
    ],
)
def test_health(client: FlaskClient, path: str, body: dict[str, object]) -> None:
    """A probe learns that the process lives, takes requests, and which version it is."""
    assert body == client.get(path).json


def test_headers(client: FlaskClient) -> None:
    """What is computed for one request is kept by nobody, and no type is guessed."""
    reply = client.post("/v1/metrics/profit", json={"revenue": 1, "cost": 0})

    assert "no-store" == reply.headers["Cache-Control"]
    assert "nosniff" == reply.headers["X-Content-Type-Options"]
