"""The path language: what it selects, and that nobody can make it grow."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.hooks.path import LONGEST, parsed

ORDER = {
    "total": "7",
    "Lead Source": "fair",
    "d29284909b76d150b8b2edb62eeca362c7012fa4": 5,
    "items": [{"price": 1, "tags": ["a"]}, {"price": 2, "tags": ["b", "c"]}, "loose"],
    "owner": {"name": {"first": "An"}},
    "fields": [{"key": "x", "value": 1}, {"key": "y", "value": {"Value": 2}}],
}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("total", ["7"]),
        ("owner.name.first", ["An"]),
        ('"Lead Source"', ["fair"]),
        ('owner."name".first', ["An"]),
        ("d29284909b76d150b8b2edb62eeca362c7012fa4", [5]),
        ("items[0].price", [1]),
        ("items[9].price", []),
        ("items[].price", [1, 2]),
        ("items[].tags[]", ["a", "b", "c"]),
        ("fields[?key=='y'].value.Value", [2]),
        ("fields[?value.Value=='2'].key", ["y"]),
        ("nothing.here", []),
        ("total.below.a.text", []),
        ("owner[]", []),
    ],
)
def test_it_selects(path: str, found: list[Any]) -> None:
    """A path leads to the values that stand there, in order, or to none."""
    assert found == parsed(path).select(ORDER)


@pytest.mark.parametrize(
    "path",
    [
        "",
        " ",
        ".a",
        "a.",
        "a..b",
        "a b",
        "[@,@]|[]",
        "[@,@]|[]" * 20,
        "a|b",
        "a || b",
        "sum(a)",
        "a[*]",
        "a[-1]",
        "a[0",
        "a[]b",
        "a['b']",
        "[?a=='b'",
        "[?a=='b' || c=='d']",
        "[?a!='b']",
        "(" * 150,
        "a" * (LONGEST + 1),
        ".".join("a" * 21),
        "[]" * 21,
        "@",
        "a?b",
        '"',
    ],
)
def test_all_else_is_refused_at_once(path: str) -> None:
    """Functions, unions, pipes, and what is too long or too deep, are refused in under 10 ms."""
    begun = time.perf_counter()
    with pytest.raises(ValueError, match="path"):
        parsed(path)

    assert 0.01 > time.perf_counter() - begun


TREES = st.recursive(
    st.none() | st.booleans() | st.text("ab", max_size=2),
    lambda below: st.lists(below, max_size=4) | st.dictionaries(st.sampled_from("abc"), below),
    max_leaves=30,
)
STEPS = st.sampled_from(["a", "b", "c", "[]", "[0]", "[?a=='b']"])


@given(TREES, st.lists(STEPS, min_size=1, max_size=8))
@settings(derandomize=True, deadline=None, max_examples=200)
def test_the_outcome_is_never_larger_than_the_message(tree: Any, steps: list[str]) -> None:
    """Whatever a path selects stands at a place of its own in the message."""
    text = "".join(one if one.startswith("[") else f".{one}" for one in steps).removeprefix(".")

    assert len(parsed(text).select(tree)) <= size(tree)


def size(tree: Any) -> int:
    """Return the number of values in *tree*, itself included."""
    below = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    return 1 + sum(map(size, below))
