"""Whether the service is about to stop: a flag that the master sets and all workers see."""

from __future__ import annotations

import mmap

_FLAG = mmap.mmap(-1, 1)
"""One byte of memory, shared with the workers because it is made before they are forked."""


def start_draining() -> None:
    """Tell every worker that the service is about to stop."""
    _FLAG[0] = 1


def draining() -> bool:
    """Tell whether the service is about to stop."""
    return bool(_FLAG[0])
