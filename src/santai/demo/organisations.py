"""The institutions of the demo province: public bodies for every division, the others in proportion."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from random import Random

from santai.demo import names
from santai.demo.numbers import credit_code
from santai.demo.proportions import SHARES, Floor, Share, apportion, county_weights
from santai.registry.models import Organisation, Region
from santai.registry.models import OrganisationKind as Kind

AREA_CODES = {
    "2301": "0451",
    "2302": "0452",
    "2303": "0467",
    "2304": "0468",
    "2305": "0469",
    "2306": "0459",
    "2307": "0458",
    "2308": "0454",
    "2309": "0464",
    "2310": "0453",
    "2311": "0456",
    "2312": "0455",
    "2327": "0457",
}
OFFICE_HOURS = "周一至周五 8:30-17:00"
STREETS = ("中央", "友谊", "学府", "长江", "解放", "和平", "建设", "文化", "站前", "新开", "兴安", "松江")


class OrganisationMaker:
    """Makes the institutions one after another; `rng` decides everything that is chance."""

    def __init__(self, regions: list[Region], rng: Random) -> None:
        self.regions = {region.code: region for region in regions}
        self.rng = rng
        self.serials = count(1)
        self.appraisal_stems = iter([stem + more for more in ("", "同", "嘉") for stem in names.APPRAISAL_STEMS])
        self.cities: dict[str, list[str]] = {r.code: [] for r in regions if r.level == Region.Level.CITY}
        for region in regions:
            if region.level == Region.Level.COUNTY:
                self.cities[region.code[:4]].append(region.code)
        self.stems = {
            Kind.LAW_FIRM: names.shuffled_pairs(rng, names.FIRM_STEMS_A, names.FIRM_STEMS_B),
            Kind.GRASSROOTS: names.shuffled_pairs(rng, names.TOWN_STEMS_A, names.TOWN_STEMS_B),
            Kind.MEDIATION: names.shuffled_pairs(rng, names.TOWN_STEMS_A, names.TOWN_STEMS_B),
        }

    def all(self) -> list[Organisation]:
        made = list(self._public_bodies())
        for share in SHARES:
            for region, seats in self._seats(share, made).items():
                made += [self._private(share.kind, region, number) for number in range(1, seats + 1)]
        return made

    def _public_bodies(self) -> Iterator[Organisation]:
        for region in self.regions.values():
            place = self._place(region)
            bureau = "司法厅" if region.level == Region.Level.PROVINCE else "司法局"
            yield self._make(Kind.BUREAU, region.code, f"{place}{bureau}")
            yield self._make(Kind.CENTRE, region.code, f"{place}公共法律服务中心")
            yield self._make(Kind.LEGAL_AID, region.code, f"{place}法律援助中心")
            if region.level == Region.Level.PROVINCE:
                yield self._make(Kind.HOTLINE, region.code, f"{place}12348公共法律服务热线", hours="全天 24 小时")

    def _place(self, region: Region) -> str:
        """County names repeat across cities (向阳区), so a county is named with its city."""
        if region.level == Region.Level.COUNTY and region.parent:
            return region.parent.name + region.name
        return region.name

    def _seats(self, share: Share, made: list[Organisation]) -> dict[str, int]:
        if share.floor is Floor.CITY_ALONE:
            return dict.fromkeys(self.cities, 1)
        seats = dict.fromkeys(self._guaranteed(share.floor, made), 1)
        weights = county_weights(self.cities)
        even = {c: (1 - share.spread) * w + share.spread / len(weights) for c, w in weights.items()}
        for county, extra in apportion(share.count - len(seats), even).items():
            seats[county] = seats.get(county, 0) + extra
        return dict(sorted(seats.items()))

    def _guaranteed(self, floor: Floor, made: list[Organisation]) -> list[str]:
        if floor is Floor.CITY:
            return [members[0] for members in self.cities.values()]
        counties = [county for members in self.cities.values() for county in members]
        if floor is Floor.COUNTY:
            return counties
        if floor is Floor.WITHOUT_FIRM:
            with_firm = {org.region_id for org in made if org.kind == Kind.LAW_FIRM}
            return [county for county in counties if county not in with_firm]
        return []

    def _private(self, kind: Kind, region: str, number: int) -> Organisation:
        return self._make(kind, region, self._private_name(kind, self.regions[region], number))

    def _private_name(self, kind: Kind, region: Region, number: int) -> str:
        city = region.parent.name if region.level == Region.Level.COUNTY and region.parent else region.name
        if kind == Kind.LAW_FIRM:
            return f"黑龙江{next(self.stems[kind])}律师事务所"
        if kind == Kind.GRASSROOTS:
            return f"{region.name}{next(self.stems[kind])}法律服务所"
        if kind == Kind.NOTARY:
            return f"{city}{region.name}公证处" + ("" if number == 1 else f"第{number}办证点")
        if kind == Kind.APPRAISAL:
            return f"黑龙江{next(self.appraisal_stems)}司法鉴定中心"
        if kind == Kind.ARBITRATION:
            return f"{city.removesuffix('市').removesuffix('地区')}仲裁委员会"
        if number == 1 or number > len(names.COMMITTEE_TOPICS):
            return f"{city}{region.name}{next(self.stems[kind])}街道人民调解委员会"
        return f"{city}{region.name}{names.COMMITTEE_TOPICS[number - 2]}纠纷人民调解委员会"

    def _make(self, kind: Kind, region: str, name: str, hours: str = OFFICE_HOURS) -> Organisation:
        serial = next(self.serials)
        return Organisation(
            name=name,
            kind=kind,
            region=self.regions[region],
            uscc=credit_code(kind, region, serial),
            address=f"{self.regions[region].full_name}{self.rng.choice(STREETS)}路{self.rng.randint(1, 399)}号",
            phone=self._phone(kind, region, serial),
            hours=hours,
        )

    def _phone(self, kind: Kind, region: str, serial: int) -> str:
        """Local numbers never begin with 0: these ring nowhere."""
        if kind == Kind.HOTLINE:
            return "12348"
        return f"{AREA_CODES.get(region[:4], '0451')}-0{serial:07d}"
