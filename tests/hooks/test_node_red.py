"""A real workflow tool calls the service: Node-RED posts a deal and branches on the answer."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from serving import ROOT, clean_environment, free_port, serving

FOLDER = Path(__file__).parent / "node_red"
NODE_RED = FOLDER / "node_modules" / "node-red" / "red.js"
INSTALL = ["npm", "ci", "--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund"]
HOOK = "/v1/hooks/generic/marketing_roi?map[revenue]=amount&map[marketing_cost]=spend"
PATIENCE = 60
"""Seconds until Node-RED answers; it takes five."""

pytestmark = pytest.mark.xdist_group("node-red")  # one installation, one flow

needs_npm = pytest.mark.skipif(
    not (shutil.which("npm") and shutil.which("node")),
    reason="node or npm is missing: Node-RED cannot be installed; install Node.js 20 or newer",
)


@pytest.fixture(scope="module")
def node_red(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return where Node-RED listens that runs the flow against the service."""
    if not NODE_RED.is_file():
        subprocess.run(INSTALL, cwd=FOLDER, check=True, timeout=400, capture_output=True)  # noqa: S603  ours
    folder, port = tmp_path_factory.mktemp("node_red"), free_port()
    for name in ("flow.json", "settings.js"):
        shutil.copy(FOLDER / name, folder)
    service = [".venv/bin/gunicorn", "service.app:create_app()"]
    command = ["node", str(NODE_RED), "-u", str(folder), "-s", "settings.js", "flow.json"]
    with serving(service, ROOT, free_port()) as kpi_url:
        environment = {
            **clean_environment(),
            "KPI_HOOK": kpi_url + HOOK,
            "NODE_RED_PORT": str(port),
        }
        with subprocess.Popen(  # noqa: S603  ours
            command,
            cwd=folder,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as process:
            try:
                yield f"http://127.0.0.1:{port}/deal"
            finally:
                os.killpg(process.pid, signal.SIGTERM)


def post(url: str, deal: object) -> str:
    """Return what the flow makes of *deal*, once Node-RED is up."""
    request = urllib.request.Request(  # noqa: S310  loopback
        url, json.dumps(deal).encode(), {"content-type": "application/json"}
    )
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(request, timeout=30) as reply:  # noqa: S310  loopback
                made: str = reply.read().decode()
                return made
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


@needs_npm
@pytest.mark.parametrize(
    ("deal", "branch"),
    [
        ({"amount": "2000", "spend": 500}, "good: 3"),
        ({"amount": 1250.5, "spend": "1000"}, "poor: 0.2505"),
        ({"amount": 10, "spend": 0}, "undefined: division_by_zero"),
        ({"amount": "n/a", "spend": 1}, "error: wrong_type"),
        ({"spend": 1}, "error: missing"),
    ],
)
def test_a_flow_branches_on_the_answer(node_red: str, deal: object, branch: str) -> None:
    """Each deal takes the branch of its KPI; one without a KPI takes its own."""
    assert branch == post(node_red, deal)
