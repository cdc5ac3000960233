"""The service as another process, on a port of its own, for as long as a test needs it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).parents[1]
PATIENCE = 120
"""Seconds until an answer: `make run` may have to install first."""


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def serving(
    command: Sequence[str], folder: Path, port: int, environment: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Run *command* in *folder* until the block ends; yield the address once it answers there.

    Raises:
        RuntimeError: It ended, or did not answer in time; the message holds what it printed.
    """
    address = f"http://127.0.0.1:{port}"
    bind = {"KPI_BIND": f"127.0.0.1:{port}", "KPI_WORKERS": "1"}
    with (
        tempfile.TemporaryFile() as printed,
        subprocess.Popen(  # noqa: S603  a command of the repository's own documents
            command,
            cwd=folder,
            env={**(environment or clean_environment()), **bind},
            stdout=printed,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        ) as process,
    ):
        try:
            if not _answers(f"{address}/livez", process):
                printed.seek(0)
                raise RuntimeError(f"{command} does not serve: {printed.read().decode()}")
            yield address
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)


def run(*command: str | Path, at: Path) -> str:
    """Return what *command* prints; it must succeed."""
    done = subprocess.run(  # noqa: S603  a command of a test or of the repository's own documents
        command,
        cwd=at,
        env=clean_environment(),
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )

    assert 0 == done.returncode, done.stdout + done.stderr
    return done.stdout


def clean_environment() -> dict[str, str]:
    """Return the environment without what `make` and pytest, running this, put into it."""
    theirs = ("MAKE", "MFLAGS", "PYTEST_", "COV")
    return {name: value for name, value in os.environ.items() if not name.startswith(theirs)}


def get(url: str) -> bytes:
    """Return what is answered at *url* with status 200.

    Raises:
        OSError: It is answered with an error, or not at all.
    """
    with urllib.request.urlopen(url, timeout=30) as reply:  # noqa: S310  the service's own address
        body: bytes = reply.read()
        return body


def _answers(url: str, process: subprocess.Popen[bytes]) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            get(url)
        except OSError:  # nobody listens yet
            time.sleep(0.1)
        else:
            return True
    return False
