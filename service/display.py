"""Numbers for people: in the reader's number format, with the currency and the unit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property

from babel import Locale
from babel.core import get_global
from babel.numbers import (
    format_currency,
    format_decimal,
    format_scientific,
    get_currency_precision,
    get_decimal_symbol,
    get_group_symbol,
    get_minus_sign_symbol,
    parse_pattern,
)

from service.digits import significant
from service.metric import Display
from service.text import Language, translate
from service.units import FREE, Unit

CURRENCIES: frozenset[str] = frozenset(get_global("all_currencies"))

SCIENTIFIC_FROM = Decimal("1e18")
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
    if kind == "percent":
        return _decimal(value * 100, "#,##0.##", language) + "%"
    if kind == "points":
        return f"{_decimal(value * 100, '#,##0.##', language)} {translate('points', language)}"
    if kind == "multiple":
        return _decimal(value, "#,##0.0#", language) + "x"
    over, _, under = unit.label.partition("/")
    if currency and (over == "money" or over in FREE):
        shown = _money(value, currency, language)
    else:
        shown = _decimal(value, "#,##0.##", language)
        if over in PLURALS:
            word = over if shown == "1" else PLURALS[over]
            shown = f"{shown} {translate(word, language)}"
    return f"{shown} / {translate(under, language)}" if under else shown


def _decimal(value: Decimal, pattern: str, language: Language) -> str:
    size = abs(value)
    if size >= SCIENTIFIC_FROM:
        return format_scientific(significant(value, 6), "0.#####E0", _locale(language))
    if size < SMALL and value:
        return _three_digits(value, language)
    return _style(pattern, language).written(value)


def _money(value: Decimal, currency: str, language: Language) -> str:
    size = abs(value)
    if size >= SCIENTIFIC_FROM:
        return f"{_decimal(value, '', language)} {currency}"
    style = _currency_style(currency, language)
    if value and (size < SMALL or size <= style.unseen):
        return f"{_three_digits(value, language)} {currency}"
    return style.written(value)


def _three_digits(value: Decimal, language: Language) -> str:
    if value.adjusted() < -12:  # noqa: PLR2004  a row of zeros nobody can count
        return format_scientific(significant(value, 3), "0.##E0", _locale(language))
    return format_decimal(significant(value, 3), "#,##0.##############", _locale(language))


@dataclass(frozen=True)
class Style:
    """A number format of Babel, taken apart once: applying Babel's own takes 20 times as long."""

    before: str
    after: str
    minus: str
    group: str
    point: str
    fewest: int
    most: int

    @cached_property
    def unseen(self) -> Decimal:
        """Return the largest size that is rounded to nothing."""
        return Decimal("0.5").scaleb(-self.most)

    def written(self, value: Decimal) -> str:
        """Return *value* in this style, rounded half-even."""
        digits = f"{abs(value):,.{self.most}f}"
        whole, _, fraction = digits.partition(".")
        while len(fraction) > self.fewest and fraction.endswith("0"):
            fraction = fraction[:-1]
        shown = whole.replace(",", self.group) + (self.point + fraction if fraction else "")
        # Babel keeps the sign of what rounds to zero; nothing is less than nothing.
        sign = self.minus if value < 0 and digits.strip("0.,") else ""
        return f"{sign}{self.before}{shown}{self.after}"


@cache
def _style(pattern: str, language: Language) -> Style:
    fewest, most = parse_pattern(pattern).frac_prec
    return Style("", "", *_marks(language), fewest, most)


@cache
def _currency_style(currency: str, language: Language) -> Style:
    precision = get_currency_precision(currency)
    sample = format_currency(1, currency, locale=_locale(language))
    one = Style("", "", *_marks(language), precision, precision).written(Decimal(1))
    before, _, after = sample.partition(one)
    return Style(before, after, *_marks(language), precision, precision)


def _marks(language: Language) -> tuple[str, str, str]:
    locale = _locale(language)
    return get_minus_sign_symbol(locale), get_group_symbol(locale), get_decimal_symbol(locale)


@cache
def _locale(language: Language) -> Locale:
    return Locale.parse(_LOCALES[language])
