"""How does the sender of a hook prove who it is, as it was configured?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

from service.hooks.preset import Preset
from service.hooks.presets import PRESETS
from service.hooks.signature import key_of

Verify: TypeAlias = Literal["signature", "key", "none"]


@dataclass(frozen=True)
class Secrets:
    """The secrets of one preset, several while one replaces another, and what they are for."""

    verify: Verify
    secrets: tuple[str, ...] = ()


def secrets_for(preset: Preset, hooks: Mapping[str, Any]) -> Secrets:
    """Return what the configuration *hooks* says of *preset*.

    ``{"public_url": "https://kpi.example.com", "pipedrive": {"secrets": ["…"]}}``, with
    ``"verify"`` beside the secrets where the default does not suit: a signature
    where the sender can sign and a secret is there, else a key.  ``"none"`` is never
    a default.

    Raises:
        ValueError: It contradicts itself; the message names the entry.
    """
    entry = hooks.get(preset.name, {})
    secrets = tuple(entry.get("secrets", ()))
    signs = bool(preset.schemes and secrets)
    verify = entry.get("verify", "signature" if signs else "key")
    if verify not in get_args(Verify):
        raise ValueError(
            f"{preset.name}.verify is {verify!r}; it must be one of {', '.join(get_args(Verify))}"
        )
    if verify == "signature" and not preset.schemes:
        raise ValueError(f"{preset.name}.verify is signature, but the sender signs nothing")
    if verify == "signature" and not secrets:
        raise ValueError(f"{preset.name}.verify is signature, but it has no secrets")
    if not all(isinstance(one, str) and one for one in secrets):
        raise ValueError(f"{preset.name}.secrets must be texts that are not empty")
    if verify == "signature" and "standard-webhooks" in preset.schemes:
        for one in secrets:
            key_of(one)
    return Secrets(verify, secrets)


def check(hooks: Mapping[str, Any]) -> None:
    """Refuse a configuration that no request could be checked with.

    Raises:
        ValueError: The message names the entry.
    """
    for name in hooks.keys() - PRESETS.keys() - {"public_url"}:
        raise ValueError(f"hooks.{name} is no preset; known are {', '.join(PRESETS)}")
    for preset in PRESETS.values():
        secrets_for(preset, hooks)
