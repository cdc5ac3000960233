"""Every English sentence that a client can be shown, gathered from the code itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import service
from service.answer import BETTER_READING
from service.catalogue import METRICS, QUANTITIES
from service.display import PLURALS
from service.hooks.presets import PRESETS
from service.hooks.reply import FLAT, HUBSPOT
from service.problem import PROBLEMS

SERVICE = Path(service.__file__).parent

NO_MESSAGES = {
    "catalogue",  # declarations: their sentences are gathered from the metrics
    "openapi",  # a document for programmers, in English
    "pages.py",  # so are the pages of the repository
    "crm.py",
    "cli.py",  # and the help of the command line
    "configuration.py",  # settings and their complaints are for operators
    "serving.py",
    "access",
}

TEMPLATE_AT = {
    "Message": (1,),
    "Undefined": (1,),
    "Refused": (2,),
    "fail": (1,),
    "translate": (0,),
    "_because": (1, 2),
    "_beyond": (1,),
    "_too_large": (3,),
    "Term": (0,),
}
"""Callable → the positions of the templates among its arguments."""


def of_metrics() -> set[str]:
    """Return the names, meanings, readings, reasons, labels and statements."""
    return {
        sentence
        for metric in METRICS.values()
        for sentence in (
            metric.name,
            metric.meaning,
            metric.reading,
            metric.base_reason,
            metric.part_reason,
            metric.statement,
            *(one.label for one in metric.benchmarks),
            *(one.label for one in metric.inputs),
        )
        if sentence
    }


def of_quantities() -> set[str]:
    """Return the labels of the vocabulary."""
    return {one.label for one in QUANTITIES.values()}


def of_units() -> set[str]:
    """Return the words that stand behind a number or after its slash."""
    under = {metric.unit.label.partition("/")[2] for metric in METRICS.values()} - {""}
    return under | PLURALS.keys() | set(PLURALS.values()) | {"points"}


def of_problems() -> set[str]:
    """Return the title of each problem and what to do about it."""
    return {text for _, *texts in PROBLEMS.values() for text in texts}


def of_presets() -> set[str]:
    """Return what is told of the senders of hooks, and of the members of an answer to them."""
    told = {text for one in PRESETS.values() for text in (one.title, one.about, *one.set_up)}
    return told | {meaning for _, meaning in (*FLAT.values(), *HUBSPOT.values())}


def of_messages() -> set[str]:
    """Return the templates written in the code, but those that hold no word."""
    literal = {text for path in modules() for text in templates(path)}
    return (literal | set(BETTER_READING.values())) - {"{why}"}


def modules() -> list[Path]:
    """Return the modules that talk to clients."""
    found = sorted(SERVICE.rglob("*.py"))
    return [path for path in found if path.relative_to(SERVICE).parts[0] not in NO_MESSAGES]


def templates(path: Path) -> Iterator[str]:
    """Yield the literal templates of a module."""
    for argument in template_arguments(path):
        either = [argument.body, argument.orelse] if isinstance(argument, ast.IfExp) else [argument]
        for node in either:
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def template_arguments(path: Path) -> Iterator[ast.expr]:
    """Yield what stands where a known callable expects a template."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            for position in TEMPLATE_AT.get(_name(node.func), ()):
                yield from node.args[position : position + 1]


def texts(path: Path) -> Iterator[str]:
    """Yield every literal text of a module that is not a docstring or for programmers alone."""
    tree = ast.parse(path.read_text("utf-8"))
    aside = {id(part) for node in ast.walk(tree) if _aside(node) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in aside:
            yield node.value


def _aside(node: ast.AST) -> bool:
    """Tell docstrings, parts of f-strings and the messages of Python's own exceptions."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.Call):
        return _name(node.func) in {"TypeError", "ValueError"}
    return isinstance(node, ast.JoinedStr)


def _name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
