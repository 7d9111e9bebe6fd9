"""The words of SPARQL that may be asked with, and what each does, for people who seldom write it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ontology.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

KEYWORDS: Mapping[str, Text] = {
    "PREFIX": Text("kürzt eine Adresse ab", "abbreviates an address"),
    "SELECT": Text("fragt nach einer Tabelle", "asks for a table"),
    "SELECT DISTINCT": Text("Tabelle ohne doppelte Zeilen", "table without rows said twice"),
    "ASK": Text("fragt nach Ja oder Nein", "asks for yes or no"),
    "CONSTRUCT": Text("fragt nach Aussagen, als Graph", "asks for statements, as a graph"),
    "DESCRIBE": Text("fragt nach allem über ein Ding", "asks for all about a thing"),
    "WHERE": Text("die Bedingungen", "the conditions"),
    "OPTIONAL": Text("wenn vorhanden, sonst leer", "where there is one, else empty"),
    "FILTER": Text("behält nur Zeilen, für die gilt", "keeps rows for which it holds"),
    "MINUS": Text("nimmt Zeilen weg, für die gilt", "takes rows away for which it holds"),
    "UNION": Text("das eine oder das andere", "the one or the other"),
    "GRAPH": Text("wer es sagt: die Quelle", "who says so: the source"),
    "BIND": Text("gibt einem Ausdruck einen Namen", "gives an expression a name"),
    "VALUES": Text("zählt Werte auf", "lists values"),
    "ORDER BY": Text("sortiert", "sorts"),
    "GROUP BY": Text("fasst Zeilen zusammen", "puts rows together"),
    "HAVING": Text("behält nur Gruppen, für die gilt", "keeps groups for which it holds"),
    "LIMIT": Text("höchstens so viele Zeilen", "at most so many rows"),
    "OFFSET": Text("überspringt so viele Zeilen", "skips so many rows"),
    "DESC": Text("absteigend", "descending"),
    "ASC": Text("aufsteigend", "ascending"),
    "AS": Text("heißt dann", "is then called"),
    "FROM": Text("nur aus diesem Graphen", "from this graph only"),
    "NOT EXISTS": Text(
        "es gibt keines (MINUS ist meist schneller)", "there is none (MINUS is mostly faster)"
    ),
    "EXISTS": Text("es gibt eines", "there is one"),
    "NOT IN": Text("keiner von diesen Werten", "none of these values"),
    "IN": Text("einer von diesen Werten", "one of these values"),
}

FUNCTIONS: Mapping[str, Text] = {
    "COUNT": Text("Anzahl", "number"),
    "SUM": Text("Summe", "sum"),
    "MIN": Text("kleinster Wert", "least value"),
    "MAX": Text("größter Wert", "greatest value"),
    "AVG": Text("Durchschnitt", "average"),
    "SAMPLE": Text("irgendein Wert", "any one value"),
    "GROUP_CONCAT": Text("Werte hintereinander", "values one after the other"),
    "BOUND": Text("hat einen Wert", "has a value"),
    "COALESCE": Text("der erste Wert, den es gibt", "the first value there is"),
    "IF": Text("wenn, dann, sonst", "if, then, else"),
    "STR": Text("als Text", "as text"),
    "LANG": Text("Sprache eines Textes", "language of a text"),
    "LANGMATCHES": Text("Sprache passt", "language matches"),
    "DATATYPE": Text("Art eines Wertes", "type of a value"),
    "CONTAINS": Text("Text enthält", "text contains"),
    "STRSTARTS": Text("Text beginnt mit", "text begins with"),
    "STRENDS": Text("Text endet mit", "text ends with"),
    "REGEX": Text("Text passt zu einem Muster", "text matches a pattern"),
    "REPLACE": Text("ersetzt im Text", "replaces in a text"),
    "CONCAT": Text("fügt Texte aneinander", "joins texts"),
    "LCASE": Text("in Kleinbuchstaben", "in small letters"),
    "UCASE": Text("in Großbuchstaben", "in capital letters"),
    "STRLEN": Text("Länge eines Textes", "length of a text"),
    "SUBSTR": Text("Teil eines Textes", "part of a text"),
    "YEAR": Text("Jahr", "year"),
    "MONTH": Text("Monat", "month"),
    "NOW": Text("jetzt", "now"),
    "ROUND": Text("gerundet", "rounded"),
    "ABS": Text("ohne Vorzeichen", "without its sign"),
    "isIRI": Text("ist eine Adresse", "is an address"),
    "isLITERAL": Text("ist ein Wert", "is a value"),
}
