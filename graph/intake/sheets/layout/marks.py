"""What the words of a row alone say about it: a total, a footnote, a date of issue, the same as above."""

from __future__ import annotations

import re
from functools import cache

from graph.intake.sheets.wording.empties import empty_kind
from graph.intake.sheets.wording.folding import fold
from ontology.sheet_words import load_sheet_words

_COUNTED = re.compile(
    r"\d+\s+(?:plän?e|planwerke|einträge|zeilen|plans|rows|konzepte)(?: insgesamt| gesamt)?", re.IGNORECASE
)
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_TO_COME = re.compile(
    r"(?:weitere|sonstige|andere)\b.*|.*\b(?:folgt|folgen|wird ergänzt|zu ergänzen|zu benennen)\W*|usw\.?|etc\.?|u\. ?a\.?"
    r"|tbd|tba"
    r"|\(?(?:neuer|neues) (?:plan|konzept|eintrag)\)?|titel|name|bitte .*",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_DITTO = 20
_SUMMED = re.compile(r"(?:zwischen|gesamt|end)?summen?\b|anzahl\b|[Σ∑]", re.IGNORECASE)
_SUM = re.compile(
    r"[\s:=()\d.,€]*|\s*[:=(].*|\s(?:blatt|bereich|abschnitt|seite|kapitel|teil|f|b)\b.{0,40}|\s*/.*",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(
    r"\*+\)?\s*\S.*|[¹²³⁴⁵⁶⁷⁸⁹]\)?\s*\S.*|\(?\d{1,2}\)\s*\S.*|\(\*+\)\s*.*"
    r"|(?:quellen?|anm(?:erkung(?:en)?|\.)|hinweise?|fu(?:ß|ss)noten?|bemerkung(?:en)?|source|note|footnotes?|nb|ps"
    r"|noch zu prüfen|offen|zu klären"
    r"|todo)\s*(?::.*|$)|fehlanzeige\b.*|(?:keine|derzeit keine) (?:planwerke|pläne|planungen)\b.*"
    r"|(?:hinweis|bitte|achtung|siehe|vgl\.?|letzter stand|nachrichtlich)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_ISSUE = re.compile(
    r"\(?\s*(?:stand|as of|bearbeitungsstand|datenstand|letzte änderung|zuletzt (?:geändert|aktualisiert)|erstellt|aktualisiert"
    r"|bearbeite[rt](?:in)?|ansprechpartner(?:in)?|kontakt|version|seite|druckdatum|ausgedruckt|rückfragen)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_LEGEND = re.compile(
    r"(?:legende|abkürzung(?:en|sverzeichnis)?|abk\.?|erläuterung(?:en)?|zeichenerklärung|farblegende|kürzel|key|legend"
    r"|abbreviations?|glossar)\b[^a-zäöü]*.{0,40}",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(
    r"(?:beispiel|muster|example)(?:\b\s*(?:[:(].*|zeile.*|eintrag.*)?|-\s?\w.*)|z\. ?b\.:?|bsp\.?:?|e\. ?g\.:?",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"(?:\d{1,4}|[ivxlc]{1,6}|[a-z])?(?:[.\-]?\d{1,3})*[a-z]?[.):]?", re.IGNORECASE)
_PLAN_WORD = re.compile(
    r"(?:plan|planung|konzept|konzeption|strategie|programm|leitbild|leitlinien?|bericht|agenda|charta|richtlinien?|satzung"
    r"|fortschreibung|monitoring|atlas|kataster|rahmen|pakt|vereinbarung|isek|insek|strategy|programme?|concept|report)"
    r"(?:s|es)?\b",
    re.IGNORECASE,
)
_UNIT_NAME = re.compile(
    r"(?:fb|fachbereich|amt|abt\.?|abteilung|referat|dezernat|dez\.?|stabsstelle|stabstelle|eigenbetrieb|fachdienst|fd"
    r"|geschäftsbereich|sachgebiet|department|dept\.?)\b.*|(?:[a-zäöü]+amt|[ae] ?\d{1,3}(?:[/.]\d+)?)(?:\s*\(.*\))?",
    re.IGNORECASE | re.DOTALL,
)
_LEGEND_LEAD = re.compile(
    r"(?:legende|abkürzungen|abk\.|erläuterung(?:en)?|legend|abbreviations)\s*:\s*", re.IGNORECASE
)
_PAIR = re.compile(r"(\S{1,10}(?: \d{1,3})?)\s*=\s*([^=]{2,60})", re.DOTALL)


def is_total(text: str) -> bool:
    """Whether a row begins with a sum or a count.

    >>> is_total("Gesamt: 38 Pläne"), is_total("Gesamtverkehrsplan"), is_total("Summe Blatt / Übertrag")
    (True, False, True)
    """
    said = text.strip()
    if _COUNTED.fullmatch(said) or _SUMMED.match(said) or fold(said) in _totals():
        return True
    return any(
        said.casefold().startswith(word) and _SUM.fullmatch(said[len(word) :]) for word in _total_starts()
    )


@cache
def _totals() -> frozenset[str]:
    return frozenset(fold(word) for word in load_sheet_words().lists["totals"]) - {""}


@cache
def _total_starts() -> tuple[str, ...]:
    lists = load_sheet_words().lists
    return tuple(
        sorted(
            {word.casefold().rstrip(":") for word in (*lists["totals"], *lists["total_starts"])},
            key=len,
            reverse=True,
        )
    )


def is_footnote(text: str) -> bool:
    """Whether a text is a note to the table.

    >>> is_footnote("* vorläufig"), is_footnote("1) Stand der Beratung"), is_footnote("Quelle: eigene Erhebung")
    (True, True, True)
    >>> is_footnote("Hinweisgeberkonzept")
    False
    """
    return bool(_FOOTNOTE.fullmatch(text.strip()))


def is_issue(text: str) -> bool:
    """Whether a text says the state of the list itself.

    >>> is_issue("Stand: 12.03.2019"), is_issue("Standortkonzept")
    (True, False)
    """
    return bool(_ISSUE.fullmatch(text.strip()))


def is_legend(text: str) -> bool:
    """Whether a text announces a legend.

    >>> is_legend("Abkürzungen:"), is_legend("Legendenkonzept")
    (True, False)
    """
    return bool(_LEGEND.fullmatch(text.strip()))


def is_ditto(text: str) -> bool:
    """Whether a cell says the same as the one above.

    >>> is_ditto('"'), is_ditto("s.o."), is_ditto("dito"), is_ditto("-")
    (True, True, True, False)
    """
    return len(text) <= _LONGEST_DITTO and _bare(text) in _dittos()


@cache
def _dittos() -> frozenset[str]:
    return frozenset(_bare(word) for word in load_sheet_words().lists["ditto"])


def _bare(text: str) -> str:
    return "".join(text.casefold().split())


def is_example(text: str) -> bool:
    """Whether a row is the filled-in example of a form.

    >>> is_example("Beispiel: Sportentwicklungsplan"), is_example("Musterstadtkonzept")
    (True, False)
    """
    return bool(_EXAMPLE.fullmatch(text.strip()))


def is_ordinal(text: str) -> bool:
    """Whether a text only counts.

    >>> is_ordinal("12"), is_ordinal("3.1"), is_ordinal("IV."), is_ordinal("SEP")
    (True, True, True, False)
    """
    stripped = text.strip()
    return bool(stripped) and bool(_ORDINAL.fullmatch(stripped))


def is_placeholder(text: str) -> bool:
    """Whether a text stands where a title will come, or says that there is none.

    >>> is_placeholder("N.N."), is_placeholder("weitere Pläne folgen"), is_placeholder("Weiterbildungsplan")
    (True, True, False)
    """
    return bool(empty_kind(text)) or not _LETTERS.search(text) or bool(_TO_COME.fullmatch(text.strip()))


def is_plan_title(text: str) -> bool:
    """Whether a text ends a word as titles of single plans do.

    >>> is_plan_title("Schulentwicklungsplan 2021"), is_plan_title("Jugend und Bildung"), is_plan_title("Fachpläne")
    (True, False, False)
    """
    return bool(_PLAN_WORD.search(text))


def is_unit_name(text: str) -> bool:
    """Whether a text names nothing but an organisational unit.

    >>> is_unit_name("FB 45"), is_unit_name("Fachbereich 45 - Kinder, Jugend und Schule"), is_unit_name("Amtsblattkonzept")
    (True, True, False)
    """
    return bool(_UNIT_NAME.fullmatch(text.strip())) and not is_plan_title(text)


def abbreviations_in(text: str) -> tuple[tuple[str, str], ...]:
    """Return the abbreviations that a text explains with equals signs, with their meanings.

    >>> abbreviations_in("FB = Fachbereich; JHA = Jugendhilfeausschuss")
    (('FB', 'Fachbereich'), ('JHA', 'Jugendhilfeausschuss'))
    >>> abbreviations_in("Ziel = Teilhabe aller Menschen in allen Lebenslagen und Quartieren, auch im Alter")
    ()
    """
    said = _LEGEND_LEAD.sub("", text.strip())
    parts = [part for part in re.split(r"[;\n]|,(?=\s*[^\s,=]{1,12}\s*=)", said) if part.strip()]
    found = [_PAIR.fullmatch(part.strip()) for part in parts]
    if not parts or not all(found):
        return ()
    return tuple((match[1].strip(), match[2].strip()) for match in found if match)
