"""How often a caller may call: counted per minute, exactly, over all workers of a group.

The counts lie in memory that the workers share from before they were forked, a
slot for each caller, under one lock.  With Redis, replicas share them; when
Redis does not answer, the group's own counts go on.
"""

from __future__ import annotations

import hashlib
import logging
import mmap
import multiprocessing
import struct
import time
from typing import Any, NamedTuple

WINDOW = 60
SLOTS = 8192
TRIES = 16
"""Slots looked at for a caller; beyond them the one idle for longest is taken over."""

_SLOT = struct.Struct("<QQQ")  # who, window, count

log = logging.getLogger("service")


class Spent(NamedTuple):
    """What a caller has used of its minute."""

    allowed: bool
    limit: int
    left: int
    seconds: int


class SharedCounts:
    """Counts of the present minute, in memory that forked workers share."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, SLOTS * _SLOT.size)
        self._lock = multiprocessing.get_context("fork").Lock()

    def add(self, caller: str, window: int) -> int:
        """Return how often *caller* has called in *window*, this time included."""
        who = (
            int.from_bytes(hashlib.blake2b(caller.encode(), digest_size=8).digest(), "little") or 1
        )
        with self._lock:
            at, count = self._slot(who, window)
            _SLOT.pack_into(self._memory, at, who, window, count + 1)
        return count + 1

    def _slot(self, who: int, window: int) -> tuple[int, int]:
        oldest, oldest_window = 0, window + 1
        for step in range(TRIES):
            at = (who + step) % SLOTS * _SLOT.size
            owner, last, count = _SLOT.unpack_from(self._memory, at)
            if owner == who:
                return at, count if last == window else 0
            if last < oldest_window:
                oldest, oldest_window = at, last
        return oldest, 0


class RedisCounts:
    """The same counts in Redis, with the group's own while it does not answer."""

    def __init__(self, url: str, own: SharedCounts) -> None:
        import redis  # an extra: only who configures it has it

        self._own = own
        self._redis: Any = redis.Redis.from_url(url, socket_timeout=0.1, socket_connect_timeout=0.1)
        self._failed: type[Exception] = redis.RedisError
        self.failures = 0

    def add(self, caller: str, window: int) -> int:
        """Return how often *caller* has called in *window*, this time included."""
        name = f"kpi:{window}:{caller}"
        try:
            with self._redis.pipeline() as commands:
                count, _ = commands.incr(name).expire(name, 2 * WINDOW).execute()
            return int(count)
        except (self._failed, OSError):
            self.failures += 1
            if self.failures == 1:
                log.warning("redis does not answer; limits hold for this process group alone")
            return self._own.add(caller, window)


class Quota:
    """A limit of requests a minute for each caller."""

    def __init__(self, limit: int, redis_url: str = "") -> None:
        self.limit = limit
        own = SharedCounts()
        self.counts: SharedCounts | RedisCounts = RedisCounts(redis_url, own) if redis_url else own

    def spend(self, caller: str) -> Spent:
        """Count one call of *caller* and tell whether it may go on."""
        now = time.time()
        count = self.counts.add(caller, int(now // WINDOW))
        left = max(0, self.limit - count)
        return Spent(count <= self.limit, self.limit, left, max(1, int(WINDOW - now % WINDOW)))
