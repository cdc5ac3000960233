"""How a figure stands against a benchmark."""

from __future__ import annotations

from service.declare import metric
from service.formula import Number
from service.metric import Example


@metric(
    "as actual",
    "as_the_kpi",
    Example({"actual": "0.3", "benchmark": "0.25"}, "0.05"),
    serves=["awareness", "leads", "sales", "retention"],
    aliases=["gap to benchmark", "benchmarking gap"],
)
def benchmark_gap(actual: Number, benchmark: Number) -> Number:
    """Benchmark gap.

    Your own figure less that of the industry, a rival or your own past, in the unit of both; for
    rates, in points.

    Reading: Above 0 you are over the benchmark, which is good for a figure that should rise and bad
    for one that should fall. Look first whether both were counted in the same way and over the same
    time.

    Source: https://kpifrontier.com/what-is-a-benchmark, which subtracts the other way round.
    """
    return actual - benchmark


@metric(
    "ratio",
    "as_the_kpi",
    Example({"actual": "0.3", "benchmark": "0.25"}, "1.2"),
    serves=["awareness", "leads", "sales", "retention"],
    aliases=["relative performance index", "RPI"],
    base_reason="an index needs a benchmark above 0; use the benchmark gap instead",
)
def benchmark_index(actual: Number, benchmark: Number) -> Number:
    """Benchmark index.

    Your own figure as a multiple of the benchmark: that of the industry, a rival or your own past.

    Reading: At 1 you are level with it, at 1.2 a fifth above. Good or bad depends on whether the
    figure should rise or fall. A small benchmark makes a large index out of a small difference.

    Source: https://kpifrontier.com/what-is-a-benchmark, whose relative performance index is this
    times 100.
    """
    return actual / benchmark
