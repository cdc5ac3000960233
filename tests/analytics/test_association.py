"""Spearman's ρ, against published examples, scipy and all permutations."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from service.analytics.experiments.association import MOST_PAIRS, association
from service.message import Refused

FEW = settings(max_examples=100, deadline=None, derandomize=True)
figures = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-3, 3).map(float)


def pairs_of(size: st.SearchStrategy[int]) -> st.SearchStrategy[list[tuple[float, float]]]:
    return size.flatmap(
        lambda count: st.lists(st.tuples(figures, figures), min_size=count, max_size=count)
    )


def varies(pairs: list[tuple[float, float]]) -> bool:
    return all(len({pair[side] for pair in pairs}) > 1 for side in (0, 1))


def test_pages_read_and_days_to_close() -> None:
    """The more pages a lead reads, the sooner the deal closes: ρ = −1, and not by cause."""
    outcome = association(pairs=[(1, 90), (4, 60), (6, 41), (9, 30), (15, 12), (20, 11)])

    assert -1 == outcome.value
    assert outcome.result == {
        "rho": -1,
        "p_value": pytest.approx(2 / 720),
        "pairs": 6,
        "test": "permutation",
    }
    assert "association_not_cause" in {one.code for one in outcome.assumptions}


def test_wikipedia_example() -> None:
    """Intelligence and hours of television: ρ = −29/165, one-sided p 0.3135942.

    Source: Wikipedia, Spearman's rank correlation coefficient; p in R, stats.stackexchange.com
    question 22816.
    """
    iq = [106, 86, 100, 101, 99, 103, 97, 113, 112, 110]
    hours = [7, 0, 27, 50, 28, 29, 20, 12, 6, 17]
    outcome = association(pairs=list(zip(iq, hours, strict=True)))

    assert pytest.approx(-29 / 165, rel=1e-12) == outcome.value
    assert outcome.result is not None
    assert ("t", pytest.approx(2 * 0.3135942, abs=2e-7)) == (
        outcome.result["test"],
        outcome.result["p_value"],
    )


def test_ties_of_the_literature() -> None:
    """Shared ranks and an exact p over all orders.

    Source: JuliaStats HypothesisTests, pull request 53: ρ 0.9486832980505138, p 0.0666….
    """
    outcome = association(pairs=list(zip([10, 10, 20, 30, 30], range(1, 6), strict=True)))

    assert pytest.approx(0.9486832980505138, rel=1e-12) == outcome.value
    assert outcome.result is not None
    assert pytest.approx(0.06666666666666667, rel=1e-12) == outcome.result["p_value"]


@FEW
@given(pairs_of(st.integers(9, 40)).filter(varies))
def test_association_of_scipy(pairs: list[tuple[float, float]]) -> None:
    """ρ and p are those of scipy, p never below what the number of orders allows."""
    expected = stats.spearmanr(pairs)
    outcome = association(pairs=pairs)

    assert pytest.approx(expected.statistic, abs=1e-12) == outcome.value
    assert outcome.result is not None
    if abs(expected.statistic) < 1 - 1e-12:
        assert pytest.approx(expected.pvalue, rel=1e-6, abs=6e-6) == outcome.result["p_value"]


@settings(max_examples=20, deadline=None, derandomize=True)
@given(pairs_of(st.integers(3, 6)).filter(varies))
def test_exact_p_of_scipy(pairs: list[tuple[float, float]]) -> None:
    """Up to eight pairs p is that of scipy's permutation test over the ranks."""
    x, y = (stats.rankdata([pair[side] for pair in pairs]) for side in (0, 1))
    expected = stats.permutation_test(
        (y,),
        lambda order: abs(round(float((x * order).sum() - x.sum() * y.sum() / len(y)), 9)),
        permutation_type="pairings",
        alternative="greater",
        n_resamples=10_000,
    )
    outcome = association(pairs=pairs)

    assert outcome.result is not None
    assert pytest.approx(expected.pvalue) == outcome.result["p_value"]


def test_perfect_order_of_many_has_the_smallest_p() -> None:
    """Ten pairs in perfect order: two of 10! orders are as extreme, p is not 0."""
    outcome = association(pairs=[(n, n**3) for n in range(10)])

    assert outcome.result is not None
    assert (1, pytest.approx(2 / 3_628_800)) == (outcome.value, outcome.result["p_value"])


def test_nearly_perfect_order_has_no_smaller_p_than_perfect_order() -> None:
    """Where t overstates the evidence p stops at two of 9! orders."""
    outcome = association(pairs=[*((n, n) for n in range(7)), (7, 8), (8, 7)])

    assert outcome.result is not None
    assert pytest.approx(2 / 362_880) == outcome.result["p_value"]


def test_three_pairs_in_order_prove_nothing() -> None:
    """A third of all orders of three are perfect."""
    outcome = association(pairs=[(1, 1), (2, 5), (3, 6)])

    assert outcome.result is not None
    assert (1, pytest.approx(1 / 3)) == (outcome.value, outcome.result["p_value"])


@pytest.mark.parametrize(
    ("pairs", "code"),
    [
        ([], "too_few_pairs"),
        ([(1, 2)], "too_few_pairs"),
        ([(1, 2), (2, 3)], "too_few_pairs"),
        ([(1, 2), (1, 3), (1, 4)], "no_variation"),
        ([(1, 2), (2, 2), (3, 2)], "no_variation"),
    ],
)
def test_no_association_without_pairs_that_vary(
    pairs: list[tuple[float, float]], code: str
) -> None:
    """Too few pairs, or a constant, have no ρ, and the reason says why."""
    outcome = association(pairs=pairs)

    assert outcome.value is None
    assert outcome.reason is not None
    assert code == outcome.reason.code
    assert "{" not in str(outcome.reason)


def test_huge_and_tiny_figures_only_count_by_rank() -> None:
    """Figures at the ends of floats do not overflow."""
    outcome = association(pairs=[(-1e299, 1e-300), (0, 2e-300), (1e299, 1e299)])

    assert 1 == outcome.value


def test_the_largest_input_is_quick() -> None:
    """100,000 pairs are ranked in about a second."""
    pairs = [((n * 7919) % 100_003, (n * 104_729) % 1009) for n in range(MOST_PAIRS)]
    association(pairs=pairs[:9])  # imports scipy
    start = perf_counter()
    outcome = association(pairs=pairs)

    assert outcome.value is not None
    assert perf_counter() - start < 3


def test_too_many_pairs_are_refused() -> None:
    """One pair more than 100,000 is one too many."""
    with pytest.raises(Refused, match="100000") as refusal:
        association(pairs=[(0, 0)] * (MOST_PAIRS + 1))

    assert ("/pairs", "too_many_items") == (refusal.value.pointer, refusal.value.message.code)
