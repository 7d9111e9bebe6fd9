"""Numbers in a cell that look like dates and are none: papers, laws, amounts, durations, times of day."""

from __future__ import annotations

YEAR = r"(?:1[89]\d\d|20\d\d|2100)"
DAY = r"(?:0?[1-9]|[12]\d|3\d)"
MONTH = r"\d{1,2}"
AFTER = r"(?![\w*])(?![.,/:]\d)"

_PAPERS = (
    r"\b(?:Vorlagen?|Vorl|VL|Drs|Drucksachen?|DS|Ds|Beschluss|Beschl|Az|AZ|GZ|TOP|Nr|No|Tel|Telefon|Fax|lfd)\b\.?\s?-?"
    r"(?:Nr\b\.?|Nummer|no\.)?\s*:?\s*"
    rf"(?!{DAY}\.\s?{MONTH}\.)(?!{YEAR}{AFTER})(?!{MONTH}[/.]{YEAR}{AFTER})(?=[\w/.-]*\d)[\w/.-]*\w"
)
_NUMBERED = (
    r"\b(?:Vorlagen?|Drs|Drucksachen?|DS|Az|AZ|Nr)\b\.?[\s-]*(?:Nr\b\.?|Nummer)?\s*:?\s*[\w/.-]*\d[\w/.-]*(?<=\w)"
    r"|\b[A-ZÄÖÜ][\w.]*\s?\d*/\d{3,}(?:-\w+)?/\w+"
)
_LAWS = (
    r"§+\s*\d+\w*(?:\s*(?:Abs|Satz|S|Nr|ff?)\b\.?\s*\d*)*"
    r"|\b(?:GV|BGBl|GVBl|ABl|MBl)\b\.?[^;\n]*"
)
_AMOUNTS = (
    r"(?<![\w.])\d[\d.,]*\s?(?:€|%|(?:EUR|Euro|T€|TEUR|Mio|Mrd|m²|(?-i:qm|ha|km|kWh)|Einwohner\w*|(?-i:EW)|Personen|Pers"
    r"|Plätze\w*|Stück|Std|Wohnungen|Wohneinheiten|(?-i:WE)|VZÄ|Stellen|Kinder|Maßnahmen|Seiten|(?-i:S\.)|Exemplare"
    r"|Pläne|Ziele|Haushalte|inhabitants|people|pages)\b)"
)
_DURATIONS = (
    r"(?<![\d.,/])\d{1,3}(?:[.,]\d)?(?:\s?[-–/]\s?\d{1,3})?[\s-]?"
    r"(?:jährig\w*|jährlich\w*|Jahre?n?\b|J\.|Jhr?\.|Monat\w*|Mon\.|Wochen?\b|Tagen?\b|years?\b|months?\b|yrs?\b"
    r"|Wahlperioden?\b)"
)
_OTHERS = (
    r"https?://\S+|www\.\S+|\S+@\S+|\bWP\s?\d+|(?<!-\d\d[ T])(?<![\d:])\d{1,2}:\d\d(?::\d\d)?\b"
    r"|(?<!\d)(?:19|20)?\d0er\b(?:\s+Jahren?)?"
)
NO_DATES = (_PAPERS, _NUMBERED, _LAWS, _AMOUNTS, _DURATIONS, _OTHERS)
