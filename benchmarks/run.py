"""Measure the service beside its twins, on one core, in one run: ``python -m benchmarks.run``.

Servers are pinned to the first core and the load (wrk) to the last.  The sides
take turns in rounds, and medians are compared, so that a noisy machine disturbs
all of them alike.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
GUNICORN = [
    "gunicorn",
    "--config=benchmarks/bare_gunicorn.py",
    "--worker-class=gevent",
    "--workers=1",
    "--no-control-socket",
    "--log-level=warning",
]
UVICORN = ["uvicorn", "--no-access-log", "--log-level=warning"]
SIDES = {
    "service": [*GUNICORN, "service.app:create_app()"],
    "fastapi": [
        "uvicorn",
        "--no-access-log",
        "--log-level=warning",
        "benchmarks.twins.fastapi_twin:app",
    ],
    "smorest": [*GUNICORN, "benchmarks.twins.smorest_twin:app"],
    "floor": [*GUNICORN, "benchmarks.twins.floor:app"],
}
ONE = '{"revenue": 500000000, "marketing_cost": 100000000, "currency": "VND"}'
ITEMS = 10_000


def main() -> int:
    """Run every measurement and print medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5, help="alternating rounds (default 5)")
    parser.add_argument("--seconds", type=int, default=4, help="of load a round (default 4)")
    parser.add_argument("--json", action="store_true", help="print the medians as JSON")
    options = parser.parse_args()
    if not shutil.which("wrk"):
        parser.error("wrk is needed: apt-get install wrk")
    found: defaultdict[str, defaultdict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for number in range(options.rounds):
        for side in SIDES:
            if sys.stderr.isatty():
                print(
                    f"\rround {number + 1}/{options.rounds}: {side}      ", end="", file=sys.stderr
                )
            for name, value in _measured(side, options.seconds):
                found[name][side].append(value)
    medians = {
        name: {side: statistics.median(values) for side, values in sides.items()}
        for name, sides in found.items()
    }
    print(json.dumps(medians, indent=1) if options.json else _table(medians))
    return 0


def _measured(side: str, seconds: int) -> Iterator[tuple[str, float]]:
    with _serving(side) as (port, process, ready):
        yield "start until ready, s", ready
        for connections in (1, 16):
            rate, p50, p99 = _load(port, connections, seconds)
            yield f"POST, {connections} connections, requests/s", rate
            yield f"POST, {connections} connections, p50 ms", p50
            yield f"POST, {connections} connections, p99 ms", p99
        if side != "floor":
            for detail in ("full", "value"):
                yield f"batch of {ITEMS:,}, detail={detail}, µs/item", _batch(port, detail)
        yield "memory of the worker after that, MB", _memory(process)


@contextmanager
def _serving(side: str) -> Iterator[tuple[int, subprocess.Popen[bytes], float]]:
    port = _free_port()
    command = SIDES[side]
    bind = ["--port", str(port)] if command[0] == "uvicorn" else ["--bind", f"127.0.0.1:{port}"]
    started = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603  our own command
        [*_pinned("first"), sys.executable, "-m", *command, *bind], cwd=ROOT
    )
    try:
        _await(port)
        yield port, process, time.perf_counter() - started
    finally:
        process.terminate()
        process.wait(20)


def _load(port: int, connections: int, seconds: int) -> tuple[float, float, float]:
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(
            'wrk.method = "POST"\n'
            f"wrk.body = '{ONE}'\n"
            'wrk.headers["Content-Type"] = "application/json"\n'
        )
        script.flush()
        command = [
            *_pinned("last"),
            "wrk",
            "--latency",
            "-t1",
            f"-c{connections}",
            f"-d{seconds}s",
            "-s",
            script.name,
            f"http://127.0.0.1:{port}/v1/metrics/marketing_roi",
        ]
        out = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
    if "Non-2xx" in out:
        raise SystemExit(f"the server refused requests:\n{out}")
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1])  # type: ignore[index]
    return rate, _milliseconds(out, "50%"), _milliseconds(out, "99%")


def _milliseconds(out: str, share: str) -> float:
    number, unit = re.search(rf"{share}\s+([\d.]+)(us|ms|s)", out).groups()  # type: ignore[union-attr]
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def _batch(port: int, detail: str) -> float:
    items = [{"metric": "marketing_roi", "inputs": json.loads(ONE)} for _ in range(ITEMS)]
    body = json.dumps({"items": items, "detail": detail}).encode()
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/v1/batch", body, {"Content-Type": "application/json"}
    )
    started = time.perf_counter()
    with urllib.request.urlopen(request, timeout=60) as reply:  # noqa: S310  loopback
        answered = json.load(reply)
    taken = time.perf_counter() - started
    if answered["summary"]["ok"] != ITEMS:
        raise SystemExit(f"{answered['summary']} of {ITEMS}")
    return taken / ITEMS * 1e6


def _memory(process: subprocess.Popen[bytes]) -> float:
    """Return the resident memory of the process that answers, in MB."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    status = Path(f"/proc/{children[0] if children else process.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]


def _table(medians: dict[str, dict[str, float]]) -> str:
    rows = [
        "| measured | " + " | ".join(SIDES) + " | ÷ fastapi | ÷ smorest |",
        "|---|" + "--:|" * 6,
    ]
    for name, sides in medians.items():
        cells = [f"{sides[side]:,.2f}" if side in sides else "" for side in SIDES]
        ratios = [f"{sides['service'] / sides[twin]:.2f}" for twin in ("fastapi", "smorest")]
        rows.append(f"| {name} | {' | '.join(cells + ratios)} |")
    return "\n".join(rows)


def _pinned(which: str) -> list[str]:
    cores = sorted(os.sched_getaffinity(0))
    return ["taskset", "-c", str(cores[0] if which == "first" else cores[-1])]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _await(port: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/livez", timeout=1):
                return
        except OSError:
            time.sleep(0.01)
    raise SystemExit(f"nothing answers on port {port}")


if __name__ == "__main__":
    sys.exit(main())
