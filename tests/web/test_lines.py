"""A batch as a stream of lines (NDJSON): one line out for each line in."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from service.app import create_app
from service.configuration import Configuration

ROI = '{"id": "roi", "metric": "marketing_roi", "inputs": {"revenue": 5, "marketing_cost": 1}}'
FOLLOWS = '{"metric": "kpi_attainment", "inputs": {"actual": {"from": "roi"}, "target": 8}}'
BAD = '{"metric": "cpl", "inputs": {"campaign_costs": -1, "leads": 3}}'


@pytest.fixture
def lines(client: FlaskClient) -> Any:
    """Return a function that posts lines and gives back the results."""

    def send(
        body: str | bytes,
        query: str = "",
        mimetype: str = "application/x-ndjson",
        limits: Configuration | None = None,
        **more: Any,
    ) -> Any:
        to = create_app(limits).test_client() if limits else client
        reply = to.post(f"/v1/batch{query}", data=body, content_type=mimetype, **more)
        assert (200, "application/x-ndjson") == (reply.status_code, reply.mimetype)
        return [json.loads(line) for line in reply.text.splitlines()]

    return send


def test_a_line_for_a_line(lines: Any, client: FlaskClient) -> None:
    """Each line is answered as the item of a document is, references included."""
    body = f'{{"items": [{ROI}, {FOLLOWS}]}}'
    document = client.post("/v1/batch", data=body, content_type="application/json").json

    assert document["results"] == lines(f"{ROI}\n{FOLLOWS}\n")


@pytest.mark.parametrize("mimetype", ["application/x-ndjson", "application/jsonl"])
def test_types(lines: Any, mimetype: str) -> None:
    """Both names of the format are read."""
    assert 4 == lines(ROI, mimetype=mimetype)[0]["value"]


@pytest.mark.parametrize(
    "body", [ROI, f"{ROI}\n", f"\n\n{ROI}\r\n", f"{ROI}\n \n\n", f"\ufeff{ROI}"]
)
def test_ends_of_lines(lines: Any, body: str) -> None:
    """The last line needs no end, and empty lines are passed over."""
    (result,) = lines(body)

    assert (0, 4) == (result["index"], result["value"])


def test_nothing(lines: Any) -> None:
    """No lines are answered with none."""
    assert [] == lines("")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (BAD, "out_of_range"),
        ("{", "not_json"),
        (b"\xff\xfe", "not_json"),
        ("[" * 50 + "]" * 50, "too_deep"),
        ("[]", "wrong_type"),
        ('{"metric": "cpl", "metric": "cpl"}', "duplicate_key"),
        ('{"metric": "nothing"}', "unknown_metric"),
        (ROI, "inconsistent_inputs"),
    ],
)
def test_one_bad_line(lines: Any, line: str | bytes, code: str) -> None:
    """One bad line spoils no other, and its error has the number of the line."""
    raw = line if isinstance(line, bytes) else line.encode()
    first, bad, last = lines(ROI.encode() + b"\n\n" + raw + b"\n" + FOLLOWS.encode())

    assert ["ok", "error", "ok"] == [one["status"] for one in (first, bad, last)]
    assert (3, 1, code) == (bad["line"], bad["index"], bad["error"]["code"])
    assert "line" not in first


def test_detail_and_language(lines: Any) -> None:
    """detail= and lang= hold for every line."""
    kept = {"index", "id", "metric", "status", "value", "value_text", "unit", "reason"}

    assert kept == lines(ROI, "?detail=value")[0].keys()
    assert lines(ROI, "?lang=vi")[0]["name"] != lines(ROI)[0]["name"]


def test_a_line_across_pieces(lines: Any) -> None:
    """A line longer than the pieces that are read is one line."""
    long = ROI.replace('"roi"', f'"{"x" * 100}"').replace("5", f"5{' ' * 5000}")
    results = lines(f"{long}\n" * 3)

    assert ["ok", "error", "error"] == [one["status"] for one in results]


def test_one_very_long_line(lines: Any) -> None:
    """A megabyte without an end of line is answered like any other line."""
    assert "not_json" == lines("x" * 1_000_000)[0]["error"]["code"]


def test_too_many_lines(lines: Any) -> None:
    """After the most lines that are answered comes an error, and nothing more."""
    limits = Configuration(most_lines=3)
    assert 3 == len(lines(f"{FOLLOWS}\n" * 3, limits=limits))
    results = lines(f"{FOLLOWS}\n" * 10, limits=limits)

    assert [0, 1, 2, 3] == [one["index"] for one in results]
    assert ("too_many_items", 4) == (results[3]["error"]["code"], results[3]["line"])


def test_too_large(lines: Any) -> None:
    """What is over the limit of the body is said in a line, after the answers so far."""
    in_chunks = {"CONTENT_LENGTH": "", "wsgi.input_terminated": True}
    results = lines(
        f"{FOLLOWS}\n" * 100, limits=Configuration(bulk_limit=5000), environ_overrides=in_chunks
    )

    assert "bad_reference" == results[0]["error"]["code"]
    assert "body_too_large" == results[-1]["error"]["code"]
    assert len(results) < 70


def test_known_to_be_too_large(lines: Any) -> None:
    """A Content-Length over the limit is refused before a line is read."""
    (result,) = lines(f"{ROI}\n{ROI}", limits=Configuration(bulk_limit=100))

    assert ("body_too_large", 1) == (result["error"]["code"], result["line"])


def test_cut_short(lines: Any) -> None:
    """A body that ends before its Content-Length is told, and nobody waits for the rest."""
    first, last = lines(f"{ROI}\n{ROI[:20]}", environ_overrides={"CONTENT_LENGTH": "5000"})

    assert 4 == first["value"]
    assert "not_json" == last["error"]["code"]
    assert "before it was complete" in last["error"]["detail"]


def test_broken_off(lines: Any) -> None:
    """A connection that breaks ends the answers instead of leaving them waiting."""
    first, last = lines(
        "", environ_overrides={"wsgi.input": Broken(), "wsgi.input_terminated": True}
    )

    assert (4, "not_json") == (first["value"], last["error"]["code"])


def test_a_failure_of_ours(lines: Any, capfd: pytest.CaptureFixture[str]) -> None:
    """Even what nobody foresaw ends the answers instead of leaving the client waiting."""
    unforeseen = Broken(KeyError("nobody foresaw this"))
    results = lines("", environ_overrides={"wsgi.input": unforeseen, "wsgi.input_terminated": True})

    assert [4] == [one["value"] for one in results]
    assert "nobody foresaw this" in capfd.readouterr().err


class Broken(io.BytesIO):
    """An input that gives one line, and then fails as a broken chunk does."""

    def __init__(self, failure: Exception | None = None) -> None:
        super().__init__()
        self.failure = failure or OSError("the chunk is broken")

    def read(self, _: int | None = -1) -> bytes:
        """Return the line once."""
        if self.closed:
            raise self.failure
        self.close()
        return f"{ROI}\n".encode()
