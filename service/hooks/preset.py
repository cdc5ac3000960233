"""What is a preset: how one kind of sender writes, proves who it is, and wants to be answered?

A preset is declared once; what ``GET /v1/presets`` says, the OpenAPI document and
the tables of docs/crm.md are made from the same declaration that reads the messages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from typing import Any, Literal, TypeAlias

from service.hooks.path import parsed
from service.hooks.value import as_text, is_empty
from service.message import Message, Refused

Scheme: TypeAlias = Literal["hubspot-v1", "hubspot-v2", "hubspot-v3", "standard-webhooks"]
Reply: TypeAlias = Literal["flat", "list", "hubspot", "soap"]

JSON_TYPES = ("application/json", "text/plain")
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
XML_TYPES = ("text/xml", "application/soap+xml", "application/xml")


@dataclass(frozen=True)
class Sample:
    """A message as the sender writes it, in *file*, and what stands in the hook's URL for it."""

    file: str
    metric: str
    query: str = ""
    content_type: str = "application/json"

    @cached_property
    def body(self) -> bytes:
        """The message's bytes."""
        return (files("service.hooks") / "samples" / self.file).read_bytes()


@dataclass(frozen=True)
class Record:
    """One record of a message: its *fields*, or the reason why there is nothing to compute."""

    id: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    skipped: Message | None = None


@dataclass(frozen=True)
class Preset:
    """One kind of sender; every path is of the language of `service.hooks.path`.

    *records* leads to the records of a message that has several; *fields* lead from
    a record to its fields, later ones over earlier ones, "" being the record itself;
    without anything at *needs* there is nothing to compute.  *pair* are the fields
    that hold the name and the value of one more field.  *metric* leads to the
    metric's name where the message tells it, *id* from a record to what the sender
    calls this message.  *carries_plan* is a preset whose message may be that of
    ``POST /v1/compute``, *query_fields* one whose fields may stand in the URL.
    *reads_answer* says whether the sender does anything with the answer's body.
    """

    name: str
    title: str
    about: str
    sample: Sample
    set_up: tuple[str, ...]
    types: tuple[str, ...] = (*JSON_TYPES, *FORM_TYPES)
    records: str = ""
    fields: tuple[str, ...] = ("",)
    needs: str = ""
    pair: tuple[str, str] | None = None
    metric: str = "metric"
    id: str = ""
    carries_plan: bool = False
    query_fields: bool = False
    schemes: tuple[Scheme, ...] = ()
    reply: Reply = "flat"
    reads_answer: bool = True

    def metric_in(self, message: Any) -> str | None:
        """Return the metric's name that *message* tells, if it tells one."""
        found = _at(self.metric, message) if self.metric else []
        return found[0] if found and isinstance(found[0], str) else None

    def records_in(self, message: Any) -> list[Record]:
        """Return the records of *message*.

        Raises:
            Refused: It is not a message of this preset.
        """
        nodes = _at(self.records, message)
        if self.records and not nodes and message != []:
            raise self._foreign(self.records)
        return [self._record(node) for node in nodes]

    def _record(self, node: Any) -> Record:
        name = as_text(found[0])[:128] if self.id and (found := _at(self.id, node)) else ""
        if self.needs and all(map(is_empty, _at(self.needs, node))):
            if not isinstance(node, Mapping):
                raise self._foreign(self.needs)
            nothing = Message(
                "skipped", "the message has no {path}: nothing to compute", {"path": self.needs}
            )
            return Record(name, skipped=nothing)
        found_fields = [one for path in self.fields for one in _at(path, node)]
        made = [fields for one in found_fields if (fields := _fields(one)) is not None]
        if not made:
            raise self._foreign(self.fields[-1])
        merged = {key: value for one in made for key, value in one.items()}
        if self.pair:
            key, value = (merged.get(one) for one in self.pair)
            merged[as_text(key)] = value
        return Record(name, merged)

    def _foreign(self, path: str) -> Refused:
        return Refused(
            "",
            "wrong_type",
            "this is not a message of {preset}: {path} is not where it should be",
            preset=self.name,
            path=path or "{}",
        )


def _at(path: str, node: Any) -> list[Any]:
    return parsed(path).select(node) if path else [node]


def _fields(node: Any) -> Mapping[str, Any] | None:
    """Return *node* as fields: an object, or a list of ``{"key", "value"}``."""
    if isinstance(node, Mapping):
        return node
    if isinstance(node, list) and all(
        isinstance(one, Mapping) and isinstance(one.get("key"), str) for one in node
    ):
        return {one["key"]: one.get("value") for one in node}
    return None
