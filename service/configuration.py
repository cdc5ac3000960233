"""Every setting of the service: one frozen object, read once at start.

A setting comes from its environment variable, else from the TOML file that
``KPI_CONFIG`` names, else it has its default.  What is wrong is said with the
variable's name before anything is served.
"""

from __future__ import annotations

import ipaddress
import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any

PREFIX = "KPI_"
FILE_VARIABLE = "KPI_CONFIG"
HIDDEN = "(hidden)"


class BadConfiguration(Exception):
    """A setting cannot be used; the message names its variable."""


def _whole(text: Any, low: int, high: int) -> int:
    number = int(text)
    if not low <= number <= high:
        raise ValueError(f"must be from {low} to {high}")
    return number


def _between(low: int, high: int) -> Callable[[Any], int]:
    return lambda text: _whole(text, low, high)


def _flag(text: Any) -> bool:
    known = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    return known[str(text).lower()]


def _words(text: Any) -> tuple[str, ...]:
    listed = text if isinstance(text, list) else str(text).split(",")
    return tuple(word.strip() for word in listed if word.strip())


def _table(value: Any) -> Mapping[str, Any]:
    if isinstance(value, str):
        value = tomllib.loads(value)
    return dict(value)


def _setting(default: Any, read: Callable[[Any], Any], told: str, *, secret: bool = False) -> Any:
    return field(default=default, metadata={"read": read, "told": told, "secret": secret})


@dataclass(frozen=True)
class Configuration:
    """The settings; the metadata of each tells how it is read and what it is for."""

    bind: str = _setting("127.0.0.1:8000", str, "Address and port to listen on.")
    workers: int = _setting(2, _between(1, 64), "Worker processes; one per core.")
    key_file: str = _setting(
        "",
        str,
        "File of API keys, a line each, written by `kpi-service key`; read again when"
        " it changes. Without it the service listens on loopback only.",
    )
    no_auth: bool = _setting(False, _flag, "Serve other addresses than loopback without keys.")  # noqa: FBT003
    rate_limit: int = _setting(
        0,
        _between(0, 10_000_000),
        "Requests a minute for each key, or for each address without one; 0 is no limit.",
    )
    redis_url: str = _setting(
        "",
        str,
        "Redis that replicas share their counts in; without it a limit holds for one"
        " process group.",
        secret=True,
    )
    cors_origins: tuple[str, ...] = _setting(
        (), _words, "Origins whose pages may call, separated by commas; * is every one."
    )
    public_url: str = _setting(
        "", str, "The address under which senders know the service; signed webhooks need it."
    )
    body_limit: int = _setting(
        64 * 1024, _between(1024, 2**30), "Bytes of a body that computes one closed formula."
    )
    bulk_limit: int = _setting(
        16 * 1024 * 1024, _between(1024, 2**30), "Bytes of a batch or of records."
    )
    most_items: int = _setting(10_000, _between(1, 1_000_000), "Items of a batch.")
    most_lines: int = _setting(100_000, _between(1, 10_000_000), "Lines of an NDJSON batch.")
    drain_seconds: int = _setting(
        3, _between(0, 600), "Seconds between SIGTERM, when /readyz turns 503, and the stop."
    )
    access_log: bool = _setting(
        True,  # noqa: FBT003
        _flag,
        "Write a line of JSON for each request to the standard output.",
    )
    measure: bool = _setting(
        True,  # noqa: FBT003
        _flag,
        "Keep figures for Prometheus, at /metrics.",
    )
    hooks: Mapping[str, Any] | None = _setting(
        None,
        _table,
        "Secrets of the webhook presets, a table for each.",
        secret=True,
    )

    @property
    def protected(self) -> bool:
        """Tell whether callers need a key."""
        return bool(self.key_file)


def configured(environment: Mapping[str, str] = os.environ) -> Configuration:
    """Return the configuration of this process.

    Raises:
        BadConfiguration: A value cannot be read, or a name is not known.
    """
    settings = {one.name: one for one in fields(Configuration)}
    found = _from_file(environment.get(FILE_VARIABLE, ""), settings)
    for name, one in settings.items():
        variable = PREFIX + name.upper()
        if variable in environment:
            found[name] = _read(one, variable, environment[variable])
    return Configuration(**found)


def shown(configuration: Configuration) -> dict[str, tuple[str, str]]:
    """Return each variable with its value, secrets hidden, and what it is for."""
    made = {}
    for one in fields(Configuration):
        value = getattr(configuration, one.name)
        text = ",".join(value) if isinstance(value, tuple) else str(value)
        if one.metadata["secret"]:
            text = HIDDEN if value else ""
        made[PREFIX + one.name.upper()] = (text, one.metadata["told"])
    return made


def require_keys_beyond_loopback(configuration: Configuration, address: str) -> None:
    """Refuse to serve others than this machine without keys, unless that was asked for.

    Raises:
        BadConfiguration: The message shows both ways out.
    """
    if configuration.protected or configuration.no_auth or _is_loopback(address):
        return
    raise BadConfiguration(
        f"{address} can be reached from outside and no API keys are configured. Either make one"
        " with `kpi-service key NAME >> keys` and set KPI_KEY_FILE=keys, or say that everybody may"
        " call: `kpi-service serve --no-auth`, or KPI_NO_AUTH=1."
    )


def _is_loopback(address: str) -> bool:
    if address.startswith("unix:") or "/" in address:
        return True
    host = address.rpartition(":")[0].strip("[]") if ":" in address else address
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _from_file(path: str, settings: Mapping[str, Field[Any]]) -> dict[str, Any]:
    if not path:
        return {}
    try:
        given = tomllib.loads(Path(path).read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise BadConfiguration(f"{FILE_VARIABLE}={path} cannot be read: {error}") from None
    unknown = given.keys() - settings.keys()
    if unknown:
        raise BadConfiguration(
            f"{path} has unknown settings: {', '.join(sorted(unknown))}; known are"
            f" {', '.join(settings)}"
        )
    return {
        name: _read(settings[name], f"{name} in {path}", value) for name, value in given.items()
    }


def _read(one: Field[Any], variable: str, value: Any) -> Any:
    try:
        return one.metadata["read"](value)
    except (ValueError, KeyError, TypeError, tomllib.TOMLDecodeError) as error:
        given = HIDDEN if one.metadata["secret"] else repr(value)
        raise BadConfiguration(f"{variable}={given} cannot be used: {error}") from None
