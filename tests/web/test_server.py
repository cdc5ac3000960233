"""The service under the repository's own gunicorn: what no in-process client can show."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from typing import Any

import pytest
from serving import ROOT, free_port, serving

ROI = "/v1/metrics/marketing_roi"
ITEM = b'{"metric": "break_even_roas", "inputs": {"gross_margin": 0.5}}\n'
LINES = {"Content-Type": "application/x-ndjson"}


@pytest.fixture(scope="module")
def address() -> Iterator[tuple[str, int]]:
    """Return the address of a gunicorn that reads gunicorn.conf.py."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "service.app:create_app()"]
    with serving(command, ROOT, port):
        yield "127.0.0.1", port


@pytest.fixture
def http(address: tuple[str, int]) -> Iterator[HTTPConnection]:
    """Return a connection, closed at the end."""
    connection = HTTPConnection(*address, timeout=30)
    yield connection
    connection.close()


def test_the_first_request(address: tuple[str, int]) -> None:
    """The command of the README gives 4 and 400%."""
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("curl is not installed")
    host, port = address
    body = '{"revenue":500000000,"marketing_cost":100000000,"currency":"VND"}'
    command = [curl, "-s", f"{host}:{port}{ROI}", "-H", "content-type: application/json"]
    told = subprocess.run([*command, "-d", body], capture_output=True, check=True)  # noqa: S603  ours
    answer = json.loads(told.stdout)

    assert (4, "400%") == (answer["value"], answer["display"])


def test_the_first_cell(http: HTTPConnection) -> None:
    """A cell holds exactly 500000."""
    http.request("GET", "/v1/metrics/cpl/value?campaign_costs=200000000&leads=400")

    assert b"500000" == http.getresponse().read()


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS"])
def test_before_a_get(http: HTTPConnection, method: str) -> None:
    """What LibreOffice asks before it fetches is answered, and leaves the connection open."""
    for asked in (method, "GET"):
        http.request(asked, "/v1/metrics/cpl/value?campaign_costs=2&leads=1")
        reply = http.getresponse()
        body = reply.read()

        assert (200, b"2" if asked == "GET" else b"") == (reply.status, body)


@pytest.mark.parametrize(("size", "status"), [(65_536, 200), (65_537, 413)])
@pytest.mark.parametrize("chunked", [True, False])
def test_the_limit_of_a_body(http: HTTPConnection, size: int, status: int, chunked: bool) -> None:  # noqa: FBT001  a case
    """A body over the limit is refused whole, in chunks as well: none is cut and computed."""
    body = b'{"revenue": 5, "marketing_cost": 1}'.ljust(size)
    chunks = iter([body[:30_000], body[30_000:]])
    http.request(
        "POST",
        ROI,
        body=chunks if chunked else body,
        headers={"Content-Type": "application/json"},
        encode_chunked=chunked,
    )
    reply = http.getresponse()

    assert (status, 4 if status == 200 else None) == (reply.status, json.load(reply).get("value"))


def test_after_a_refused_body(http: HTTPConnection) -> None:
    """A refused body does not become the next request of the connection."""
    for _ in range(2):
        http.request("POST", ROI, body=b"x" * 100_000, headers={"Content-Type": "application/json"})
        reply = http.getresponse()

        assert (413, "body_too_large") == (reply.status, json.load(reply)["code"])


def test_a_broken_chunk(address: tuple[str, int]) -> None:
    """A chunk whose size is no number is the client's fault, and told as such."""
    head = f"POST {ROI} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    reply = spoken(
        address, f"{head}Transfer-Encoding: chunked\r\n\r\n5\r\n{{    \r\nzz\r\n".encode()
    )

    assert 400 == reply.status


def test_a_long_url(http: HTTPConnection) -> None:
    """From 8,100 characters the application answers 414, before the server itself gives up."""
    http.request("GET", f"/livez?{'x' * 8_100}")
    reply = http.getresponse()

    assert (414, "url_too_long") == (reply.status, json.load(reply)["code"])


def test_the_first_answer_leaves_early(address: tuple[str, int]) -> None:
    """A client that sends a kibibyte of lines is answered while it still has more to send."""
    with socket.create_connection(address, timeout=10) as connection:
        head = "POST /v1/batch?detail=value HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
        connection.sendall(f"{head}Content-Type: application/x-ndjson\r\n\r\n".encode())
        sent = ITEM * (1024 // len(ITEM) + 1)
        connection.sendall(f"{1024:x}\r\n".encode() + sent[:1024] + b"\r\n")
        reply = HTTPResponse(connection)
        reply.begin()
        first = json.loads(reply.readline())
        connection.sendall(f"{len(ITEM):x}\r\n".encode() + b"\n" + ITEM[:-1] + b"\r\n0\r\n\r\n")
        rest = reply.read().splitlines()

    assert (0, 2) == (first["index"], first["value"])
    assert 1024 // len(ITEM) + 1 == len(rest)
    assert 2 == json.loads(rest[-1])["value"]


def test_who_sends_everything_before_it_reads(address: tuple[str, int]) -> None:
    """100,000 lines sent before one answer is read are all answered: nobody waits for ever."""
    connection = HTTPConnection(*address, timeout=100)
    connection.request("POST", "/v1/batch?detail=value", body=b"5\n" * 100_000, headers=LINES)
    reply = connection.getresponse()
    lines = reply.read().splitlines()
    connection.close()

    assert 100_000 == len(lines)
    assert 99_999 == json.loads(lines[-1])["index"]


def test_others_are_served_meanwhile(address: tuple[str, int], http: HTTPConnection) -> None:
    """While a worker computes a long batch, its other connections go on."""
    done = threading.Event()

    def compute() -> None:
        connection = HTTPConnection(*address, timeout=60)
        connection.request("POST", "/v1/batch", body=ITEM * 5_000, headers=LINES)
        connection.getresponse().read()
        connection.close()
        done.set()

    thread = threading.Thread(target=compute)
    thread.start()
    time.sleep(0.2)
    slowest = 0.0
    while not done.is_set():
        start = time.monotonic()
        http.request("GET", "/livez")
        http.getresponse().read()
        slowest = max(slowest, time.monotonic() - start)
        time.sleep(0.01)
    thread.join()

    assert slowest < 1.5


def test_who_leaves_in_the_middle(address: tuple[str, int], http: HTTPConnection) -> None:
    """A client that goes away in the middle of its lines costs the others nothing."""
    for _ in range(5):
        with socket.create_connection(address, timeout=10) as connection:
            head = "POST /v1/batch HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\n"
            connection.sendall(
                f"{head}Content-Type: application/x-ndjson\r\n\r\n".encode() + ITEM * 3
            )
    http.request("GET", "/readyz")

    assert 200 == http.getresponse().status


def spoken(address: tuple[str, int], request: bytes) -> Any:
    """Return the reply to raw bytes."""
    with socket.create_connection(address, timeout=10) as connection:
        connection.sendall(request)
        reply = HTTPResponse(connection)
        reply.begin()
        reply.read()
    return reply
