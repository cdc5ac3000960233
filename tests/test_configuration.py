"""The configuration: read once, wrong values named by their variable, secrets hidden."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.configuration import (
    BadConfiguration,
    configured,
    require_keys_beyond_loopback,
    shown,
)


def test_defaults() -> None:
    """Without any variable the service listens on loopback, with two workers and no limit."""
    made = configured({})

    assert ("127.0.0.1:8000", 2, 0) == (made.bind, made.workers, made.rate_limit)


def test_the_environment_beats_the_file(tmp_path: Path) -> None:
    """A variable wins over the file, the file over the default."""
    path = tmp_path / "kpi.toml"
    path.write_text('workers = 3\nrate_limit = 10\ncors_origins = ["https://a.example"]\n')
    made = configured({"KPI_CONFIG": str(path), "KPI_WORKERS": "4"})

    assert (4, 10, ("https://a.example",)) == (made.workers, made.rate_limit, made.cors_origins)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("KPI_WORKERS", "many"),
        ("KPI_WORKERS", "0"),
        ("KPI_NO_AUTH", "perhaps"),
        ("KPI_HOOKS", "= broken"),
        ("KPI_CONFIG", "/nowhere/kpi.toml"),
    ],
)
def test_a_wrong_value_names_its_variable(variable: str, value: str) -> None:
    """What cannot be used is said with the variable's name."""
    with pytest.raises(BadConfiguration, match=variable):
        configured({variable: value})


def test_an_unknown_setting_is_refused(tmp_path: Path) -> None:
    """A misspelt setting in the file is refused, with those that are known."""
    path = tmp_path / "kpi.toml"
    path.write_text("worker = 3\n")

    with pytest.raises(BadConfiguration, match="workers"):
        configured({"KPI_CONFIG": str(path)})


def test_secrets_are_hidden_even_when_wrong() -> None:
    """Neither the list of settings nor a complaint shows a secret."""
    broken = 'hubspot = "geheim'
    with pytest.raises(BadConfiguration) as refused:
        configured({"KPI_HOOKS": broken})
    listed = shown(configured({"KPI_REDIS_URL": "redis://:geheim@r"}))

    assert "geheim" not in str(refused.value)
    assert "(hidden)" == listed["KPI_REDIS_URL"][0]


@pytest.mark.parametrize(
    "address", ["0.0.0.0:80", "[::]:80", "10.0.0.1:80", "kpi.example:80", ":80"]
)
def test_the_world_needs_keys(address: str) -> None:
    """An address that others reach is refused without keys, with both ways out."""
    with pytest.raises(BadConfiguration, match="--no-auth"):
        require_keys_beyond_loopback(configured({}), address)
    require_keys_beyond_loopback(configured({"KPI_NO_AUTH": "1"}), address)
    require_keys_beyond_loopback(configured({"KPI_KEY_FILE": "keys"}), address)


@pytest.mark.parametrize("address", ["127.0.0.1:80", "[::1]:80", "localhost:80", "unix:/run/kpi"])
def test_loopback_needs_none(address: str) -> None:
    """What only this machine reaches needs no keys."""
    require_keys_beyond_loopback(configured({}), address)
