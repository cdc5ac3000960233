"""A KPI is made of its components, and so is its gap."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.analytics.goals.components import combined, component_rows
from service.message import Refused

SIZES = st.floats(1e-3, 1e6)


def gaps(
    components: dict[str, float], targets: dict[str, float], operator: str = "product"
) -> dict[str, float]:
    made = math.prod if operator == "product" else math.fsum
    rows, warning = component_rows(
        components,
        targets,
        operator,  # type: ignore[arg-type]
        made(components.values()),
        made(targets.values()),
    )

    assert warning is None
    return {row["name"]: row["gap"] for row in rows}


def along_the_path(actual: list[float], target: list[float], steps: int = 4000) -> list[float]:
    """Return ∫ V dln(x_k) while every factor grows at its constant rate from actual to target."""
    logarithms = [math.log(t / a) for a, t in zip(actual, target, strict=True)]
    values = [
        math.prod(
            a * math.exp(growth * (i + 0.5) / steps)
            for a, growth in zip(actual, logarithms, strict=True)
        )
        for i in range(steps)
    ]
    return [growth * math.fsum(values) / steps for growth in logarithms]


@settings(deadline=None, derandomize=True, max_examples=40)
@given(st.lists(st.tuples(SIZES, st.floats(0.2, 5.0)), min_size=1, max_size=4))
def test_product_gap_is_the_growth_along_the_path(pairs: list[tuple[float, float]]) -> None:
    """A factor owes what its own growth adds while all factors grow steadily to their targets."""
    actual = [a for a, _ in pairs]
    target = [a * growth for a, growth in pairs]
    names = [str(i) for i in range(len(pairs))]
    found = gaps(dict(zip(names, actual, strict=True)), dict(zip(names, target, strict=True)))
    scale = max(math.prod(actual), math.prod(target))

    assert pytest.approx(along_the_path(actual, target), rel=1e-4, abs=1e-6 * scale) == list(
        found.values()
    )


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.lists(st.tuples(SIZES, SIZES), min_size=1, max_size=6))
def test_product_gaps_add_up(pairs: list[tuple[float, float]]) -> None:
    """The parts of the gap leave no remainder."""
    actual = {str(i): a for i, (a, _) in enumerate(pairs)}
    target = {str(i): t for i, (_, t) in enumerate(pairs)}
    whole, made = math.prod(target.values()), math.prod(actual.values())

    assert pytest.approx(whole - made, abs=1e-11 * max(whole, made)) == math.fsum(
        gaps(actual, target).values()
    )


@pytest.mark.parametrize("change", [1e-15, 1e-12, 1e-9, 1e-6])
def test_close_products_split_without_losing_digits(change: float) -> None:
    """A gap of a few units in the last place still falls on the factor that moved."""
    target = {"units": 1000.0, "price": 1e5}
    actual = {"units": 1000.0 * (1 + change), "price": 1e5}
    gap = 1e8 - math.prod(actual.values())

    assert pytest.approx(gap, rel=1e-3, abs=2e-8) == gaps(actual, target)["units"]


def test_opposite_moves_cancel_in_the_gap_not_in_the_parts() -> None:
    """Twice the units at half the price leaves no gap, and each owes as much as the other."""
    found = gaps({"units": 2000.0, "price": 50.0}, {"units": 1000.0, "price": 100.0})

    assert pytest.approx(-100_000 * math.log(2)) == found["units"]
    assert pytest.approx(100_000 * math.log(2)) == found["price"]


def test_a_factor_of_zero_owes_the_whole_gap() -> None:
    """Nothing sold: the gap is that of the units, whatever the price."""
    found = gaps({"units": 0.0, "price": 90.0}, {"units": 10.0, "price": 100.0})

    assert {"units": 1000.0, "price": 0.0} == found


def test_zero_is_the_limit_of_small() -> None:
    """As a factor shrinks towards 0 its part of the gap grows towards the whole."""
    part = gaps({"units": 1e-280, "price": 90.0}, {"units": 10.0, "price": 100.0})["units"]

    assert pytest.approx(1000, rel=1e-3) == part


def test_several_zeros_share_the_gap() -> None:
    """Factors that are 0 together owe the gap in equal parts."""
    found = gaps(
        {"a": 0.0, "b": 0.0, "c": 5.0},
        {"a": 2.0, "b": 3.0, "c": 4.0},
    )

    assert {"a": 12.0, "b": 12.0, "c": 0.0} == found


@pytest.mark.parametrize(
    ("actual", "target"),
    [
        ((1e-200, 1e-200), (2e-200, 1e-200)),  # both products are 0
        ((2e-162, 1.2e-162), (2e-162, 1.5e-162)),  # 0 and the smallest float
    ],
)
def test_underflow_is_not_an_error(
    actual: tuple[float, float], target: tuple[float, float]
) -> None:
    """Products too small for a float have gaps next to 0, not a failure."""
    found = gaps(dict(zip("ab", actual, strict=True)), dict(zip("ab", target, strict=True)))

    assert pytest.approx([0, 0], abs=1e-300) == list(found.values())


def test_sum_gap_is_each_components_own() -> None:
    """In a sum a component owes its own target less its actual."""
    found = gaps({"ads": 20.0, "mail": 25.0}, {"ads": 30.0, "mail": 20.0}, "sum")

    assert {"ads": 10.0, "mail": -5.0} == found


def test_shares_of_a_sum_add_up_to_one() -> None:
    """The components of a sum share the actual."""
    rows, _ = component_rows({"ads": 20.0, "mail": 20.0, "page": 10.0}, None, "sum", 50.0, 50.0)

    assert [0.4, 0.4, 0.2] == [row["share"] for row in rows]


def test_no_share_of_a_product() -> None:
    """A factor has no share of a product."""
    rows, _ = component_rows({"units": 20.0, "price": 3.0}, None, "product", 60.0, 80.0)

    assert [None, None] == [row["share"] for row in rows]


@pytest.mark.parametrize(
    ("components", "targets"),
    [
        ({"a": -1.0, "b": -2.0}, {"a": 1.0, "b": 2.0}),
        ({"a": 1.0, "b": 2.0}, {"a": -1.0, "b": -2.0}),
        ({"a": 1.0, "b": 2.0}, {"a": 0.0, "b": 2.0}),
    ],
)
def test_product_gap_without_logarithms_is_not_split(
    components: dict[str, float], targets: dict[str, float]
) -> None:
    """Negative factors and zero targets have no logarithm: no split, and a warning."""
    rows, warning = component_rows(components, targets, "product", 2.0, math.prod(targets.values()))

    assert warning is not None
    assert "gap_not_split" == warning.code
    assert [None, None] == [row["gap"] for row in rows]


@pytest.mark.parametrize(
    ("pointer", "code", "actual", "components", "operator"),
    [
        ("/actual", "missing", None, None, None),
        ("/operator", "inconsistent_inputs", 1.0, None, "sum"),
        ("/components", "inconsistent_inputs", 1.0, {"a": 1.0}, "sum"),
        ("/components", "missing", None, {}, "sum"),
        ("/operator", "missing", None, {"a": 1.0}, None),
    ],
)
def test_a_kpi_has_one_value(
    pointer: str,
    code: str,
    actual: float | None,
    components: dict[str, float] | None,
    operator: str | None,
) -> None:
    """A KPI is given as one number or as components with an operator, never guessed."""
    with pytest.raises(Refused) as refused:
        combined(actual, components, operator)  # type: ignore[arg-type]

    assert (pointer, code) == (refused.value.pointer, refused.value.message.code)


@pytest.mark.parametrize(
    ("components", "targets"),
    [
        (None, {"a": 10.0}),
        ({"a": 1.0}, {"b": 10.0}),
        ({"a": 1.0, "b": 2.0}, {"a": 10.0}),
        ({"a": 1.0}, {"a": 11.0}),
    ],
)
def test_component_targets_belong_to_the_components_and_make_the_target(
    components: dict[str, float] | None, targets: dict[str, float]
) -> None:
    """Targets of other components, or that do not make the target, are refused."""
    with pytest.raises(Refused) as refused:
        component_rows(components, targets, "sum", 1.0, 10.0)

    assert "/component_targets" == refused.value.pointer
