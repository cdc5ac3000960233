"""The Google Sheets library, run by Node against the real service."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from serving import ROOT, free_port, serving


@pytest.mark.skipif(
    not shutil.which("node") or not shutil.which("curl"), reason="no Node, or no curl"
)
def test_the_library() -> None:
    """Ranges, tables, formulas, cache, retries and messages work as the README says."""
    command = [sys.executable, "-m", "gunicorn", "service.app:create_app()"]
    with serving(command, ROOT, free_port()) as url:
        done = subprocess.run(  # noqa: S603  our own test file
            ["node", "--test", str(Path(__file__).parent / "google_sheets.test.mjs")],  # noqa: S607
            env={**os.environ, "KPI_URL": url},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    assert 0 == done.returncode, done.stdout + done.stderr
