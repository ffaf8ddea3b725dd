"""Values the province would decide; in the demo they are examples, marked as not confirmed."""

from __future__ import annotations

from datetime import date
from typing import Any

from santai.casework.models import BudgetLine, Parameter
from santai.demo.logins import CITY, COUNTY, PROVINCE
from santai.procedures.rules.arbitration_fees import BRACKETS, FLAT_HIGH, FLAT_LOW, SCALE_KEY
from santai.procedures.rules.arbitration_finality import MINIMUM_WAGE_KEY
from santai.procedures.rules.legal_aid_eligibility import INCOME_KEY
from santai.procedures.rules.screening_rounds import RHYTHM_KEY
from santai.registry.models import Organisation, OrganisationKind

SINCE = date(2022, 1, 1)
BASIS = "演示用的数值，正式使用前请按本省文件核对"
# Monthly income for each member of the household, in yuan.
HARDSHIP = {PROVINCE: 1300, CITY: 1500}
# The committees of the county of the logins, whose divisions have no villages here, screen for disputes every week.
RHYTHM = {"6": "weekly"}
# The monthly minimum wage in yuan, by which a labour award is final or not.
MINIMUM_WAGE = {PROVINCE: 2000}

# What a legal aid office may spend on subsidies in a year, in yuan, and the years the requests reach back to.
BUDGET, YEARS = 2_000_000, range(2022, 2031)


def set_budgets() -> None:
    offices = Organisation.objects.filter(kind=OrganisationKind.LEGAL_AID)
    purpose = BudgetLine.Purpose.LEGAL_AID
    rows = [
        BudgetLine(organisation=office, year=year, purpose=purpose, amount=BUDGET)
        for office in offices
        for year in YEARS
    ]
    BudgetLine.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


def fee_scale() -> dict[str, Any]:
    """The middle of every range of the law."""
    return {"flat": str((FLAT_LOW + FLAT_HIGH) / 2), "rates": [str((one.low + one.high) / 2) for one in BRACKETS]}


def set_parameters() -> None:
    set_budgets()
    rows = [
        Parameter(key=INCOME_KEY, region=region, value=line, since=SINCE, basis=BASIS)
        for region, line in HARDSHIP.items()
    ]
    rows += [
        Parameter(key=MINIMUM_WAGE_KEY, region=region, value=wage, since=SINCE, basis=BASIS)
        for region, wage in MINIMUM_WAGE.items()
    ]
    rows.append(Parameter(key=SCALE_KEY, region=PROVINCE, value=fee_scale(), since=SINCE, basis=BASIS))
    rows.append(Parameter(key=RHYTHM_KEY, region=COUNTY, value=RHYTHM, since=SINCE, basis=BASIS))
    Parameter.objects.bulk_create(rows, ignore_conflicts=True)
