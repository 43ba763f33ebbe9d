"""Names of months in the languages whose exports are met most, full and short, folded: a table for reading dates."""

# ruff: noqa: ISC004 - a line a language

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_NAMES = (
    # one line a language, the months by commas, spellings of one month by bars
    "january|jan,february|feb,march|mar,april|apr,may,june|jun,july|jul,august|aug,september|sep|sept,october|oct,"
    "november|nov,december|dec",
    "januar|jan|jän|jänner,februar|feb|feber,märz|mär|mrz|maerz,april|apr,mai,juni|jun,juli|jul,august|aug,"
    "september|sep,oktober|okt,november|nov,dezember|dez",
    "janvier|janv,février|fevrier|févr|fevr|fév,mars,avril|avr,mai,juin,juillet|juil,août|aout,septembre,octobre,"
    "novembre,décembre|decembre|déc",
    "enero|ene,febrero,marzo,abril|abr,mayo,junio,julio,agosto|ago,septiembre|setiembre|set,octubre,noviembre,"
    "diciembre|dic",
    "janeiro,fevereiro|fev,março|marco,abril|abr,maio|mai,junho,julho,agosto|ago,setembro|set,outubro|out,novembro,"
    "dezembro|dez",
    "gennaio|gen,febbraio,marzo,aprile,maggio|mag,giugno|giu,luglio|lug,agosto|ago,settembre|set,ottobre|ott,novembre,"
    "dicembre|dic",
    "januari,februari,maart|mrt,april,mei,juni,juli,augustus,september,oktober,november,december",
    "styczeń|stycznia|sty,luty|lutego|lut,marzec|marca,kwiecień|kwietnia|kwi,maj|maja,czerwiec|czerwca|cze,"
    "lipiec|lipca|lip,sierpień|sierpnia|sie,wrzesień|września|wrz,październik|października|paź,listopad|listopada|lis,"
    "grudzień|grudnia|gru",
    "январь|января|янв,февраль|февраля|фев,март|марта|мар,апрель|апреля|апр,май|мая,июнь|июня|июн,июль|июля|июл,"
    "август|августа|авг,сентябрь|сентября|сен|сент,октябрь|октября|окт,ноябрь|ноября|ноя|нояб,декабрь|декабря|дек",
    "ocak|oca,şubat|şub,mart,nisan|nis,mayıs,haziran|haz,temmuz|tem,ağustos|ağu,eylül|eyl,ekim|eki,kasım|kas,aralık|ara",
    "يناير,فبراير,مارس,أبريل,مايو,يونيو,يوليو,أغسطس,سبتمبر,أكتوبر,نوفمبر,ديسمبر",
    "जनवरी,फ़रवरी|फरवरी,मार्च,अप्रैल,मई,जून,जुलाई,अगस्त,सितंबर,अक्टूबर|अक्तूबर,नवंबर,दिसंबर",
)


def _table() -> dict[str, int]:
    """Every spelling to its month. A spelling that means different months in two languages is left out."""
    found: dict[str, int] = {}
    clashing: set[str] = set()
    for language in _NAMES:
        for number, spellings in enumerate(language.split(","), 1):
            for spelling in spellings.split("|"):
                if found.setdefault(spelling.casefold(), number) != number:
                    clashing.add(spelling.casefold())
    return {spelling: number for spelling, number in found.items() if spelling not in clashing}


MONTHS: Mapping[str, int] = MappingProxyType(_table())
