"""The sentences for a SPARQL server that does not do its part: what happened, at which address, what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.errors import Busy, QueryInvalid, QueryRefused, QueryStopped, StoreUnreachable
from graph.store.query.refusals import in_german

if TYPE_CHECKING:
    from graph.store.query.answer import Limits

_EXCERPT = 200


def unreachable(address: str) -> StoreUnreachable:
    """Say that nobody answers at the address."""
    return StoreUnreachable(
        f"Der SPARQL-Server {address} ist nicht erreichbar. Nichts wurde geändert. "
        "Bitte prüfen, ob er läuft und ob die Adresse in PLANWERK_STORE stimmt.",
        f"The SPARQL server {address} cannot be reached. Nothing was changed. "
        "Please check that it runs and that the address in PLANWERK_STORE is right.",
    )


def silent(address: str, seconds: float) -> StoreUnreachable:
    """Say that the server took too long for what the program itself asked of it."""
    return StoreUnreachable(
        f"Der SPARQL-Server {address} hat nach {in_german(seconds)} Sekunden noch nicht geantwortet. "
        "Bitte später noch einmal versuchen.",
        f"The SPARQL server {address} has not answered within {seconds:g} seconds. Please try again later.",
    )


def broken_off(address: str) -> StoreUnreachable:
    """Say that an answer ended in the middle, or is not what its head promised."""
    return StoreUnreachable(
        f"Der SPARQL-Server {address} hat nur eine halbe Antwort geschickt; sie wird nicht verwendet. "
        "Bitte noch einmal versuchen.",
        f"The SPARQL server {address} has sent only half an answer; it is not used. Please try again.",
    )


def no_entry(address: str, *, known: bool) -> StoreUnreachable:
    """Say that the server lets nobody in with these credentials; ``known`` tells whether there were any."""
    de = "hat die Anmeldung abgelehnt" if known else "verlangt eine Anmeldung"
    en = "has refused the credentials" if known else "asks for credentials"
    return StoreUnreachable(
        f"Der SPARQL-Server {address} {de}. "
        "Bitte PLANWERK_STORE_USER und PLANWERK_STORE_PASSWORD (oder PLANWERK_STORE_TOKEN) prüfen.",
        f"The SPARQL server {address} {en}. "
        "Please check PLANWERK_STORE_USER and PLANWERK_STORE_PASSWORD (or PLANWERK_STORE_TOKEN).",
    )


def moved(address: str, there: str) -> StoreUnreachable:
    """Say that the server points elsewhere; nothing follows it there."""
    return StoreUnreachable(
        f"Der SPARQL-Server {address} verweist weiter nach {there}; dorthin wird nicht gefolgt. "
        "Bitte die richtige Adresse in PLANWERK_STORE eintragen.",
        f"The SPARQL server {address} redirects to {there}; that is not followed. "
        "Please put the right address into PLANWERK_STORE.",
    )


def no_sparql(address: str, media_type: str) -> StoreUnreachable:
    """Say that something answers there that is no SPARQL server: a page, for example."""
    return StoreUnreachable(
        f"Unter {address} antwortet kein SPARQL-Server, denn die Antwort ist von anderer Art ({media_type or 'ohne Typ'}). "
        "Bitte die Adresse in PLANWERK_STORE prüfen; sie muss die des SPARQL-Endpunkts sein.",
        f"No SPARQL server answers at {address}, for the answer is of another kind ({media_type or 'without a type'}). "
        "Please check the address in PLANWERK_STORE; it must be that of the SPARQL endpoint.",
    )


def failed(address: str, status: int, said: str) -> StoreUnreachable:
    """Say that the server refused what the program itself asked of it, in its own words."""
    words = _excerpt(said)
    return StoreUnreachable(
        f"Der SPARQL-Server {address} hat mit Status {status} abgelehnt: {words}",
        f"The SPARQL server {address} has refused with status {status}: {words}",
    )


def too_slow(limits: Limits) -> QueryStopped:
    """Say that a query passed its time, or that the server gave up and sent what it had until then."""
    return QueryStopped(
        f"Die Abfrage lief auf dem SPARQL-Server länger als {in_german(limits.seconds)} Sekunden (oder länger, als er erlaubt) "
        "und wurde angehalten; was bis dahin da war, wird nicht gezeigt. Was hilft: mit LIMIT weniger verlangen, einen "
        "langen Verbund in Teilabfragen (innere SELECT) teilen, MINUS statt FILTER NOT EXISTS schreiben.",
        f"The query ran for more than {limits.seconds:g} seconds on the SPARQL server (or longer than it allows) and was "
        "stopped; what there was until then is not shown. What helps: ask for less with LIMIT, split a long join into "
        "sub-selects, write MINUS instead of FILTER NOT EXISTS.",
    )


def half_an_answer() -> QueryStopped:
    """Say that the answer to a query ended in the middle, as it does where a server stops a query late."""
    return QueryStopped(
        "Der SPARQL-Server hat diese Abfrage mitten in der Antwort abgebrochen; die halbe Antwort wird nicht gezeigt. "
        "Was hilft: mit LIMIT weniger verlangen oder die Abfrage teilen.",
        "The SPARQL server broke this query off in the middle of its answer; half an answer is not shown. "
        "What helps: ask for less with LIMIT or split the query.",
    )


def too_large(limits: Limits) -> QueryStopped:
    """Say that the answer passed its limit of bytes."""
    size = f"{max(1, limits.bytes // 2**20)} MiB"
    return QueryStopped(
        f"Die Antwort ist größer als {size} und wurde angehalten. Was hilft: weniger Spalten oder LIMIT.",
        f"The answer is larger than {size} and was stopped. What helps: fewer columns or LIMIT.",
    )


def not_understood(said: str) -> QueryInvalid:
    """Say that the server does not evaluate a query that is valid SPARQL, in its own words."""
    words = _excerpt(said)
    return QueryInvalid(
        f"Der SPARQL-Server wertet diese Abfrage nicht aus: {words}",
        f"The SPARQL server does not evaluate this query: {words}",
    )


def not_placed(name: str) -> QueryInvalid:
    """Say that a variable is given a value from outside and by the query itself."""
    return QueryInvalid(
        f"Für ?{name} ist ein Wert vorgegeben; die Abfrage darf diese Variable nicht selbst belegen.",
        f"A value is given for ?{name}; the query must not assign this variable itself.",
    )


def own_functions(name: str) -> QueryRefused:
    """Say that functions which only this server has are not called."""
    return QueryRefused(
        f"<{name}> ruft eine eigene Funktion des SPARQL-Servers auf; das ist nicht erlaubt.",
        f"<{name}> calls a function of the SPARQL server itself; that is not allowed.",
    )


def taken_turn(seconds: float) -> Busy:
    """Say that another writer was at it for as long as this one might wait."""
    return Busy(
        f"Gerade schreibt jemand anderes in diesen Bestand; nach {in_german(seconds)} Sekunden war noch nicht Schluss. "
        "Nichts wurde geändert. Bitte gleich noch einmal versuchen.",
        f"Somebody else is writing to this store and was not done within {seconds:g} seconds. "
        "Nothing was changed. Please try again shortly.",
    )


def lost_turn(address: str) -> StoreUnreachable:
    """Say that a commit did not get through since another writer took over in the meantime."""
    return StoreUnreachable(
        f"Auf {address} hat inzwischen jemand anderes geschrieben. Diese Änderung wurde nicht gespeichert. "
        "Bitte noch einmal versuchen.",
        f"Somebody else has written to {address} in the meantime. This change was not stored. Please try again.",
    )


def unsure(address: str) -> StoreUnreachable:
    """Say that the line broke at the very moment of a commit: it stands whole or not at all, and the log will tell."""
    return StoreUnreachable(
        f"Die Verbindung zu {address} brach beim Speichern ab. Die Änderung ist entweder ganz gespeichert oder gar nicht; "
        "das Änderungsprotokoll zeigt es, sobald der Server wieder antwortet.",
        f"The connection to {address} broke while storing. The change is stored either whole or not at all; "
        "the change log shows it as soon as the server answers again.",
    )


def two_at_once(address: str, number: int) -> StoreUnreachable:
    """Say that a server let two commits pass as the same one, which ours never ask for."""
    return StoreUnreachable(
        f"Auf {address} stehen zwei verschiedene Änderungen mit der Nummer {number} im Protokoll. "
        "Bitte die Sicherung des Servers einspielen; bis dahin wird hier nichts gelesen oder geschrieben.",
        f"The log at {address} holds two different changes with number {number}. "
        "Please restore the server from its backup; until then nothing is read or written here.",
    )


def missing_text(address: str, digest: str) -> StoreUnreachable:
    """Say that the server has lost or changed a text that its log names."""
    return StoreUnreachable(
        f"Auf {address} fehlt der Text {digest[:12]} oder ist beschädigt, den das Änderungsprotokoll nennt. "
        "Bitte die Sicherung des Servers einspielen.",
        f"The text {digest[:12]} that the change log names is missing or damaged at {address}. "
        "Please restore the server from its backup.",
    )


def _excerpt(said: str) -> str:
    return " ".join(said.split())[:_EXCERPT]
