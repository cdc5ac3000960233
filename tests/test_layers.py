"""Imports point one way: app → web → … → catalogue → metric → render → formula → units."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SERVICE = Path(__file__).parents[1] / "service"

LAYERS = [
    ["message", "names", "units", "configuration", "drain"],
    ["outcome", "formula", "text", "digits", "analytics", "access"],
    ["render", "shape", "quantity"],
    ["metric"],
    ["declare", "wire", "display"],
    ["finder"],
    ["catalogue"],
    ["problem"],
    ["schema"],
    ["answer"],
    ["reference", "batch", "card", "written"],
    ["hooks"],
    ["openapi", "pages", "crm"],
    ["web"],
    ["app", "serving", "cli"],
]
"""Each may import what stands above it, and its own neighbours below the catalogue."""

RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}
FILES = sorted(SERVICE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SERVICE)))
def test_imports_point_down(path: Path) -> None:
    """No module imports one of a later layer, in whatever form the import is written."""
    mine = _part(path)
    if mine == "__init__":
        return
    for imported in _imported(path):
        assert RANK[imported] <= RANK[mine], f"{mine} imports {imported}"


def test_every_module_has_its_layer() -> None:
    """A new module is placed in the layering before anything else is said of it."""
    assert {_part(path) for path in FILES} - {"__init__"} <= RANK.keys()


@pytest.mark.parametrize("part", ["catalogue", "analytics", "metric", "declare", "formula"])
def test_the_catalogue_knows_no_framework(part: str) -> None:
    """What computes imports neither Flask nor marshmallow."""
    roots = {
        name.partition(".")[0] for path in FILES if _part(path) == part for name in _names(path)
    }

    assert not roots & {"flask", "werkzeug", "marshmallow", "gevent", "requests"}


def _part(path: Path) -> str:
    return path.relative_to(SERVICE).parts[0].removesuffix(".py")


def _imported(path: Path) -> Iterator[str]:
    for name in _names(path):
        root, *rest = name.split(".")
        if root == "service" and rest and rest[0] in RANK:
            yield rest[0]


def _names(path: Path) -> Iterator[str]:
    package = ("service", *path.relative_to(SERVICE).parts[:-1])
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(part for part in (above, node.module or "") if part)
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)
