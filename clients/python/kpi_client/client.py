"""The client: one metric, many, a table."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any, Self

import requests

from kpi_client.answers import Answer, Failed, answer_of, result_of
from kpi_client.sending import Sender

ITEMS_AT_ONCE = 1_000
LINES_AT_ONCE = 1_000
"""`requests` sends a whole body before it reads: more lines would wait for each other."""

KEY_VARIABLE = "KPI_API_KEY"
JSON = "application/json"


class Client:
    """A KPI service at *base_url*.

    The key is *api_key* or the variable KPI_API_KEY.  Calls are tried again,
    honouring Retry-After, until *deadline* seconds have passed.
    """

    def __init__(
        self, base_url: str, api_key: str | None = None, *, deadline: float = 30.0
    ) -> None:
        key = api_key or os.environ.get(KEY_VARIABLE)
        self._sender = Sender(base_url.rstrip("/"), key, deadline, requests.Session())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections that are kept open."""
        self._sender.session.close()

    def compute(self, metric: str, /, *, lang: str = "en", **inputs: Any) -> Answer:
        """Return *metric* for *inputs*: numbers, decimals, lists, named parts or records.

        Raises:
            KpiError: See `kpi_client.errors`.
        """
        body = _as_json(inputs)
        reply = self._sender.send("POST", f"/v1/metrics/{metric}", body, JSON, lang=lang)
        return answer_of(reply.json())

    def batch(
        self, items: Iterable[Mapping[str, Any]], *, detail: str = "full", lang: str = "en"
    ) -> list[Answer | Failed]:
        """Return the result of each item, in order, sent in as many requests as are needed.

        An item is ``{"metric": …, "inputs": {…}, "id": …}``.  A reference reaches
        items of its own request alone, the thousand that are sent together.
        """
        results: list[Answer | Failed] = []
        for chunk in _chunks(items, ITEMS_AT_ONCE):
            body = _as_json({"items": chunk, "detail": detail})
            reply = self._sender.send("POST", "/v1/batch", body, JSON, lang=lang)
            results += [result_of(told) for told in reply.json()["results"]]
        return results

    def stream(
        self, items: Iterable[Mapping[str, Any]], *, detail: str = "full", lang: str = "en"
    ) -> Iterator[Answer | Failed]:
        """Yield the result of each item while later items are still being made."""
        for chunk in _chunks(items, LINES_AT_ONCE):
            body = b"".join(_as_json(item) + b"\n" for item in chunk)
            reply = self._sender.send(
                "POST", "/v1/batch", body, "application/x-ndjson", detail=detail, lang=lang
            )
            for line in reply.content.splitlines():
                yield result_of(json.loads(line))

    def table(
        self, rows: Any, metric: str, columns: Sequence[str] | Mapping[str, str]
    ) -> list[Answer | Failed]:
        """Return *metric* for each row of a table.

        *rows* is a data frame, or a sequence of mappings or of sequences.
        *columns* names the input that each column holds: for mappings and data
        frames as ``{input: column}`` or where both have one name, for plain
        sequences in the order of their cells.  A blank cell is left out.
        """
        items = ({"metric": metric, "inputs": inputs} for inputs in _inputs_of(rows, columns))
        return self.batch(items)

    def card(self, metric: str, *, lang: str = "en") -> dict[str, Any]:
        """Return all that the service says of *metric*."""
        told: dict[str, Any] = self._get(f"/v1/metrics/{metric}", lang=lang)
        return told

    def metrics(self, *, lang: str = "en", **filters: str) -> list[dict[str, Any]]:
        """Return the catalogue; *filters* are `q`, `category` and `input`."""
        told: list[dict[str, Any]] = self._get("/v1/metrics", lang=lang, **filters)["metrics"]
        return told

    def _get(self, path: str, **query: str) -> Any:
        return self._sender.send("GET", path, None, JSON, **query).json()


def _inputs_of(rows: Any, columns: Sequence[str] | Mapping[str, str]) -> Iterator[dict[str, Any]]:
    records = rows.to_dict("records") if hasattr(rows, "to_dict") else rows
    named = columns if isinstance(columns, Mapping) else {name: name for name in columns}
    for row in records:
        if isinstance(row, Mapping):
            found = {name: row.get(column) for name, column in named.items()}
        else:
            found = dict(zip(named, row, strict=True))
        yield {name: cell for name, cell in found.items() if not _is_blank(cell)}


def _is_blank(cell: Any) -> bool:
    return cell is None or cell == "" or cell != cell  # noqa: PLR0124  NaN, a frame's blank


def _chunks(items: Iterable[Mapping[str, Any]], size: int) -> Iterator[list[Mapping[str, Any]]]:
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


def _as_json(value: Any) -> bytes:
    """Return *value* as JSON; a `Decimal` keeps every digit."""
    numbers: dict[str, str] = {}

    def exact(one: Any) -> Any:
        if isinstance(one, Decimal):
            mark = f"\ue000{len(numbers)}\ue000"
            numbers[f'"{mark}"'] = format(one, "f")
            return mark
        if isinstance(one, Mapping):
            return {str(name): exact(part) for name, part in one.items()}
        if isinstance(one, list | tuple):
            return [exact(part) for part in one]
        return one.item() if hasattr(one, "item") else one  # a number of numpy's

    text = json.dumps(exact(value), ensure_ascii=False, allow_nan=False)
    for mark, digits in numbers.items():
        text = text.replace(mark, digits, 1)
    return text.encode()
