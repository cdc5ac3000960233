"""The lifetimes package as an oracle, with the parameters that it is handed."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any

with warnings.catch_warnings():  # importing it sets an option that pandas has retired
    warnings.simplefilter("ignore")
    from lifetimes import BetaGeoFitter, GammaGammaFitter


def purchases_with(parameters: Mapping[str, float]) -> Any:
    """Return a BG/NBD model with r, alpha, a and b."""
    fitter = BetaGeoFitter()
    fitter.params_ = parameters
    return fitter


def spend_with(parameters: Mapping[str, float]) -> Any:
    """Return a gamma-gamma model with p, q and v."""
    fitter = GammaGammaFitter()
    fitter.params_ = parameters
    return fitter
