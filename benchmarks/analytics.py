"""Time attribution and lifetime value beside other packages: ``python -m benchmarks.analytics``.

All are timed on data that is already parsed; the time of reading the JSON and
the whole HTTP request in process stand beside.  A peer that is not installed,
or fails, is left out and named.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

ROOT = Path(__file__).parents[1]
CDNOW = ROOT / "tests" / "literature" / "clv" / "cdnow_customers_summary_with_transactions.csv"
CHANNELS = [f"channel {n}" for n in range(12)]
MODELS = [
    "first_touch_attribution",
    "last_touch_attribution",
    "linear_attribution",
    "position_based_attribution",
    "shapley_attribution",
    "markov_attribution",
]
PEER_MODELS = {
    "first_touch_attribution": "run_first_click",
    "last_touch_attribution": "run_last_click",
    "linear_attribution": "run_linear",
    "position_based_attribution": "run_position_based",
    "markov_attribution": "run_markov",
    "shapley_attribution": "run_shapley",
}


def main() -> int:
    """Run every measurement and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--journeys", type=int, default=10_000, help="default 10,000")
    parser.add_argument("--most", type=int, default=100_000, help="for growth, default 100,000")
    options = parser.parse_args()
    print("| measured | service, s | peer, s |\n|---|--:|--:|")
    for name, own, peer in _rows(options.journeys, options.most):
        print(f"| {name} | {own} | {peer} |")
    return 0


def _rows(count: int, most: int) -> Iterator[tuple[str, str, str]]:
    from service.analytics.attribution.journeys import read_journeys
    from service.catalogue import METRICS
    from service.wire import dumps, loads

    listed = journeys(count)
    text = dumps({"journeys": listed})
    parsed = loads(text)["journeys"]
    read = read_journeys(parsed)
    yield f"read {count:,} journeys from parsed JSON", _best(lambda: read_journeys(parsed)), ""
    peers = _peer_models(listed)
    for model in MODELS:
        for order in (1, 2, 3) if model == "markov_attribution" else (None,):
            inputs = {"journeys": read} | ({} if order is None else {"order": order})
            own = _best(lambda m=model, i=inputs: METRICS[m].function(**i))
            peer = peers.get(model, lambda: None) if order in {None, 1} else None
            name = model if order is None else f"{model}, order {order}"
            yield name, own, "" if peer is None else _tried(peer)
    yield "linear_attribution over HTTP, in process", _best(_http(text)), ""
    for size in (most // 10, most):
        many = read_journeys(loads(dumps({"journeys": journeys(size)}))["journeys"])
        yield (
            f"markov_attribution, {size:,} journeys",
            _best(lambda many=many: METRICS["markov_attribution"].function(journeys=many)),
            "",
        )
    yield from _lifetime_value()


def journeys(count: int) -> list[dict[str, Any]]:
    """Return *count* journeys of 4 touches on average and 20 at most, half of them converted."""
    draw = random.Random(count)  # noqa: S311  the same journeys every time
    made = []
    for _ in range(count):
        length = min(20, 1 + int(draw.expovariate(1 / 3.2)))
        touches = draw.choices(CHANNELS, weights=range(12, 0, -1), k=length)
        converted = draw.choice((True, False))
        ended = {"conversions": int(converted), "not_converted": int(not converted)}
        made.append({"touchpoints": touches, **ended})
    return made


def _peer_models(listed: list[dict[str, Any]]) -> dict[str, Callable[[], Any]]:
    try:
        import polars as pl
        from mam.core import MAM
    except ImportError as error:
        print(f"marketing-attribution-models is left out: {error}", file=sys.stderr)
        return {}
    frame = pl.DataFrame(
        {
            "journey": [" > ".join(one["touchpoints"]) for one in listed],
            "conversion": [bool(one["conversions"]) for one in listed],
            "occurrences": [1] * len(listed),
        }
    )
    peer = MAM(
        df=frame,
        format_type="grouped_journey",
        channels_colname="journey",
        journey_with_conv_colname="conversion",
        occurrences_colname="occurrences",
    )
    return {model: getattr(peer, name) for model, name in PEER_MODELS.items()}


def _lifetime_value() -> Iterator[tuple[str, str, str]]:
    from service.catalogue import METRICS

    rows = list(csv.DictReader(CDNOW.read_text("utf-8").splitlines()))
    customers = [
        {
            "customer": None,
            "frequency": int(row["x"]),
            "recency": float(row["t_x"]),
            "age": float(row["T"]),
            "mean_value": None,
        }
        for row in rows
    ]
    metric = METRICS["predictive_lifetime_value"]
    yield (
        f"predictive_lifetime_value, {len(rows):,} customers of CDNOW",
        _best(lambda: metric.function(customers=customers)),
        _tried(lambda: _lifetimes(customers)),
    )


def _lifetimes(customers: list[dict[str, Any]]) -> None:
    import numpy as np
    from lifetimes import BetaGeoFitter

    columns = [np.array([c[name] for c in customers]) for name in ("frequency", "recency", "age")]
    BetaGeoFitter().fit(*columns)


def _http(text: str) -> Callable[[], Any]:
    from service.app import create_app

    client = create_app().test_client()
    return lambda: client.post(
        "/v1/metrics/linear_attribution", data=text, content_type="application/json"
    )


def _best(work: Callable[[], Any], times: int = 3) -> str:
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return f"{min(taken):.3f}"


def _tried(work: Callable[[], Any]) -> str:
    try:
        return _best(work, 2)
    except Exception as error:  # noqa: BLE001  whatever a peer raises is told
        return f"fails: {json.dumps(str(error)[:60])}"


if __name__ == "__main__":
    sys.exit(main())
