"""The client against the real service."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest
from kpi_client import Answer, Client, Failed, Invalid, UnknownMetric, Unreachable
from serving import ROOT, free_port, serving


class Server(NamedTuple):
    """A running service."""

    url: str
    pid_file: Path


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run the service as its users do."""
    pid_file = tmp_path_factory.mktemp("server") / "pid"
    command = [sys.executable, "-m", "gunicorn", "--pid", str(pid_file), "service.app:create_app()"]
    with serving(command, ROOT, free_port()) as url:
        yield Server(url, pid_file)


@pytest.fixture
def client(server: Server) -> Iterator[Client]:
    """Return a client of the service."""
    with Client(server.url) as made:
        yield made


def test_compute(client: Client) -> None:
    """An answer has its exact value, its unit, and the formula that gave it."""
    answer = client.compute("cpl", campaign_costs={"a": 1, "b": Decimal("0.1")}, leads=3)

    assert Decimal("0.3666666666666666666666666667") == answer.value
    assert (answer.metric, answer.unit) == ("cost_per_lead", "money/lead")
    assert answer.formula == "sum of campaign costs ÷ leads"


def test_undefined(client: Client) -> None:
    """What does not exist has no value and a reason."""
    answer = client.compute("cpl", campaign_costs=1, leads=0)

    assert answer.value is None
    assert answer.reason is not None
    assert answer.reason.code == "division_by_zero"


def test_decimals_keep_every_digit(client: Client) -> None:
    """Digits beyond a float's arrive."""
    spend = Decimal("0.1234567890123456789012345")

    assert spend == client.compute("cpl", campaign_costs=spend, leads=1).value


def test_refusals_are_exceptions(client: Client) -> None:
    """A refusal names the input; an unknown metric is an exception of its own."""
    with pytest.raises(Invalid) as refused:
        client.compute("cpl", campaign_costs=-1, leads=1)
    with pytest.raises(UnknownMetric):
        client.compute("no_such_metric")

    assert refused.value.errors[0]["pointer"] == "/campaign_costs"


def test_batch_keeps_the_order(client: Client) -> None:
    """Thousands of items come back in order, a failed one in its place."""
    items = [{"metric": "cpl", "inputs": {"campaign_costs": i, "leads": 1}} for i in range(2_500)]
    items[1_700] = {"metric": "cpl", "inputs": {"campaign_costs": 1}}
    results = client.batch(items, detail="value")

    assert isinstance(results.pop(1_700), Failed)
    del items[1_700]
    assert [item["inputs"]["campaign_costs"] for item in items] == [r.value for r in results]


def test_stream(client: Client) -> None:
    """Results come while later items are still being made."""
    made = []

    def items() -> Iterator[dict[str, object]]:
        for number in range(1_500):
            made.append(number)
            yield {"metric": "cpl", "inputs": {"campaign_costs": number, "leads": 1}}

    results = client.stream(items(), detail="value")
    first = next(results)

    assert isinstance(first, Answer)
    assert len(made) == 1_000
    assert sum(1 for _ in results) == 1_499


def test_table(client: Client) -> None:
    """Rows of cells and rows with names give the same, blanks left out."""
    columns = {"campaign_costs": "spend", "leads": "leads"}
    by_name = client.table([{"spend": 6, "leads": 3}, {"spend": 6, "leads": ""}], "cpl", columns)
    by_place = client.table([[6, 3]], "cpl", ["campaign_costs", "leads"])

    assert by_place[0] == by_name[0]
    assert isinstance(by_name[1], Failed)


def test_a_missing_service_is_unreachable() -> None:
    """Nobody at the address is an exception within the deadline."""
    started = time.monotonic()
    with pytest.raises(Unreachable):
        Client("http://127.0.0.1:9", deadline=1).compute("cpl")

    assert time.monotonic() - started < 2


def test_a_killed_worker_loses_no_call(server: Server) -> None:
    """While workers are killed, every call is answered: it is simply sent again."""
    stop = threading.Event()
    answered: list[int] = []

    def call() -> None:
        with Client(server.url) as own:
            while not stop.is_set():
                own.compute("cpl", campaign_costs=6, leads=3)
                answered.append(1)

    callers = [threading.Thread(target=call) for _ in range(4)]
    for caller in callers:
        caller.start()
    for _ in range(3):
        time.sleep(0.5)
        os.kill(_worker_of(int(server.pid_file.read_text())), signal.SIGKILL)
    time.sleep(1)
    stop.set()
    for caller in callers:
        caller.join(30)

    assert len(answered) > 20


def test_the_wheel_is_typed(tmp_path: Path) -> None:
    """The package is built with its type marker."""
    folder = ROOT / "clients" / "python"
    subprocess.run(  # noqa: S603  our own command
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    names = subprocess.run(  # noqa: S603  our own command
        [sys.executable, "-m", "zipfile", "-l", *map(str, tmp_path.iterdir())],
        check=True,
        capture_output=True,
        text=True,
    ).stdout

    assert "kpi_client/py.typed" in names


def _worker_of(master: int) -> int:
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    return int(children[0])
