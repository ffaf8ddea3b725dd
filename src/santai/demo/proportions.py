"""How large the demo province is, and why.

The plan (黑龙江省公共法律服务体系建设规划 2022-2025) counts about 15,000 institutions with 63,000 professionals.
The demo shows 1,100 institutions with 6,000 people: a public body for every division is kept in full, because every
county must be served; everything else is a sample.

| people         | province | where the number comes from                                             |
|----------------|----------|-------------------------------------------------------------------------|
| lawyers        |    8,000 | the plan's target; 2.5 for each 10,000 of 31.85 million gives the same  |
| notaries       |      400 | the plan's target                                                       |
| appraisers     |    1,450 | 290,000 appraisals in five years, 40 a year by each                     |
| arbitrators    |    1,500 | 20,000 awards in five years, 2.7 a year by each                         |
| grassroots     |    1,400 | 35,000 matters a year, 25 by each                                       |
| mediators      |   50,250 | what is left of 63,000                                                  |

Legal-aid staff (three for each of the 135 bodies) come on top, in full: they are the platform's main users.
"""

from dataclasses import dataclass
from enum import Enum

from santai.registry.models import OrganisationKind as Kind
from santai.registry.models import Practitioner

PROVINCE_PEOPLE = {
    Practitioner.Kind.LAWYER: 8_000,
    Practitioner.Kind.NOTARY: 400,
    Practitioner.Kind.APPRAISER: 1_450,
    Practitioner.Kind.ARBITRATOR: 1_500,
    Practitioner.Kind.GRASSROOTS: 1_400,
    Practitioner.Kind.MEDIATOR: 50_250,
}
PROVINCE_TOTAL = 63_000
DEMO_PEOPLE = 6_000
LEGAL_AID_STAFF = 3


def people_of(kind: str, bodies: int) -> int:
    """How many people of a kind the demo has; `bodies` is the number of legal-aid bodies."""
    aid = LEGAL_AID_STAFF * bodies
    if kind == Practitioner.Kind.LEGAL_AID:
        return aid
    if kind == Practitioner.Kind.MEDIATOR:
        others = (people_of(other, bodies) for other in PROVINCE_PEOPLE if other != kind)
        return DEMO_PEOPLE - aid - sum(others)
    return round(PROVINCE_PEOPLE[Practitioner.Kind(kind)] * DEMO_PEOPLE / PROVINCE_TOTAL)


class Floor(Enum):
    """Where one institution of a kind must be, whatever the weights say."""

    NOWHERE = "nowhere"
    CITY = "the centre of every prefecture"
    CITY_ALONE = "one for every prefecture, seated at the prefecture, and no more"
    COUNTY = "every county"
    WITHOUT_FIRM = "every county without a law firm"


@dataclass(frozen=True)
class Share:
    """How many institutions of a kind, whose people they hold, and how the rest lie beyond the floor: `spread` 0 is by
    population alone, 1 gives every county the same."""

    kind: Kind
    count: int
    people: Practitioner.Kind
    floor: Floor
    spread: float


# With the 406 public bodies these make 1,100. Firms cluster in the larger cities, which leaves counties without a
# lawyer (无律师县), the gap the plan names and fills with grassroots offices; a committee mediates in every county; a
# notary office has at least two notaries, so 38 notaries fill 19 offices; a prefecture has one arbitration commission.
SHARES = (
    Share(Kind.LAW_FIRM, 170, Practitioner.Kind.LAWYER, Floor.NOWHERE, 0.3),
    Share(Kind.GRASSROOTS, 60, Practitioner.Kind.GRASSROOTS, Floor.WITHOUT_FIRM, 0.5),
    Share(Kind.NOTARY, 19, Practitioner.Kind.NOTARY, Floor.CITY, 0.0),
    Share(Kind.APPRAISAL, 30, Practitioner.Kind.APPRAISER, Floor.CITY, 0.0),
    Share(Kind.ARBITRATION, 13, Practitioner.Kind.ARBITRATOR, Floor.CITY_ALONE, 0.0),
    Share(Kind.MEDIATION, 402, Practitioner.Kind.MEDIATOR, Floor.COUNTY, 0.3),
)

# Residents in units of 10,000, rounded, as published with the census of 2020 (31.85 million in all).
POPULATION = {
    "2301": 1001,
    "2302": 407,
    "2303": 150,
    "2304": 89,
    "2305": 121,
    "2306": 278,
    "2307": 88,
    "2308": 216,
    "2309": 69,
    "2310": 229,
    "2311": 129,
    "2312": 376,
    "2327": 33,
}
# Inside a prefecture no published figure is needed: the first districts in the code list are the old town centres.
CENTRE_WEIGHTS = (6.0, 4.0, 3.0, 2.0)


def county_weights(counties: dict[str, list[str]]) -> dict[str, float]:
    """Each county's part of the province (they sum to 1), given the counties of every prefecture."""
    weights: dict[str, float] = {}
    total = sum(POPULATION[city] for city in counties)
    for city, members in counties.items():
        parts = [CENTRE_WEIGHTS[i] if i < len(CENTRE_WEIGHTS) else 1.0 for i in range(len(members))]
        for county, part in zip(members, parts, strict=True):
            weights[county] = POPULATION[city] / total * part / sum(parts)
    return weights


def apportion(seats: int, weights: dict[str, float]) -> dict[str, int]:
    """Share out whole seats by weight, the largest remainders first. ValueError when there are fewer than none."""
    if seats < 0:
        raise ValueError(f"cannot share out {seats} seats")
    total = sum(weights.values())
    exact = {key: seats * weight / total for key, weight in weights.items()}
    given = {key: int(value) for key, value in exact.items()}
    by_remainder = sorted(exact, key=lambda key: (given[key] - exact[key], key))
    for key in by_remainder[: seats - sum(given.values())]:
        given[key] += 1
    return given
