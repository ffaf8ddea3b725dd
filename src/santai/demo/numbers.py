"""Valid but invented identifiers: credit codes, licence numbers, ID numbers, phones."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from stdnum.cn import ric, uscc

from santai.registry.models import OrganisationKind as Kind
from santai.registry.models import Practitioner

# Registering department and type, the first two digits of a credit code (GB 32100): 1 = staffing office, 3 = justice.
REGISTRARS = {
    Kind.BUREAU: "11",
    Kind.CENTRE: "12",
    Kind.HOTLINE: "12",
    Kind.LEGAL_AID: "12",
    Kind.LAW_FIRM: "31",
    Kind.NOTARY: "32",
    Kind.GRASSROOTS: "33",
    Kind.APPRAISAL: "34",
    Kind.ARBITRATION: "35",
    Kind.MEDIATION: "39",
}
BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
# Ranges of ID sequence numbers and phones that are easy to recognise as invented.
FIRST_SEQUENCE = 900
FIRST_PHONE = 199_0000_0000


def credit_code(kind: str, region: str, serial: int) -> str:
    """`serial` numbers the institutions of the demo; the body code in it has its own check character (GB 11714)."""
    body = f"MB{serial:06d}"
    head = REGISTRARS[Kind(kind)] + region.ljust(6, "0") + body + _body_check(body)
    return head + str(uscc.calc_check_digit(head))


def _body_check(body: str) -> str:
    rest = (11 - sum(int(char, 36) * weight for char, weight in zip(body, BODY_WEIGHTS, strict=True)) % 11) % 11
    return "X" if rest == 10 else str(rest)


def lawyer_licence(region: str, licensed_on: date, serial: int, *, is_woman: bool, is_aid: bool = False) -> str:
    """17 digits: type, province, city, year first approved, kind (1 full-time, 8 legal aid), sex, serial."""
    kind = 8 if is_aid else 1
    return f"1{region[:4].ljust(4, '0')}{licensed_on.year}{kind}{int(is_woman)}{serial:06d}"


def licence(kind: str, region: str, licensed_on: date, serial: int, *, is_woman: bool) -> str:
    if kind in (Practitioner.Kind.LAWYER, Practitioner.Kind.LEGAL_AID):
        return lawyer_licence(
            region, licensed_on, serial, is_woman=is_woman, is_aid=kind == Practitioner.Kind.LEGAL_AID
        )
    # No public rule for the others was found: province, city, year and serial behind a letter for the profession.
    letter = {"grassroots": "J", "notary": "G", "appraiser": "S", "arbitrator": "Z", "mediator": "T"}[kind]
    return f"{letter}{region[:4].ljust(4, '0')}{licensed_on.year}{serial:06d}"


def id_number(rng: Random, place: str, born: date, *, is_woman: bool) -> str:
    """An 18-digit resident number. The sequence begins at 900 and its last digit tells the sex."""
    sequence = FIRST_SEQUENCE + rng.randrange(0, 50) * 2 + (0 if is_woman else 1)
    head = f"{place}{born:%Y%m%d}{sequence}"
    return head + str(ric.calc_check_digit(head + "0"))


def birthday(rng: Random, today: date, youngest: int, oldest: int) -> date:
    """Most people who come are in the middle of their lives."""
    return today - timedelta(days=int(365.25 * rng.triangular(youngest + 0.1, oldest, 40)))


def phone(serial: int) -> str:
    return str(FIRST_PHONE + serial)
