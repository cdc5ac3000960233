"""What chance has a journey to convert, and what chance if a channel loses its visitors?

The chain is counted, not fitted, so two things need no equations: the chance of a
conversion from the start is the share of journeys that converted, and every state is
visited as often as it was seen.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from service.analytics.attribution.paths import Paths
from service.message import Refused, Undefined

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array: TypeAlias = NDArray[np.float64]

MOST_STATES = 2_000
"""Enough for 12 channels at order 3; the work grows with the cube of the number."""


def _counts() -> defaultdict[tuple[int, int], float]:
    return defaultdict(float)


@dataclass
class Chain:
    """Counts of what journeys do in each state; states are numbered as they first come.

    *keys* holds the key that a visit to the state touches.  A visit is followed by a move, a
    conversion or a loss; the losses are what is left.
    """

    keys: list[int] = field(default_factory=list)
    visits: list[float] = field(default_factory=list)
    entries: list[float] = field(default_factory=list)
    conversions: list[float] = field(default_factory=list)
    moves: defaultdict[tuple[int, int], float] = field(default_factory=_counts)

    def conversion_probability(self) -> float:
        """Return the chance of a conversion from the start; 0 for a chain without journeys."""
        return math.fsum(self.conversions) / (math.fsum(self.entries) or 1.0)


def chain_of(paths: Paths, order: int) -> Chain:
    """Return the chain whose states are the last *order* keys, fewer at the start of a journey.

    Raises:
        Refused: `too_many_items`, as soon as there are more than `MOST_STATES` states.
    """
    chain = Chain()
    numbers: dict[tuple[int, ...], int] = {}
    for path in paths.rows:
        journeys = path.endings.conversions + path.endings.not_converted
        if not journeys:
            continue
        keys = [paths.keys[touch] for touch in path.touches]
        states = []
        for place, key in enumerate(keys):
            recent = tuple(keys[max(0, place + 1 - order) : place + 1])
            state = numbers.setdefault(recent, len(numbers))
            if state == len(chain.keys):
                _add_state(chain, key)
            chain.visits[state] += journeys
            states.append(state)
        for move in pairwise(states):
            chain.moves[move] += journeys
        chain.entries[states[0]] += journeys
        chain.conversions[states[-1]] += path.endings.conversions
    return chain


def _add_state(chain: Chain, key: int) -> None:
    if len(chain.keys) == MOST_STATES:
        raise Refused(
            "/order",
            "too_many_items",
            "the chain has more than {most} states; use a lower order, or credit a field with"
            " fewer different names",
            most=MOST_STATES,
        )
    chain.keys.append(key)
    for column in (chain.visits, chain.entries, chain.conversions):
        column.append(0.0)


def removal_effects(chain: Chain) -> dict[int, float]:
    """Return 1 − P(conversion without it) ÷ P(conversion) for each key; empty when P is 0.

    Raises:
        Undefined: `out_of_range`, when the counts differ by more than floats can hold.
    """
    probability = chain.conversion_probability()
    if not any(chain.conversions):
        return {}
    import numpy as np

    # The states of a key stand side by side, so that its removal cuts out one block.
    order = sorted(range(len(chain.keys)), key=chain.keys.__getitem__)
    place = np.argsort(order)
    visits = np.array(chain.visits)
    matrix = np.eye(len(order))
    if chain.moves:
        origin, target = np.array(list(chain.moves)).T
        steps = np.array(list(chain.moves.values()))
        matrix[place[origin], place[target]] -= steps / visits[origin]
    entry = np.array(chain.entries)[order] / math.fsum(chain.entries)
    conversion = (np.array(chain.conversions) / visits)[order]
    sizes = Counter(chain.keys[state] for state in order)
    passing = _conversions_through(matrix, entry, conversion, tuple(sizes.values()))
    lost = [max(0.0, through) for through in passing]
    if not (probability and any(lost)):
        raise Undefined("out_of_range", "the counts differ by more than can be computed with")
    return {key: through / probability for key, through in zip(sizes, lost, strict=True)}


def _conversions_through(
    matrix: Array, entry: Array, conversion: Array, sizes: Sequence[int]
) -> list[float]:
    """Return the chance of converting by way of each block of states.

    *matrix* is I − Q for the states' moves Q, *entry* the chance that a journey first comes
    to a state, *conversion* the chance that it converts there.  Blocks are consecutive, of the
    given *sizes*.  With all other blocks eliminated, *entry* becomes the chance that a journey
    first meets the block in a state, and matrix⁻¹ · *conversion* the chance that it converts
    from there; halving the blocks shares the eliminations between them, which costs less than
    one inverse of the whole.
    """
    import numpy as np

    if len(sizes) == 1:
        return [float(entry @ np.linalg.solve(matrix, conversion))]
    half = len(sizes) // 2
    cut = sum(sizes[:half])
    head, tail = slice(0, cut), slice(cut, None)
    return [
        *_conversions_through(*_eliminate(matrix, entry, conversion, head, tail), sizes[:half]),
        *_conversions_through(*_eliminate(matrix, entry, conversion, tail, head), sizes[half:]),
    ]


def _eliminate(
    matrix: Array, entry: Array, conversion: Array, kept: slice, dropped: slice
) -> tuple[Array, Array, Array]:
    """Return the chain seen only while it is in the *kept* states (the Schur complement)."""
    import numpy as np

    back = matrix[dropped, kept]
    reached = np.flatnonzero(back.any(axis=0))  # few, while a state has few successors
    solved = np.linalg.solve(
        matrix[dropped, dropped], np.column_stack([back[:, reached], conversion[dropped]])
    )
    detour = matrix[kept, dropped] @ solved
    seen = matrix[kept, kept].copy()
    seen[:, reached] -= detour[:, :-1]
    entered = entry[kept].copy()
    entered[reached] -= entry[dropped] @ solved[:, :-1]
    return seen, entered, conversion[kept] - detour[:, -1]
