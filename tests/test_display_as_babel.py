"""The prepared number styles write what Babel writes."""

from __future__ import annotations

from decimal import Decimal

import pytest
from babel import Locale
from babel.numbers import format_currency, format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from service.display import CURRENCIES, display
from service.units import unit

LOCALES = {"en": "en_US", "vi": "vi_VN", "zh": "zh_CN"}
amounts = st.decimals(Decimal("-1e14"), Decimal("1e14"), places=6, allow_nan=False).filter(
    lambda amount: abs(amount) >= 1
)
deterministic = settings(derandomize=True, deadline=None)


@pytest.mark.parametrize("language", LOCALES)
@deterministic
@given(amount=amounts)
def test_plain_numbers(language: str, amount: Decimal) -> None:
    """A number without a unit is Babel's, with two decimals at most."""
    locale = Locale.parse(LOCALES[language])

    assert format_decimal(amount, "#,##0.##", locale) == display(
        amount, unit("index"), "plain", None, language
    )


@pytest.mark.parametrize("language", LOCALES)
@deterministic
@given(amount=amounts, currency=st.sampled_from(sorted(CURRENCIES)))
def test_money(language: str, amount: Decimal, currency: str) -> None:
    """Money in any currency is Babel's own form."""
    locale = Locale.parse(LOCALES[language])

    assert format_currency(amount, currency, locale=locale) == display(
        amount, unit("money"), "plain", currency, language
    )
