"""Values the province would decide; in the demo they are examples, marked as not confirmed."""

from __future__ import annotations

from datetime import date

from santai.casework.models import Parameter
from santai.demo.logins import CITY, PROVINCE
from santai.procedures.rules.legal_aid_eligibility import INCOME_KEY

SINCE = date(2022, 1, 1)
BASIS = "演示用的数值，正式使用前请按本省文件核对"
# Monthly income for each member of the household, in yuan.
HARDSHIP = {PROVINCE: 1300, CITY: 1500}


def set_parameters() -> None:
    rows = [
        Parameter(key=INCOME_KEY, region=region, value=line, since=SINCE, basis=BASIS)
        for region, line in HARDSHIP.items()
    ]
    Parameter.objects.bulk_create(rows, ignore_conflicts=True)
