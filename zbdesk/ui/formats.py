"""How figures, dates and times are written: one way in the whole window, the organization's.

Grouping and decimal mark follow the organization's country (12,34,567.89 in India), decimals the currency. Amounts stay
``Decimal`` from the database to the text; no float is ever made of one. Must not read the clock or the database.
Invariant: no digit of an amount is dropped, even where a currency usually has fewer decimals.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from datetime import date as calendar_day
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.core import Locale, UnknownLocaleError
from babel.numbers import get_currency_precision
from PySide6.QtCore import QCoreApplication, QLocale

from zbdesk.domain.views import Organization

MINUS = "\N{MINUS SIGN}"
ISOLATE, END_ISOLATE = "\N{LEFT-TO-RIGHT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"

# Where a currency itself says how its people group; used when the country is not known.
_TERRITORY_OF_CURRENCY = {"INR": "IN", "PKR": "PK", "BDT": "BD", "NPR": "NP", "LKR": "LK", "CHF": "CH"}


# Where day, month and year do not stand one after the other with blanks between.
_DAYS = {"de": "{day}. {month} {year}", "ja": "{year}年{month}{day}日"}


class _Window:
    """What counts for formats that are made without it: the language, and how an amount below zero is written."""

    language = "en"
    parentheses = False


def use_language(language: str) -> None:
    """Months and weekdays in this language from now on; figures stay as the organization has them."""
    _Window.language = language


def use_negative(setting: str) -> None:
    """Amounts below zero with a minus sign or in parentheses (``minus``, ``parentheses``, ``system``) from now on.

    Only Windows lets people choose this for the whole computer; elsewhere the system's way is a minus sign.
    """
    _Window.parentheses = setting == "parentheses" or (setting == "system" and _system_has_parentheses())


def _system_has_parentheses() -> bool:
    return sys.platform == "win32" and "(" in QLocale.system().toCurrencyString(-1.0)


@dataclass(frozen=True, slots=True)
class Grouping:
    """Digits left of the decimal mark: the first group, the following ones, and the marks themselves."""

    first: int = 3
    next: int = 3
    mark: str = ","
    decimal: str = "."


@lru_cache(maxsize=64)
def grouping_of(country: str, currency: str) -> Grouping:
    """The grouping of an organization, by its country (name or two letters) or else its base currency."""
    territory = _territory(country) or _TERRITORY_OF_CURRENCY.get(currency, "")
    try:
        locale = Locale.parse(f"en_{territory}") if territory else Locale.parse("en")
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse("en")
    first, following = locale.decimal_formats[None].grouping
    symbols = locale.number_symbols.get("latn", {})
    mark = str(symbols.get("group", ","))
    return Grouping(
        first, following, "\N{NO-BREAK SPACE}" if mark.isspace() else mark, str(symbols.get("decimal", "."))
    )


@lru_cache(maxsize=64)
def _territory(country: str) -> str:
    if len(country) == 2 and country.isalpha():
        return country.upper()
    if not country:
        return ""
    wanted = country.casefold()
    names = Locale.parse("en").territories
    return next((code for code, name in names.items() if len(code) == 2 and name.casefold() == wanted), "")


@lru_cache(maxsize=256)
def decimals_of(currency: str | None) -> int:
    """How many decimals an amount of this currency is shown with: JPY 0, INR 2, KWD 3."""
    return get_currency_precision(currency) if currency else 2


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


class Formats:
    """The organization's way of writing. Cheap to make; used from the main thread and from pool threads alike."""

    def __init__(self, organization: Organization | None = None, *, language: str = "") -> None:
        found = organization or Organization("", "")
        self.zone = _zone(found.time_zone)
        self.grouping = grouping_of(found.country, found.currency_code)
        self._language = language or _Window.language
        self._months, self._days = _names(self._language)
        self._parentheses = _Window.parentheses

    def count(self, number: int) -> str:
        """1,04,270."""
        return self._grouped(str(abs(number)), negative=number < 0)

    def amount(self, value: Decimal | None, currency: str | None) -> str:
        """The figure without its code: 12,34,567.89; missing amounts are empty, never zero.

        Below zero it has a minus sign in front or stands in parentheses, as chosen.
        """
        if value is None:
            return ""
        places = max(decimals_of(currency), _decimals_needed(value))
        sign, digits, exponent = value.as_tuple()
        assert isinstance(exponent, int)  # noqa: S101 - amounts are finite: the store keeps integers
        shift = places + exponent
        text = "".join(map(str, digits)) + "0" * shift if shift >= 0 else "".join(map(str, digits))[:shift]
        text = text.rjust(places + 1, "0")
        whole, fraction = (text[:-places], text[-places:]) if places else (text, "")
        figure = self._grouped(whole.lstrip("0") or "0", fraction)
        if not (sign and any(digits)):
            return figure
        return f"({figure})" if self._parentheses else MINUS + figure

    def decimals_shown(self, figure: str) -> int:
        """How many decimals this figure of ours is written with."""
        _, mark, fraction = figure.rpartition(self.grouping.decimal)
        return sum(sign.isdigit() for sign in fraction) if mark else 0

    def money(self, value: Decimal | None, currency: str | None) -> str:
        """The figure after its code, kept left-to-right: INR 12,34,567.89."""
        if value is None:
            return ""
        figure = self.amount(value, currency)
        return isolate(f"{currency}\N{NO-BREAK SPACE}{figure}" if currency else figure)

    def date(self, iso: str | None) -> str:
        """14 Nov 2026; a text that is no date is shown as it came."""
        if not iso:
            return ""
        try:
            day = calendar_day.fromisoformat(iso[:10])
        except ValueError:
            return iso
        return self.day(day)

    def day(self, day: calendar_day) -> str:
        """14 Nov 2026; the month is a word in every language, so that no date is read the wrong way round."""
        pattern = _DAYS.get(self._language, "{day} {month} {year}")
        return pattern.format(day=day.day, month=self._months[day.month], year=day.year)

    def month(self, number: int) -> str:
        """Nov."""
        return self._months[number]

    def time(self, moment: datetime) -> str:
        """10:14, in the organization's zone."""
        return moment.astimezone(self.zone).strftime("%H:%M")

    def clock(self, moment: datetime) -> str:
        """10:14:08 with the zone's short name where it has one."""
        local = moment.astimezone(self.zone)
        return f"{local:%H:%M:%S} {self.zone_name(moment)}"

    def zone_name(self, moment: datetime) -> str:
        """IST, CET, or the offset from UTC where the zone has no short name."""
        name = moment.astimezone(self.zone).tzname() or ""
        return name if name.isalpha() else f"UTC{name}"

    def moment(self, moment: datetime, now: datetime) -> str:
        """The time of today, "yesterday 18:02", a weekday within six days, or the whole date."""
        local, today = moment.astimezone(self.zone), now.astimezone(self.zone).date()
        clock, days = local.strftime("%H:%M"), (today - local.date()).days
        if days == 0:
            return clock
        if days == 1:
            return _tr("yesterday {time}").format(time=clock)
        if days == -1:
            return _tr("tomorrow {time}").format(time=clock)
        if 1 < days < 7:
            return f"{self._days[local.weekday()]} {clock}"
        return f"{self.day(local.date())} {clock}"

    def stamp(self, moment: datetime) -> str:
        """The full moment for tooltips and detail panes: 14 Nov 2026 10:14 IST."""
        local = moment.astimezone(self.zone)
        return f"{self.day(local.date())} {local:%H:%M} {self.zone_name(moment)}"

    def ago(self, moment: datetime, now: datetime) -> str:
        """How long since: "just now", "40 seconds ago", "2 minutes ago"; from a day on, the date."""
        seconds = int((now - moment).total_seconds())
        if seconds < 5:
            return _tr("Just now")
        if seconds < 60:
            return _plural("%n second(s) ago", seconds)
        if seconds < 3600:
            return _plural("%n minute(s) ago", seconds // 60)
        if seconds < 86400:
            return _plural("%n hour(s) ago", seconds // 3600)
        return self.moment(moment, now)

    def duration(self, span: timedelta) -> str:
        """A span in words, rounded up: "40 seconds", "6 minutes", "2 hours"."""
        seconds = max(0, int(span.total_seconds()))
        if seconds < 60:
            return _plural("%n second(s)", seconds)
        if seconds < 5400:
            return _plural("%n minute(s)", -(-seconds // 60))
        return _plural("%n hour(s)", -(-seconds // 3600))

    def size(self, count: int) -> str:
        """Bytes as people say them: 48 MB."""
        value = count
        for unit in (_tr("bytes"), "kB", "MB"):
            if value < 1000:
                return f"{value} {unit}"
            value = round(value / 1000)
        return f"{value} GB"

    def _grouped(self, whole: str, fraction: str = "", *, negative: bool = False) -> str:
        rule = self.grouping
        parts = [whole[-rule.first :]]
        rest = whole[: -rule.first]
        while rest:
            parts.append(rest[-rule.next :])
            rest = rest[: -rule.next]
        text = rule.mark.join(reversed(parts))
        if fraction:
            text = f"{text}{rule.decimal}{fraction}"
        return MINUS + text if negative else text


def is_negative(figure: str) -> bool:
    """Whether a figure of ours is below zero."""
    return figure.startswith((MINUS, "("))


def spoken(text: str) -> str:
    """The text as it is read aloud: an amount below zero says "minus", whichever way it is written.

    Screen readers skip U+2212 and parentheses, and would read a credit as a debt. Figures of ours only: other
    parentheses stay as they are.
    """
    if MINUS not in text and "(" not in text:
        return text
    word = _tr("minus %1")
    text = _IN_PARENTHESES.sub(lambda found: found["code"] + word.replace("%1", found["figure"]), text)
    return _WITH_MINUS.sub(lambda found: word.replace("%1", found["figure"]), text)


_FIGURE = r"(?P<figure>\d(?:[\d.,\u2019'\u00a0\u202f]*\d)?)"
_WITH_MINUS = re.compile(rf"{MINUS}{_FIGURE}")
_IN_PARENTHESES = re.compile(rf"(?:(?P<code>^|{ISOLATE}|{ISOLATE}[A-Z]{{3}}\u00a0))\({_FIGURE}\)(?=$|{END_ISOLATE})")
"""A whole text, or a whole isolated part of one: "Invoices (3)" is neither."""


def isolate(text: str) -> str:
    """Keep numbers, amounts and ids in reading order inside right-to-left sentences."""
    return f"{ISOLATE}{text}{END_ISOLATE}"


def own_direction(text: str) -> str:
    """Keep a Latin name in its own reading order: the full stop of "Pvt. Ltd." stays at its end in Arabic too.

    A text with words from right to left in it follows the window.
    """
    if any("\u0590" <= sign <= "\u08ff" for sign in text):
        return text
    return f"\N{FIRST STRONG ISOLATE}{text}{END_ISOLATE}"


def _decimals_needed(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


@lru_cache(maxsize=8)
def _names(language: str) -> tuple[dict[int, str], dict[int, str]]:
    try:
        locale = Locale.parse(language, sep="-" if "-" in language else "_")
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse("en")
    return dict(locale.months["format"]["abbreviated"]), dict(locale.days["format"]["abbreviated"])


def _tr(text: str) -> str:
    return QCoreApplication.translate("Formats", text)


# Without a translation file Qt shows the source text, so the English plural is chosen here; a file overrules it.
_ENGLISH = {
    "%n second(s) ago": ("%n second ago", "%n seconds ago"),
    "%n minute(s) ago": ("%n minute ago", "%n minutes ago"),
    "%n hour(s) ago": ("%n hour ago", "%n hours ago"),
    "%n second(s)": ("%n second", "%n seconds"),
    "%n minute(s)": ("%n minute", "%n minutes"),
    "%n hour(s)": ("%n hour", "%n hours"),
}


def _plural(text: str, number: int) -> str:
    return plural("Formats", text, number, *_ENGLISH[text])


def plural(context: str, key: str, number: int, one: str, many: str, shown: str | None = None) -> str:  # noqa: PLR0917 - the order of Qt's own call
    """A counted phrase: the translation's own plural form, or English. ``shown`` is the grouped figure."""
    translated = QCoreApplication.translate(context, key, "", number)
    untouched = key.replace("%n", str(number))
    source = (one if number == 1 else many) if translated in {key, untouched} else translated
    text = source.replace("%n", "{n}") if source in {one, many} else source.replace(str(number), "{n}", 1)
    return text.replace("{n}", shown if shown is not None else str(number))
