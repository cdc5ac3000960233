"""Quotas: exact for every caller, whatever the number of workers."""

from __future__ import annotations

import multiprocessing

import pytest

from service.access import quota
from service.access.quota import Quota, SharedCounts


def test_a_caller_is_counted_alone() -> None:
    """Each caller has a minute of its own, and a new minute starts at nothing."""
    counts = SharedCounts()

    assert [1, 2, 1, 1] == [
        counts.add("a", 7),
        counts.add("a", 7),
        counts.add("b", 7),
        counts.add("a", 8),
    ]


def test_processes_count_together() -> None:
    """Processes forked from one share their counts, and lose none."""
    counts = SharedCounts()
    fork = multiprocessing.get_context("fork")
    workers = [fork.Process(target=_add, args=(counts, 500)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)

    assert 2_001 == counts.add("a", 7)


def test_a_full_table_forgets_the_longest_idle(monkeypatch: pytest.MonkeyPatch) -> None:
    """More callers than slots take over those of earlier minutes, never a neighbour's count."""
    monkeypatch.setattr(quota, "SLOTS", 16)
    counts = SharedCounts()
    for number in range(16):
        counts.add(f"old {number}", 1)

    assert 1 == counts.add("new", 2)
    assert 2 == counts.add("new", 2)


def test_the_limit_itself_is_allowed() -> None:
    """The last allowed call has nothing left; the next is refused with the seconds to wait."""
    spent = [Quota(2).spend("a")]
    limit = Quota(2)
    spent = [limit.spend("a") for _ in range(3)]

    assert [True, True, False] == [one.allowed for one in spent]
    assert [1, 0, 0] == [one.left for one in spent]
    assert 1 <= spent[2].seconds <= 60


def test_without_redis_the_group_counts_on() -> None:
    """When Redis does not answer, limits hold for the process group, and it is counted."""
    limit = Quota(1, "redis://127.0.0.1:9/0")

    assert [True, False] == [limit.spend("a").allowed, limit.spend("a").allowed]
    assert 2 == limit.counts.failures


def _add(counts: SharedCounts, times: int) -> None:
    for _ in range(times):
        counts.add("a", 7)
