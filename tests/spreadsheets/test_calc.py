"""The service in the cells of a real LibreOffice Calc, in an English and a German locale."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from serving import ROOT, free_port, serving

from service.catalogue import METRICS
from service.render import as_spreadsheet

SYSTEM_PYTHON = "/usr/bin/python3"
UNO_IS_MISSING = subprocess.call([SYSTEM_PYTHON, "-c", "import uno"], stderr=-3)  # noqa: S603
pytestmark = [
    pytest.mark.skipif(
        UNO_IS_MISSING or not shutil.which("soffice"),
        reason="no LibreOffice: apt-get install --no-install-recommends libreoffice-calc"
        " python3-uno",
    ),
    pytest.mark.xdist_group("office"),
]
CPL = "/v1/metrics/cpl/value?campaign_costs=200000000&leads=400"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """Run the service as its users do."""
    command = [sys.executable, "-m", "gunicorn", "service.app:create_app()"]
    with serving(command, ROOT, free_port()) as address:
        yield address


def calc(locale: str, *formulas: str) -> list[dict[str, Any]]:
    """Return the cells of *formulas* as Calc computes them."""
    return run(locale, [{"formula": formula} for formula in formulas])


def run(locale: str, steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the cells of *steps* as Calc computes them."""
    done = subprocess.run(  # noqa: S603  our own script
        [SYSTEM_PYTHON, str(Path(__file__).parent / "calc.py")],
        input=json.dumps({"locale": locale, "steps": steps}),
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert 0 == done.returncode, done.stderr
    cells: list[dict[str, Any]] = json.loads(done.stdout)
    return cells


@pytest.mark.parametrize("locale", ["en-US", "de-DE"])
def test_every_format_in_cells(url: str, locale: str) -> None:
    """Text, XML, CSV, errors, lists, a key, a slash at the end: each is what a cell expects."""
    call = f'WEBSERVICE("{url}'
    cells = calc(
        locale,
        f'={call}{CPL}")',
        f'=NUMBERVALUE({call}{CPL}");".")',
        f'=FILTERXML({call}{CPL}&format=xml");"number(//value)")',
        f'=FILTERXML({call}{CPL}&format=xml");"//status")',
        f'={call}{CPL}&format=csv&header=0")',
        f'={call}/v1/metrics/cpl/value?campaign_costs=1&leads=0")',
        f'={call}/v1/metrics/cpl/value?campaign_costs=1")',
        f'={call}/v1/metrics/historical_lifetime_value/value?purchases=50;100;150;180;220")',
        f'={call}{CPL}&key=a-key")',
        f'={call}/v1/metrics/cpl/value/?campaign_costs=200000000&leads=400")',
        f'=NUMBERVALUE({call}/v1/metrics/marketing_roi/value?revenue=0.3&marketing_cost=0.1");".")',
    )
    texts = [cell["text"] for cell in cells]

    assert "500000" == texts[0]
    assert 500_000 == cells[1]["value"]
    assert 500_000 == cells[2]["value"]
    assert "ok" == texts[3]
    assert texts[4].startswith("cost_per_lead,500000,money/lead")
    assert texts[5].startswith("#DIV/0! ")
    assert texts[6].startswith("#N/A ")
    assert "700" == texts[7]
    assert "500000" == texts[8]
    assert "500000" == texts[9]
    assert 2 == cells[10]["value"]
    assert not any(cell["error"] for cell in cells)


def test_german_decimals(url: str) -> None:
    """A German sheet writes 0,5 into the URL; decimal=, or locale=de reads it, lists by ;."""
    roi = f'WEBSERVICE("{url}/v1/metrics/marketing_roi/value?decimal=%2C&revenue="&1.5&'
    sums = f'WEBSERVICE("{url}/v1/metrics/historical_lifetime_value/value?locale=de&purchases="&'
    cells = calc(
        "de-DE",
        f'=NUMBERVALUE({roi}"&marketing_cost="&0.5);".")',
        f'=NUMBERVALUE({sums}TEXTJOIN(";";TRUE();{{1;2.5;3}}));".")',
        f'={sums}TEXTJOIN(",";TRUE();{{1;2.5;3}}))',
    )

    assert 2 == cells[0]["value"]
    assert 6.5 == cells[1]["value"]
    assert cells[2]["text"].startswith("#VALUE! ")


def test_every_formula_computes_in_named_cells() -> None:
    """A card's spreadsheet formula, pasted beside cells named as its inputs, gives the value."""
    closed = [one for one in METRICS.values() if one.expression is not None]
    steps = []
    for metric in closed:
        request = metric.example_request()
        defaults = {one.name: one.default for one in metric.inputs if not one.required}
        inputs = {**defaults, **request}
        steps.append(
            {
                "cells": {one.name: float(_total(inputs[one.name])) for one in metric.inputs},
                "formula": as_spreadsheet(metric.expression),
            }
        )
    cells = run("en-US", steps)

    assert {one.id: pytest.approx(float(Decimal(one.example.value))) for one in closed} == {
        one.id: cell["value"] for one, cell in zip(closed, cells, strict=True)
    }


def _total(value: Any) -> Decimal:
    if isinstance(value, dict):
        return sum(value.values(), Decimal(0))
    return sum(value, Decimal(0)) if isinstance(value, list) else value
