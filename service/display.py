"""Numbers for people: in the reader's number format, with the currency and the unit."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from babel import Locale
from babel.core import get_global
from babel.numbers import (
    format_currency,
    format_decimal,
    format_scientific,
    get_currency_precision,
)

from service.digits import significant
from service.metric import Display
from service.text import Language, translate
from service.units import FREE, Unit

CURRENCIES: frozenset[str] = frozenset(get_global("all_currencies"))

SCIENTIFIC_FROM = Decimal("1e15")
SMALL = Decimal("0.01")

_LOCALES = {"en": "en_US", "vi": "vi_VN", "zh": "zh_CN"}

PLURALS = {
    "day": "days",
    "hour": "hours",
    "impression": "impressions",
    "item": "items",
    "lead": "leads",
    "minute": "minutes",
    "month": "months",
    "order": "orders",
    "page": "pages",
    "period": "periods",
    "second": "seconds",
    "unit": "units",
    "visit": "visits",
    "year": "years",
}


def display(
    value: Decimal, unit: Unit, kind: Display, currency: str | None, language: Language
) -> str:
    """Return *value* as a reader of *language* expects it.

    A ratio is shown as percent, multiple or points by *kind*; money in the form
    of *currency*, as a plain number where none was given.
    """
    over, _, under = unit.label.partition("/")
    locale = _locale(language)
    if kind == "percent":
        return _decimal(value * 100, "#,##0.##", locale) + "%"
    if kind == "points":
        return f"{_decimal(value * 100, '#,##0.##', locale)} {translate('points', language)}"
    if kind == "multiple":
        return _decimal(value, "#,##0.0#", locale) + "x"
    if currency and (over == "money" or over in FREE):
        shown = _money(value, currency, locale)
    else:
        shown = _decimal(value, "#,##0.##", locale)
        if over in PLURALS:
            word = over if shown == "1" else PLURALS[over]
            shown = f"{shown} {translate(word, language)}"
    return f"{shown} / {translate(under, language)}" if under else shown


def _decimal(value: Decimal, pattern: str, locale: Locale) -> str:
    if abs(value) >= SCIENTIFIC_FROM:
        return format_scientific(significant(value, 6), "0.#####E0", locale)
    if value and abs(value) < SMALL:
        return _three_digits(value, locale)
    return format_decimal(value, pattern, locale)


def _money(value: Decimal, currency: str, locale: Locale) -> str:
    if abs(value) >= SCIENTIFIC_FROM:
        return f"{_decimal(value, '', locale)} {currency}"
    unseen = Decimal("0.5").scaleb(-get_currency_precision(currency))
    if value and (abs(value) <= unseen or abs(value) < SMALL):
        return f"{_three_digits(value, locale)} {currency}"
    return format_currency(value, currency, locale=locale)


def _three_digits(value: Decimal, locale: Locale) -> str:
    if value.adjusted() < -12:  # noqa: PLR2004  a row of zeros nobody can count
        return format_scientific(significant(value, 3), "0.##E0", locale)
    return format_decimal(significant(value, 3), "#,##0.##############", locale)


@cache
def _locale(language: Language) -> Locale:
    return Locale.parse(_LOCALES[language])
