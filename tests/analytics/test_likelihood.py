"""The search for the greatest likelihood: it arrives, or says that it did not."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from service.analytics.customers.likelihood import maximise
from service.message import Undefined


def peak_at(*top: float) -> Any:
    """Return a mean log likelihood with its maximum at *top*, like that of a gamma density."""

    def height(values: Any) -> tuple[float, Any]:
        ratio = values / np.array(top)
        return float((np.log(ratio) - ratio).sum()), (1 - ratio) / values

    return height


def test_it_arrives_at_the_maximum() -> None:
    """To nearly all digits, wherever between tiny and huge it lies."""
    top = (0.003, 1.0, 250.0)

    assert pytest.approx(top, rel=1e-9) == maximise(peak_at(*top), 3)


@pytest.mark.parametrize(
    "rising",
    [
        lambda v: (-float(1 / v[0]), 1 / v**2),
        lambda v: (-float(v[0]), -np.ones(1)),
        lambda _: (0.0, np.zeros(1)),
        lambda v: (float(np.log(v[0])) ** 2, 2 * np.log(v) / v),
    ],
    ids=["towards infinity", "towards zero", "flat", "a minimum at the start"],
)
def test_without_a_maximum_it_says_so(rising: Any) -> None:
    """A likelihood that keeps rising, or is flat, determines nothing."""
    with pytest.raises(Undefined) as undefined:
        maximise(rising, 1)

    assert "no_convergence" == undefined.value.message.code
