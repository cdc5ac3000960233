"""Which values of a message does a path lead to?

    path   = step ( "." name | bracket )*        amount    items[].price    "Lead Source"
    bracket = "[" n "]" | "[]" | "[?" name ( "." name )* "==" "'" text "'" "]"

Every value that a path selects is another node of the message, so that the
outcome is never larger than the message; no function, union or pipe exists
with which a caller could make it grow.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from service.hooks.value import as_text
from service.message import Refused

LONGEST = 200
DEEPEST = 20

Step: TypeAlias = Callable[[Any], Iterable[Any]]

_NAME = r"""[^\s.,\[\]()"'?=@|]+|"[^"]+\""""
_TOKENS = re.compile(
    rf"""(?P<dot>\.)?(?P<name>{_NAME})
       | \[(?P<index>\d{{1,6}})\]
       | (?P<each>\[\])
       | \[\?(?P<field>(?:{_NAME})(?:\.(?:{_NAME}))*)==\s*'(?P<wanted>[^']*)'\]""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Path:
    """A parsed path; *text* is how it was written."""

    text: str
    steps: tuple[Step, ...]

    def select(self, node: Any) -> list[Any]:
        """Return the values below *node* that the path leads to, in order."""
        found = [node]
        for step in self.steps:
            found = [below for one in found for below in step(one)]
        return found


@lru_cache(1024)
def parsed(text: str) -> Path:
    """Return the path that *text* writes.

    Raises:
        ValueError: It is none, or longer or deeper than a path may be.
    """
    if len(text) > LONGEST:
        raise ValueError(f"a path has at most {LONGEST} characters")
    steps: list[Step] = []
    at = 0
    while at < len(text):
        token = _TOKENS.match(text, at)
        if token is None or (token["name"] is not None and bool(token["dot"]) == (at == 0)):
            raise ValueError(f"not a path from character {at + 1}: {text}")
        steps.append(_step(token))
        at = token.end()
    if not 0 < len(steps) <= DEEPEST:
        raise ValueError(f"a path has 1 to {DEEPEST} steps")
    return Path(text, tuple(steps))


def path_at(text: Any, pointer: str) -> Path:
    """Return the path that a caller wrote at *pointer*.

    Raises:
        Refused: It is none.
    """
    try:
        if isinstance(text, str):
            return parsed(text.strip())
    except ValueError:
        pass
    raise Refused(
        pointer,
        "wrong_type",
        'it must be a path such as amount, items[].price or "Lead Source", of at most {length}'
        " characters and {depth} steps",
        length=LONGEST,
        depth=DEEPEST,
    )


def _step(token: re.Match[str]) -> Step:
    if token["name"] is not None:
        return _member(_bare(token["name"]))
    if token["index"] is not None:
        return _element(int(token["index"]))
    if token["each"] is not None:
        return _elements
    names = [_bare(one) for one in re.findall(_NAME, token["field"])]
    return _matching([_member(name) for name in names], token["wanted"])


def _bare(name: str) -> str:
    return name[1:-1] if name.startswith('"') else name


def _member(name: str) -> Step:
    def step(node: Any) -> Iterable[Any]:
        return [node[name]] if isinstance(node, Mapping) and name in node else []

    return step


def _element(index: int) -> Step:
    def step(node: Any) -> Iterable[Any]:
        return node[index : index + 1] if isinstance(node, list) else []

    return step


def _elements(node: Any) -> Iterable[Any]:
    return node if isinstance(node, list) else []


def _matching(members: list[Step], wanted: str) -> Step:
    def step(node: Any) -> Iterator[Any]:
        for one in _elements(node):
            found = [one]
            for member in members:
                found = [below for above in found for below in member(above)]
                if not found:
                    break
            if any(as_text(value) == wanted for value in found):
                yield one

    return step
