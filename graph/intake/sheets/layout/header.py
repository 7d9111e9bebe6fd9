"""Find the rows that hold headings: any row, one or two of them, with groups merged above."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from graph.intake.sheets.layout.grid import Grid
from graph.intake.sheets.layout.marks import is_plan_title, is_unit_name
from graph.intake.sheets.wording.folding import clean, compact
from graph.intake.sheets.wording.headings import Heading, meaning_of

LONGEST_HEADING = 90
_FIRST_ROWS = 15
_ROWS_AFTER_BREAK = 3
_LEAST_CERTAINTY = 0.5
_LEAST_FIELDS = 2
_ENOUGH_FIELDS = 4
_LEAST_SHARE = 0.5
_NUMBERED = re.compile(r"[(\[]?(\d{1,2})[.)\]]*|([a-z])\)?")
_UNIT = re.compile(
    r"\(.*\)|\[.*\]|[jtm.\-/]{4,10}|dd[./-]mm[./-]y{2,4}|jahr|datum|text|euro|€|t€|tsd\. ?€|ja ?/ ?nein|%"
    r"|(freitext|mehrfachnennung(en)?( möglich)?|auswahl|pflichtfeld|optional|bitte .*|z\. ?b\. .*)",
    re.IGNORECASE,
)
_NAMES = frozenset({"name", "namen", "person", "ansprechpartner", "ansprechpartnerin", "kontakt", "contact"})
_GIVEN_NAMES = frozenset({"vorname", "nachname", "anrede", "firstname", "lastname", "surname"})
_REACHED = frozenset(
    {
        "telefon",
        "tel",
        "telefonnummer",
        "durchwahl",
        "mobil",
        "email",
        "mail",
        "emailadresse",
        "raum",
        "phone",
    }
)
_SAID = 1.2
_BRACKET = re.compile(r"([^()]+?)\s*\(([^()/]+)\)")
_BRACKET_CERTAINTY = 0.75
_BARE_CERTAINTY = 0.95
_MOST_LOOKS = (
    2_000  # rows per sheet that are weighed in full; beyond, only headings seen before are found again
)
KINDS = ("plans", "goals", "measures", "instruments", "departments", "indicators")


@dataclass(frozen=True, slots=True)
class Headline:
    """Rows of headings: their numbers, the text over each column, its meaning in each kind of table, the likeliest kind."""

    rows: tuple[int, ...]
    texts: Mapping[int, str]
    by_kind: Mapping[str, Mapping[int, Heading]]
    kind: str

    @property
    def meanings(self) -> Mapping[int, Heading]:
        """What the headings mean in the likeliest kind of table."""
        return self.by_kind.get(self.kind, {})

    def fields(self, kind: str) -> frozenset[str]:
        """Return the distinct fields that the headings name in a kind of table."""
        return frozenset(heading.field for heading in self.by_kind.get(kind, {}).values())

    def score(self, kind: str) -> float:
        """Return how much the headings say there: the best certainty per field, less a little for each not understood."""
        best: dict[str, float] = {}
        for heading in self.by_kind.get(kind, {}).values():
            best[heading.field] = max(best.get(heading.field, 0.0), heading.certainty)
        return sum(best.values()) - 0.1 * (len(self.texts) - len(self.by_kind.get(kind, {})))

    def title(self, kind: str) -> int | None:
        """Return the column that names the entries in a kind of table; the surest, then the left one."""
        name = "name" if kind == "departments" else "title"
        named = [
            (-h.certainty, column) for column, h in self.by_kind.get(kind, {}).items() if h.field == name
        ]
        return min(named)[1] if named else None


@lru_cache(maxsize=100_000)
def meaning(text: str, kind: str) -> Heading | None:
    """Return what a heading means in a kind of table where that is fairly certain."""
    if not text or len(text) > LONGEST_HEADING * 2:
        return None
    found = meaning_of(text, kind) or _bracketed(text, kind)
    return found if found and found.certainty >= _LEAST_CERTAINTY else None


def _bracketed(text: str, kind: str) -> Heading | None:
    """Return what a heading means whose bracket says how the word before it is meant: "Dienststelle (federf.)"."""
    parts = _BRACKET.fullmatch(clean(text))
    if parts is None:
        return None
    found = meaning_of(f"{parts[2]} {parts[1]}", kind)
    return replace(found, certainty=min(found.certainty, _BRACKET_CERTAINTY)) if found else None


def headlines(grid: Grid) -> Iterator[Headline]:
    """Yield the headings of a sheet from top to bottom; a page break that repeats them yields them again."""
    known: set[str] = set()
    skip = looks = 0
    best = 0.0
    for row, near_top in _worth_a_look(grid):
        if row <= skip:
            continue
        cells = [cell.text for cell in grid.row(row).values() if cell.text]
        repeats = sum(text in known for text in cells) >= _LEAST_FIELDS
        looks += not repeats
        fresh = looks <= _MOST_LOOKS and (near_top or _all_strong(grid, row))
        if not (repeats or fresh) or not _short(cells):
            continue
        found = _best_at(grid, row)
        if found and row == skip + 1 and found.score(found.kind) < best + 1:
            continue  # a first entry of words that are names of fields too
        if found:
            best = found.score(found.kind)
            known.update(cell.text for line in found.rows for cell in grid.row(line).values())
            skip = found.rows[-1]
            yield found


def bare_headline(grid: Grid) -> Headline | None:
    """Return a row of headings of which only the one over plans is known, where what stands below it are titles of plans."""
    for row in range(1, min(grid.height, _FIRST_ROWS) + 1):
        for column, cell in grid.row(row).items():
            found = meaning(cell.text, "plans")
            if (
                found
                and found.field == "title"
                and found.certainty >= _BARE_CERTAINTY
                and _titles_below(grid, row, column)
            ):
                return replace(_headline(grid, (row,)), kind="plans")
    return None


def _titles_below(grid: Grid, row: int, column: int) -> bool:
    below = [
        cell.text
        for at in range(row + 1, grid.height + 1)
        if (cell := grid.row(at).get(column)) and cell.text
    ]
    return sum(is_plan_title(clean(text)) for text in below) * 2 >= len(below) > 0


def _worth_a_look(grid: Grid) -> Iterator[tuple[int, bool]]:
    """Yield the filled rows of a sheet and whether each stands near its top or shortly after a break."""
    seen = after_break = 0
    for row in range(1, grid.height + 1):
        filled = sum(bool(cell.text) for cell in grid.row(row).values())
        if filled <= 1:
            after_break = _ROWS_AFTER_BREAK
            continue
        seen += 1
        yield row, seen <= _FIRST_ROWS or after_break > 0
        after_break -= 1


def _short(texts: list[str]) -> bool:
    return sum(len(text) <= LONGEST_HEADING for text in texts) * 3 >= len(texts) * 2


def _all_strong(grid: Grid, row: int) -> bool:
    cells = [cell for cell in grid.row(row).values() if cell.text]
    return len(cells) >= _LEAST_FIELDS and all(cell.bold or cell.filled for cell in cells)


def _best_at(grid: Grid, row: int) -> Headline | None:
    one = _headline(grid, (row,))
    if one.kind == "contacts" and _is_header(one):
        return one
    candidates = [one] if _is_header(one) and not _in_a_form(grid, one) else []
    if _next_may_belong(grid, row):
        two = _headline(grid, (row, row + 1))
        if (
            _is_header(two)
            and _says_more(grid, two, one)
            and _second_row_heads(grid, row, two.kind, one.texts)
        ):
            candidates.append(two)
    return max(candidates, key=lambda found: found.score(found.kind), default=None)


def _says_more(grid: Grid, two: Headline, upper: Headline) -> bool:
    """Whether two rows together say more than either alone; equal counts where the upper one is merged over the lower."""
    lower = _headline(grid, two.rows[1:])
    score = two.score(two.kind)
    if score <= upper.score(upper.kind):
        return False
    alone = lower.score(lower.kind) if _is_header(lower) else 0.0
    return score > alone or (
        score == alone and any(area.right > area.left for area in grid.merges_over(two.rows[0]))
    )


def _next_may_belong(grid: Grid, row: int) -> bool:
    below = [cell.text for cell in grid.row(row + 1).values() if cell.text]
    return bool(below) and all(len(text) <= LONGEST_HEADING for text in below)


def _second_row_heads(grid: Grid, row: int, kind: str, above: Mapping[int, str]) -> bool:
    """Whether the row below refines the headings above it: more of it has a meaning than has none."""
    understood = other = 0
    for column, cell in grid.row(row + 1).items():
        if cell.text:
            known = meaning(_joined(above.get(column, ""), cell.text), kind) or meaning(cell.text, kind)
            understood += known is not None
            other += known is None
    return understood > other


def _headline(grid: Grid, rows: tuple[int, ...]) -> Headline:
    texts = _texts(grid, rows[0])
    if len(rows) > 1:
        below = _texts(grid, rows[1])
        above = _spread_groups(grid, rows[0], texts, below)
        texts = {
            column: _joined(above.get(column, ""), below.get(column, ""))
            for column in sorted({*above, *below})
        }
    by_kind = {
        kind: {column: found for column, text in texts.items() if (found := meaning(text, kind))}
        for kind in KINDS
    }
    blank = Headline(rows, texts, by_kind, KINDS[0])
    return replace(blank, kind=likeliest(blank))


def likeliest(found: Headline, said: str | None = None, settled_title: int | None = None) -> str:
    """Return the kind of table that the headings speak of.

    The name of the sheet (``said``) counts as much as a heading; a column that a person settled to be the title is one in
    every kind of table.
    """

    def weight(kind: str) -> tuple[float, float]:
        title = settled_title or found.title(kind)
        if kind == "departments" and not {"abbreviation", "name"} <= found.fields(kind):
            return (-1.0, 0.0)
        score = found.score(kind) - (0 if title else 2) + (_SAID if kind == said else 0)
        score += _SAID / 2 if settled_title and kind == "plans" else 0
        return (round(score, 6), -(title or 0))

    return "contacts" if _lists_people(found) else max(KINDS, key=weight)


def _lists_people(found: Headline) -> bool:
    """Whether the headings are those of a list of persons."""
    words = {compact(text) for text in found.texts.values()}
    title = found.title("plans")
    by_name = title is None or compact(found.texts[title]) in _NAMES
    return bool(words & _GIVEN_NAMES) or (by_name and len(words & _REACHED) >= _LEAST_FIELDS)


def _texts(grid: Grid, row: int) -> dict[int, str]:
    texts = {column: cell.text for column, cell in grid.row(row).items() if cell.text}
    for area in grid.merges_over(row):
        text = grid.text(area.top, area.left)
        if text:
            texts.update(dict.fromkeys(range(area.left, min(area.right, grid.width) + 1), text))
    return dict(sorted(texts.items()))


def _spread_groups(
    grid: Grid, row: int, above: Mapping[int, str], below: Mapping[int, str]
) -> dict[int, str]:
    """Return the upper texts; one that was not merged reaches over the columns at its right that only the row below names."""
    spread, group = dict(above), ""
    for column in range(1, grid.width + 1):
        if column in above:
            group = above[column] if column in below and (row, column) not in grid.merges else ""
        elif column in below and group:
            spread[column] = group
        else:
            group = ""
    return spread


def _joined(above: str, below: str) -> str:
    if not above or not below or above == below:
        return above or below
    return f"{above} / {below}"


def _is_header(found: Headline) -> bool:
    fields, named = len(found.fields(found.kind)), len(found.meanings)
    units = sum(is_unit_name(clean(text)) for text in found.texts.values())
    if found.title("plans") and units >= _LEAST_FIELDS:
        return True
    if found.kind == "contacts":
        return len(found.texts) > _LEAST_FIELDS
    if fields < _LEAST_FIELDS or len(found.texts) < _LEAST_FIELDS:
        return False
    if found.title(found.kind) is None and fields < _LEAST_FIELDS + 1 and not _only_words(found):
        return False
    return fields >= _ENOUGH_FIELDS or named / len(found.texts) >= _LEAST_SHARE


def _only_words(found: Headline) -> bool:
    """Whether a row of three texts or more holds no figure: headings of which the one over the titles is unusual."""
    return len(found.texts) > _LEAST_FIELDS and not any(
        sign.isdigit() for text in found.texts.values() for sign in text
    )


def _in_a_form(grid: Grid, found: Headline) -> bool:
    """Whether these are the names of a form with its answers beside them, not headings over columns."""
    row, kind = found.rows[0], found.kind
    if any(column + 1 in found.meanings or column + 1 not in found.texts for column in found.meanings):
        return False
    for near in (row + 1, row - 1):
        beside = sum(
            (other := meaning(grid.text(near, column), kind)) is not None and other.field != heading.field
            for column, heading in found.meanings.items()
        )
        if beside >= max(1, len(found.meanings) - 1):
            return True
    return False


def is_second_line(grid: Grid, row: int, columns: frozenset[int]) -> bool:
    """Whether the row under the headings numbers the columns or names their units or forms."""
    texts = [cell.text.strip() for column, cell in grid.row(row).items() if column in columns and cell.text]
    if len(texts) < _LEAST_FIELDS:
        return bool(texts) and all(_UNIT.fullmatch(text) and text[0] in "([" for text in texts)
    numbers = [_NUMBERED.fullmatch(text.casefold()) for text in texts]
    if all(numbers):
        found = [int(m[1]) if m and m[1] else ord(m[2]) if m else 0 for m in numbers]
        return len(found) > _LEAST_FIELDS and all(b - a == 1 for a, b in pairwise(found))
    return all(_UNIT.fullmatch(text) for text in texts)
