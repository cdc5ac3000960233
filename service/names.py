"""Names as people type them: how they are matched, and what was probably meant."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable

_BLANKS = str.maketrans("-_/", "   ")


def key(name: str) -> str:
    """Return *name* as names are compared: NFKC, caseless, blanks, hyphens, slashes as one.

    >>> key("Chi phí  mua-lại") == key("CHI_PHÍ MUA LẠI")
    True
    """
    folded = unicodedata.normalize("NFKC", name).casefold().translate(_BLANKS)
    return "_".join(folded.split())


def without_diacritics(name: str) -> str:
    """Return *name* as a keyboard without accents types it.

    >>> without_diacritics("Tỷ lệ chuyển đổi")
    'Ty le chuyen doi'
    """
    apart = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in apart if not unicodedata.combining(c))


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name most like *name*, or None when none is near."""
    # difflib compares every pair of characters: a long name is nobody's typing slip.
    close = difflib.get_close_matches(name[:64], list(known), n=1, cutoff=0.6)
    return close[0] if close else None
