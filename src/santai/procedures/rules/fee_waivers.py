"""Which lower fee fits whom, and what shows it: rows of fee_waivers.csv, offered without being asked for."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from django.utils.timezone import localdate

from santai.casework.models import Case
from santai.people.groups import Standing, standings
from santai.procedures.rules.fee_relief import aided_case

FILE = Path(__file__).parent / "fee_waivers.csv"
# Procedures by how their names begin, and the fee they take.
FEES = {"notarization": "notarization", "appraisal": "appraisal", "arbitration_commercial": "arbitration"}
NAMES = {"notarization": "公证费", "appraisal": "鉴定费", "arbitration": "仲裁受理费"}
AIDED = {
    "notarization": ("减收或者免收公证费", "公证法第三十四条、法律援助法第五十三条"),
    "appraisal": ("减收或者免收鉴定费", "法律援助法第五十三条"),
    "arbitration": ("可以申请缓交仲裁受理费", "仲裁委员会仲裁收费办法第六条"),
}


@dataclass(frozen=True)
class Waiver:
    """`todo` says what is still to be shown; empty when nothing is."""

    reason: str
    waiver: str
    basis: str
    todo: str = ""

    def __str__(self) -> str:
        told = f"{self.reason}，{self.waiver}（{self.basis}）"
        return f"{told}。{self.todo}" if self.todo else told


@dataclass(frozen=True)
class Row:
    fee: str
    group: str
    waiver: str
    basis: str


@cache
def rows(path: Path = FILE) -> tuple[Row, ...]:
    with path.open(encoding="utf-8", newline="") as handle:
        return tuple(Row(row["fee"], row["group"], row["waiver"], row["basis"]) for row in csv.DictReader(handle))


def fee_of(procedure: str) -> str:
    """The fee a procedure takes from the applicant; empty when it takes none."""
    return next((fee for begin, fee in FEES.items() if procedure.startswith(begin)), "")


def waivers_for(case: Case, at: datetime) -> list[Waiver]:
    """Every waiver that fits the applicant, those with their proof on record first."""
    fee = fee_of(case.procedure)
    if not fee:
        return []
    aided = aided_case(case, at)
    found = [Waiver(f"申请人已经获得法律援助（案码{aided}）", *AIDED[fee])] if aided else []
    held = {standing.group: standing for standing in standings(case.applicant, localdate(at))}
    fitting = [_waiver(row, held[row.group]) for row in rows() if row.fee == fee and row.group in held]
    return found + sorted(fitting, key=lambda one: bool(one.todo))


def _waiver(row: Row, standing: Standing) -> Waiver:
    todo = "" if standing.is_verified else f"请出示{standing.proof}，核实后办理。"
    return Waiver(f"申请人是{standing.in_words}", row.waiver, row.basis, todo)
