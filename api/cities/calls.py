"""One request to the pages about several cities: which region is looked at, and at which address each city is found."""

from __future__ import annotations

from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING, Annotated, Any, TypeVar
from urllib.parse import urlencode

from fastapi import Depends
from starlette.requests import Request

from api.cities.federation import Federation
from api.cities.register import LOCAL
from api.pages.frame.call import Call, DayParam, FormatParam, LangParam, parameter
from api.pages.inventory.search import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from api.cities.federation import Part
    from api.cities.register import City, Region

Item = TypeVar("Item")
PageParam = Annotated[int, parameter("Seite der Liste, von 1 an", "page of the list, from 1", ge=1)]
NameParam = Annotated[
    str, parameter("Teil des Namens einer Stadt", "part of the name of a city", alias="name")
]
RegionParam = Annotated[str, parameter("Region, wie im Verzeichnis der Städte", "region, as in the register")]
_PORTS = {"http": 80, "https": 443}


class RegionCall(Call):
    """One request about the cities of a region, or about all."""

    def __init__(self, request: Request, as_of: str | None, form: str | None, region: str | None) -> None:
        super().__init__(request, as_of, form)
        workspace = self.site.workspace
        assert isinstance(workspace, Federation)
        self.federation = workspace
        self.region_id = region or None

    @cached_property
    def snapshot(self) -> str:
        """The id of the state of all cities."""
        return self.federation.snapshot()

    @property
    def cities(self) -> tuple[City, ...]:
        """The cities of the region that is looked at; NotFound where there is no such region."""
        return self.federation.register.of_region(self.region_id)

    def cities_named(self, part: str) -> tuple[City, ...]:
        """Return those of these cities whose names hold a part, in either language, however umlauts are written."""
        wanted = fold(part.strip())
        return tuple(
            city for city in self.cities if wanted in fold(city.name.de) or wanted in fold(city.name.en)
        )

    @property
    def parts(self) -> list[Part]:
        """What these cities bring."""
        return self.federation.parts(self.region_id)

    @property
    def regions(self) -> tuple[Region, ...]:
        """All regions."""
        return self.federation.register.regions

    def region_view(self) -> dict[str, Any]:
        """Return what the choice of a region on a page needs."""
        chosen = next((region for region in self.regions if region.id == self.region_id), None)
        return {"regions": self.regions, "region": chosen}

    def link(self, path: str, **query: object) -> str:
        """Return an address on this site; the region and the day that were asked for go along."""
        return super().link(path, **{"region": self.region_id, **query})

    def address(self, city: City, path: str = "/", **query: object) -> str:
        """Return an address in the pages of a city."""
        wanted = {
            name: value
            for name, value in {"as_of": self.as_of, "lang": self._foreign(), **query}.items()
            if value
        }
        origin = origin_of(self.request, nearest(city.hosts, self.request.url.hostname or LOCAL))
        return f"{origin}{path}?{urlencode(wanted)}" if wanted else f"{origin}{path}"

    def _foreign(self) -> str | None:
        """Return the language, where it is not the one that a city answers in by itself."""
        return self.lang if self.lang != self.federation.settings.lang else None


def paged(listed: Sequence[Item], page: int, of: int) -> tuple[Sequence[Item], dict[str, int]]:
    """Return the entries of one page, ``of`` so many each, and what its pager needs; behind the last page is the last one.

    >>> paged("abcde", 9, 2)
    ('e', {'total': 5, 'page': 3, 'pages': 3})
    """
    pages = max(1, -(-len(listed) // of))
    shown = min(page, pages)
    return listed[(shown - 1) * of : shown * of], {"total": len(listed), "page": shown, "pages": pages}


def nearest(hosts: Iterable[str], asked: str) -> str:
    """Return the host name that ends most like the one that was asked for; on this machine the name made for it.

    >>> nearest(("aachen.localhost", "aachen.example.org", "plan.aachen.example"), "www.example.org")
    'aachen.example.org'
    >>> nearest(("aachen.localhost", "aachen.example.org"), "example.org")
    'aachen.example.org'
    >>> nearest(("aachen.localhost", "aachen.example.org"), "127.0.0.1")
    'aachen.localhost'
    """
    named = tuple(hosts)
    wanted = list(reversed(asked.lower().split(".")))

    def likeness(host: str) -> int:
        pairs = zip(reversed(host.split(".")), wanted, strict=False)
        return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))

    if asked == LOCAL or asked.replace(".", "").replace(":", "").isdigit():
        return next((host for host in named if host.endswith(f".{LOCAL}")), named[0])
    return max(named, key=likeness)


def origin_of(request: Request, host: str) -> str:
    """Return the origin of another host of this deployment: the scheme and port of the request go along."""
    scheme, port = request.url.scheme, request.url.port
    return f"{scheme}://{host}" if port in {None, _PORTS.get(scheme)} else f"{scheme}://{host}:{port}"


def read_region_call(
    request: Request,
    lang: LangParam = None,  # noqa: ARG001 - described here, read by the language table
    as_of: DayParam = None,
    form: FormatParam = None,
    region: RegionParam = "",
) -> RegionCall:
    """Return the request, understood; raises BadRequest where its language cannot be."""
    return RegionCall(request, as_of, form, region)


RegionAsked = Annotated[RegionCall, Depends(read_region_call)]
