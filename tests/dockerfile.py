"""The Dockerfile, followed in a folder instead of an image: ``python tests/dockerfile.py``.

Shows without an engine that its install commands work, that what it starts
answers, and that its health check passes.  Every absolute path becomes one
below the folder; what makes a user needs an image and is left out.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from serving import ROOT, free_port, serving

IN_THE_IMAGE = re.compile(r"(?<![\w./])/(?=\w+/|build\b|app\b)")
PORT = 8000


def instructions() -> list[tuple[str, str]]:
    """Return the instructions in order, each as its word and the rest, on one line."""
    text = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text("utf-8"))
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in lines)]


def start_command() -> list[str]:
    """Return what the image runs."""
    found: list[str] = json.loads(dict(instructions())["CMD"])
    return found


def health_command(port: int) -> list[str]:
    """Return how the image asks whether it is healthy, for a service on *port*."""
    asked = dict(instructions())["HEALTHCHECK"].partition("CMD ")[2]
    found: list[str] = json.loads(asked.replace(str(PORT), str(port)))
    return found


class Replay:
    """The folder, the working directory in it, and the environment, as instructions change them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.here = folder
        self.environment = dict(os.environ)
        self.environment["PATH"] = f"{Path(sys.executable).parent}:{os.environ['PATH']}"

    def follow(self, word: str, rest: str) -> None:
        """Do what an instruction says; those that only describe the image do nothing."""
        if word == "WORKDIR":
            self.here = Path(self._inside(rest))
            self.here.mkdir(parents=True, exist_ok=True)
        elif word == "ENV":
            for name, _, value in (pair.partition("=") for pair in rest.split()):
                expanded = value.replace("$PATH", self.environment["PATH"])
                self.environment[name] = self._inside(expanded)
        elif word == "COPY" and not rest.startswith("--from="):  # one folder holds all stages
            *sources, target = rest.split()
            for source in sources:
                _copy(ROOT / source, self.here / target)
        elif word == "RUN" and not rest.startswith("useradd "):
            shown = f"set -x; {self._inside(rest)}"
            subprocess.run(  # noqa: S602  the Dockerfile's own commands
                shown, shell=True, cwd=self.here, env=self.environment, check=True
            )

    def _inside(self, text: str) -> str:
        return IN_THE_IMAGE.sub(f"{self.folder}/", text)


def main() -> int:
    """Follow the Dockerfile, start what it starts, and ask as its health check asks."""
    with tempfile.TemporaryDirectory() as folder:
        replay = Replay(Path(folder))
        for word, rest in instructions():
            replay.follow(word, rest)
        port = free_port()
        with serving(start_command(), replay.here, port, replay.environment):
            health = subprocess.run(  # noqa: S603  the Dockerfile's own command
                health_command(port), env=replay.environment, check=False
            )
    return health.returncode


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source, target)


if __name__ == "__main__":
    sys.exit(main())
