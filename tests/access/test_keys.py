"""API keys: hashed, scoped, compared in constant time, changed without a restart."""

from __future__ import annotations

import hmac
from pathlib import Path

import pytest

from service.access.keys import KeyFile, new_key, parsed
from service.configuration import BadConfiguration


def test_a_new_key_opens(tmp_path: Path) -> None:
    """The token of a new line is found by its name, and no other token is."""
    token, line = new_key("crm", ("compute", "hooks"))
    (tmp_path / "keys").write_text(f"# ours\n\n{line}\n")
    keys = KeyFile(str(tmp_path / "keys"))

    found = keys.key_of(token)
    assert found is not None
    assert ("crm", {"compute", "hooks"}) == (found.name, found.scopes)
    assert keys.key_of(token + "x") is None
    assert keys.key_of("") is None


def test_the_token_is_not_in_its_line() -> None:
    """What is kept does not open anything."""
    token, line = new_key("crm", ("compute",))

    assert token not in line


def test_a_changed_file_counts_at_once(tmp_path: Path) -> None:
    """A key added to the file opens and one taken out does not, without a restart."""
    path = tmp_path / "keys"
    old, old_line = new_key("old", ("compute",))
    new, new_line = new_key("newer", ("compute",))
    path.write_text(old_line)
    keys = KeyFile(str(path))
    path.write_text(new_line)

    assert keys.key_of(new) is not None
    assert keys.key_of(old) is None


def test_a_broken_change_locks_nobody_out(tmp_path: Path) -> None:
    """A file that cannot be read leaves the keys that were."""
    path = tmp_path / "keys"
    token, line = new_key("crm", ("compute",))
    path.write_text(line)
    keys = KeyFile(str(path))
    path.write_text("half a li")

    assert keys.key_of(token) is not None


def test_every_key_is_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """How long it takes does not tell which key was near: all are compared, in constant time."""
    lines = [new_key(f"k{n}", ("compute",))[1] for n in range(5)]
    (tmp_path / "keys").write_text("\n".join(lines))
    keys = KeyFile(str(tmp_path / "keys"))
    compared: list[int] = []
    real = hmac.compare_digest
    monkeypatch.setattr(hmac, "compare_digest", lambda a, b: compared.append(1) or real(a, b))
    keys.key_of("no key")

    assert 5 == len(compared)


@pytest.mark.parametrize(
    "text", ["name", "n sha256:zz compute", "n sha256:00 compute", f"n sha256:{'0' * 64} all"]
)
def test_a_wrong_line_is_named_and_not_shown(text: str) -> None:
    """A line that is none is told by its number; it may hold a secret."""
    with pytest.raises(BadConfiguration, match="line 1") as refused:
        parsed(text)

    assert "0" * 64 not in str(refused.value)
