"""What is generated and committed is what the code generates now."""

from __future__ import annotations

from pathlib import Path

import pytest
from serving import ROOT

from service.openapi.document import as_yaml
from service.pages import FOLDER, README, pages, with_table

STALE = "it is stale; run: make fresh"


def test_openapi_is_fresh() -> None:
    """openapi.yaml is what the catalogue says."""
    assert as_yaml() == (ROOT / "openapi.yaml").read_text("utf-8"), STALE


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.name)
def test_a_page_is_fresh(path: Path) -> None:
    """Each page of the metrics is what the catalogue says."""
    committed = ROOT / path

    assert committed.is_file(), STALE
    assert pages()[path] == committed.read_text("utf-8"), STALE


def test_no_page_is_left_over() -> None:
    """A category that is gone leaves no page behind."""
    kept = {one.relative_to(ROOT) for one in (ROOT / FOLDER).iterdir()}

    assert {one for one in pages() if one.parent == FOLDER} == kept, STALE


def test_the_readme_is_fresh() -> None:
    """The README's table counts the metrics that there are."""
    readme = (ROOT / README).read_text("utf-8")

    assert with_table(readme) == readme, STALE


def test_a_lost_mark_is_told() -> None:
    """A README without the table's marks is an error, not a README without a table."""
    with pytest.raises(ValueError, match="needs the lines"):
        with_table("# A README\n")
