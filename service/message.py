"""What the service says to people: sentences that a translator can reorder.

A message is a stable code for programs, an English template for people and the
values that fill it.  The template is the key under which `service.text` finds
the Vietnamese and the Chinese, so it is written out where it is raised and its
values are never glued into it.

    ComputationStopped
    ├── Refused      the input is at fault: 422, with a pointer to it
    └── Undefined    the input is fine, the answer does not exist: 200, no value
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


class Term(str):
    """A name inside a message, such as a metric's, that is translated along with it."""

    __slots__ = ()


@dataclass(frozen=True)
class Message:
    """A sentence with its stable code; `str()` gives the English."""

    code: str
    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format(**self.values)


class ComputationStopped(Exception):
    """A computation ended without a value, for a reason the caller is told."""

    def __init__(self, code: str, template: str, **values: object) -> None:
        self.message = Message(code, template, values)
        super().__init__(str(self.message))


class Refused(ComputationStopped):
    """The input at *pointer* (RFC 6901, relative to the inputs) cannot be computed with."""

    def __init__(self, pointer: str, code: str, template: str, **values: object) -> None:
        self.pointer = pointer
        super().__init__(code, template, **values)


class Undefined(ComputationStopped):
    """The inputs are valid and the quantity does not exist for them."""
