"""Many cities: list and add them, serve them all, ask them together."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from api.cities.answers.asking import across_question, ask_across, in_turn
from api.cities.answers.columns import head_of, raw_rows, read_columns
from api.cities.answers.duty_comparison import SAID, compare_duties
from api.cities.answers.numbers import RULES, Numbers
from api.cities.federation import FRESH, Federation
from api.cities.opened import OpenCities, city_settings
from api.cities.pages.duties import document_of
from api.cities.pages.findings import numbers_json
from api.cities.pages.listing import Line, line_json, line_of
from api.cities.register import add_city, read_register
from api.commands.asked import DONE
from api.commands.asking import pair_of, query_text, result_format
from api.pages.frame.call import plain
from api.tables.terminal import Table, say, write_csv, write_json, write_table
from api.wanted import wanted_day
from api.wording.texts import TEXTS
from graph.errors import BadRequest
from graph.store.inventory import INVENTORY
from ontology.across import load_across_questions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.cities.answers.asking import Told
    from api.cities.register import City, Register
    from api.settings import Settings
    from graph.errors import Text

#: Cities whose addresses are said when all are served; the others stand on the start page.
_MOST_NAMED = 20
#: Commands that need no store at all.
_WITHOUT_CITY = frozenset({"template", "bench", "questions"})


def of_one_city(settings: Settings, asked: Namespace) -> Settings:
    """Return the settings of the city that a command is about; those of the deployment where it names a store itself.

    Raises BadRequest where there is a register and no city is named.
    """
    if asked.city:
        return city_settings(settings, _register(settings).city(asked.city))
    if settings.cities and not asked.store and asked.command not in _WITHOUT_CITY:
        known = ", ".join(city.id for city in _register(settings).cities)
        raise BadRequest(
            f"Hier sind mehrere Städte verzeichnet; bitte eine nennen (--city ID): {known}.",
            f"Several cities are registered here; please name one (--city ID): {known}.",
        )
    return settings


def is_about_many(settings: Settings, asked: Namespace) -> bool:
    """Tell whether a command is about all cities of the register."""
    serves_all = asked.command == "serve" and settings.cities and not (asked.city or asked.store)
    return bool(asked.command == "cities" or getattr(asked, "across", False) or serves_all)


def run_many(settings: Settings, asked: Namespace) -> int:
    """Run a command about all cities of the register and return its exit status."""
    return _COMMANDS[asked.command](settings, asked)


def _register(settings: Settings) -> Register:
    return read_register(_path(settings))


def _path(settings: Settings) -> Path:
    if not settings.cities:
        raise BadRequest(
            "Das Verzeichnis der Städte fehlt: --cities DATEI oder PLANWERK_CITIES.",
            "The register of cities is missing: --cities FILE or PLANWERK_CITIES.",
        )
    return Path(settings.cities)


@contextmanager
def _federation(settings: Settings, fresh: float = FRESH) -> Iterator[Federation]:
    cities = OpenCities(settings, _register(settings))
    with closing(cities), closing(Federation(settings, cities, fresh)) as federation:
        yield federation


def _serve(settings: Settings, asked: Namespace) -> int:
    from api.cities.serving import run_cities
    from api.web.serving import address_of, listening_at

    register = _register(settings)
    if asked.load:
        raise BadRequest(
            "--load gilt einer Stadt; bitte zuerst: planwerk --city ID import ORDNER",
            "--load is about one city; please first: planwerk --city ID import FOLDER",
        )
    with listening_at(asked.host, asked.port) as listening:
        count, address = len(register.cities), address_of(listening, "localhost")
        said = {
            "de": f"Planwerk läuft mit {count} Städten auf {address}  (Strg+C beendet)",
            "en": f"Planwerk runs with {count} cities at {address}  (Ctrl+C stops)",
        }
        say(said[settings.lang], quiet=asked.quiet)
        for city in register.cities[:_MOST_NAMED]:
            say(f"  {city.name[settings.lang]}: {address_of(listening, city.hosts[0])}", quiet=asked.quiet)
        if count > _MOST_NAMED:
            say(TEXTS["cities.more"][settings.lang].format(n=count - _MOST_NAMED), quiet=asked.quiet)
        run_cities(settings, register, asked.host, listening)
    return DONE


def _index(settings: Settings, asked: Namespace) -> int:
    """Build the index of all cities together for replicas."""
    from api.commands.replicas import tell_index
    from graph.store.disk.published import publish

    with _federation(settings, fresh=0) as federation:
        built = publish(Path(asked.folder), federation.together(asked.region))
        _tell_missing(federation, asked)
    return tell_index(settings, asked, built)


def _cities(settings: Settings, asked: Namespace) -> int:
    return _add(settings, asked) if asked.action == "add" else _list(settings, asked)


def _add(settings: Settings, asked: Namespace) -> int:
    if not asked.id or not asked.name:
        raise BadRequest(
            "Nötig sind Kennung und Name: planwerk cities add aachen --name Aachen",
            "An id and a name are needed: planwerk cities add aachen --name Aachen",
        )
    entry = {
        "id": asked.id,
        "name": {"de": asked.name, "en": asked.name_en or asked.name},
        "region": asked.region,
        "base": asked.base,
        "store": asked.at,
        "hosts": asked.host_name,
    }
    city = add_city(_path(settings), entry).city(asked.id)
    said = {
        "de": f"{city.name.de} ist verzeichnet: {city.store}, {city.hosts[0]}",
        "en": f"{city.name.en} is registered: {city.store}, {city.hosts[0]}",
    }
    say(said[settings.lang], quiet=asked.quiet)
    return DONE


def _list(settings: Settings, asked: Namespace) -> int:
    lang = settings.lang
    with _federation(settings) as federation:
        lines = [line_of(part, part.city.hosts[-1]) for part in federation.parts(asked.region)]
    if asked.format == "json":
        write_json(plain({"cities": [line_json(line) for line in lines]}))
        return DONE
    keys = ("city", "region", "plans", "goals", "sources", "duties", "changed")
    heads = ("id", *(TEXTS[f"cities.{key}"][lang] for key in keys))
    _write(asked, heads, [_line_row(line, lang) for line in lines])
    return DONE


def _line_row(line: Line, lang: str) -> list[str]:
    region = line.city.region
    head = [line.city.id, line.city.name[lang], region.name[lang] if region else ""]
    if line.trouble:
        return [*head, line.trouble[lang], "", "", "", ""]
    numbers = [line.plans, line.goals, line.sources, line.duties]
    return [*head, *map(str, numbers), line.changed_on or ""]


def _write(
    asked: Namespace, heads: Sequence[str], rows: Sequence[Sequence[str]], notes: Iterable[str] = ()
) -> None:
    if asked.format == "csv":
        write_csv(Table(heads, rows))
    else:
        write_table(Table(heads, rows, notes=list(notes)))


def _ask(settings: Settings, asked: Namespace) -> int:
    found, lang = across_question(asked.name), settings.lang
    form = asked.format or "table"
    if asked.out or form == "xlsx":
        raise BadRequest(
            "Antworten mehrerer Städte gibt es als Tabelle, CSV und JSON auf der Standardausgabe.",
            "Answers of several cities come as a table, CSV and JSON on standard output.",
        )
    given = dict(pair_of(entry) for entry in asked.param) | ({"region": asked.region} if asked.region else {})
    with _federation(settings) as federation:
        told = ask_across(federation, found, given)
    _say_left_out(told.left_out, lang)
    if told.truncated:
        say(TEXTS["sparql.truncated"][lang].format(n=len(told.rows)))
    if form == "json":
        write_json({"name": found.name, "columns": told.columns, "rows": raw_rows(told)})
    elif form == "csv":
        rows = [[row.get(name, "") for name in told.columns] for row in raw_rows(told)]
        write_csv(Table(told.columns, rows))
    else:
        say(found.title[lang], quiet=asked.quiet)
        write_table(_table(told, federation.register.cities, lang))
    return DONE


def _table(told: Told, cities: Sequence[City], lang: str) -> Table:
    """Return the rows of an answer; a thing stands by its name, its city and its id."""
    own = read_columns(told)
    by_base = {city.base: city for city in cities}

    def cell(row: dict[str, str], name: str) -> str:
        value, label = row.get(name, ""), row.get(f"{name}Label", "")
        if name == "told" and value:
            return TEXTS[f"told.{value}"][lang]
        base = next((base for base in by_base if value.startswith(base)), None)
        local = value.removeprefix(base) if base else ""
        if base and local == INVENTORY:
            return by_base[base].name[lang]
        return f"{label or local} [{by_base[base].id}: {local}]" if base else label or value

    return Table(
        [head_of(name)[lang] for name in own], [[cell(row, name) for name in own] for row in raw_rows(told)]
    )


def _tell_missing(federation: Federation, asked: Namespace) -> None:
    lang = federation.settings.lang
    for part in federation.parts(asked.region):
        if part.trouble:
            say(f"{TEXTS['cities.troubled'][lang]}: {part.city.name[lang]}. {part.trouble[lang]}")


def _questions(settings: Settings, asked: Namespace) -> int:
    found = (*load_across_questions().values(), *in_turn().values())
    rows = [(q.name, q.group, q.title[settings.lang], ", ".join(p.name for p in q.parameters)) for q in found]
    heads = ("name", "group", "title", "parameters")
    if asked.format == "json":
        write_json([dict(zip(heads, row, strict=True)) for row in rows])
    else:
        _write(asked, heads, rows)
    return DONE


def _query(settings: Settings, asked: Namespace) -> int:
    with _federation(settings) as federation:
        host = federation.host_of(asked.region)
        answer = host.query(query_text(asked), accept=result_format(asked.format))
        _tell_missing(federation, asked)
        if asked.format in {"table", None} and answer.kind == "select":
            cells = [
                [row[c].value if c in row else "" for c in answer.columns()] for row in answer.bindings()
            ]
            write_table(Table(answer.columns(), cells))
        else:
            sys.stdout.write(answer.body.decode("utf-8").rstrip("\n") + "\n")
    return DONE


def _findings(settings: Settings, asked: Namespace) -> int:
    lang, day = settings.lang, wanted_day(asked.as_of)
    with _federation(settings) as federation:
        numbers = Numbers(federation)
        every = [numbers.of(city, day) for city in federation.register.of_region(asked.region)]
    counted = [one for one in every if not one.trouble]
    if asked.format == "json":
        listed = [{"id": one.city.id, "why": one.trouble} for one in every if one.trouble]
        write_json(plain({"as_of": day, "cities": list(map(numbers_json, counted)), "left_out": listed}))
        return DONE
    _say_left_out(((one.city, one.trouble) for one in every if one.trouble), lang)
    looked = [TEXTS["cities.of"][lang].format(n=one.looked_at, of=one.plans) for one in counted]
    rows = [
        [TEXTS["cities.looked"][lang], *looked],
        *([name[lang], *(str(one.by_rule[rule]) for one in counted)] for rule, name in RULES.items()),
    ]
    heads = ("", *(one.city.name[lang] for one in counted))
    _write(asked, heads, rows, [TEXTS["cities.no_ranking"][lang]])
    return DONE


def _say_left_out(left_out: Iterable[tuple[City, Text | None]], lang: str) -> None:
    for city, why in left_out:
        if why:
            say(f"{TEXTS['cities.troubled'][lang]}: {city.name[lang]}. {why[lang]}")


def _duties(settings: Settings, asked: Namespace) -> int:
    lang = settings.lang
    with _federation(settings) as federation:
        cities = federation.register.of_region(asked.region)
        compared = compare_duties(federation, cities, wanted_day(asked.as_of))
    if asked.format == "json":
        write_json(plain(document_of(compared)))
        return DONE
    _say_left_out(compared.left_out, lang)
    heads = (TEXTS["cities.duty"][lang], *(city.name[lang] for city in compared.cities))
    rows = [
        [f"{duty.name[lang]} [{duty.id}]", *(SAID[duty.told[city.id].code][lang] for city in compared.cities)]
        for duty in compared.duties
    ]
    _write(asked, heads, rows, [TEXTS["cities.no_ranking"][lang]])
    return DONE


def _similar_goals(settings: Settings, asked: Namespace) -> int:
    from api.commands.similar_across import similar_goals_across

    with _federation(settings) as federation:
        return similar_goals_across(federation, asked)


_COMMANDS = {
    "serve": _serve,
    "cities": _cities,
    "ask": _ask,
    "questions": _questions,
    "query": _query,
    "findings": _findings,
    "duties": _duties,
    "index": _index,
    "similar-goals": _similar_goals,
}
