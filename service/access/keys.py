"""API keys: named, hashed at rest, with scopes, read again when their file changes."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from pathlib import Path

from service.configuration import BadConfiguration

SCOPES = ("compute", "hooks", "metrics")
TOKEN_BYTES = 32


@dataclass(frozen=True)
class Key:
    """One caller's key: its name, the SHA-256 of its token and what it opens."""

    name: str
    digest: bytes
    scopes: frozenset[str]


class KeyFile:
    """The keys of a file; a changed file is read at the next request."""

    def __init__(self, path: str) -> None:
        self._path = Path(path)
        self._seen: tuple[int, int] | None = None
        self._keys: tuple[Key, ...] = ()
        self._refresh()

    def key_of(self, token: str) -> Key | None:
        """Return the key that *token* is, comparing with every one in constant time."""
        self._refresh()
        digest = hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest()
        found = [key for key in self._keys if hmac.compare_digest(key.digest, digest)]
        return found[0] if found else None

    def _refresh(self) -> None:
        try:
            state = self._path.stat()
            seen = (state.st_mtime_ns, state.st_size)
            if seen != self._seen:
                self._keys = parsed(self._path.read_text("utf-8"))
                self._seen = seen
        except (OSError, UnicodeDecodeError, BadConfiguration):
            if self._seen is None:
                raise  # at start; later a half-written file must not lock callers out


def parsed(text: str) -> tuple[Key, ...]:
    """Return the keys of a file's *text*: ``name sha256:<hex> scope,scope`` a line.

    Raises:
        BadConfiguration: A line is not one; it is named by its number, never shown.
    """
    keys = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            name, digest, scopes = line.split()
            raw = bytes.fromhex(digest.removeprefix("sha256:"))
        except ValueError:
            raise BadConfiguration(
                f"line {number} of the key file is not: name sha256:<hex> scope,scope"
            ) from None
        granted = frozenset(scopes.split(","))
        if len(raw) != hashlib.sha256().digest_size or not granted <= set(SCOPES):
            raise BadConfiguration(
                f"line {number} of the key file has no SHA-256, or scopes beside {SCOPES}"
            )
        keys.append(Key(name, raw, granted))
    return tuple(keys)


def new_key(name: str, scopes: tuple[str, ...]) -> tuple[str, str]:
    """Return a new token, to be given to the caller, and its line for the key file."""
    token = f"kpi_{secrets.token_urlsafe(TOKEN_BYTES)}"
    digest = hashlib.sha256(token.encode()).hexdigest()
    return token, f"{name} sha256:{digest} {','.join(scopes)}"
