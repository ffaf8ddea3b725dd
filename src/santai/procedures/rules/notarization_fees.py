"""What a notarization costs by the tariff of the place, shown line by line (公证法 46).

Items whose fee depends on a value that is not asked for have no calculation here: the notary tells the amount.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from santai.casework.models import Case
from santai.casework.money import NoTariff, quote

TARIFFS = {
    "mandate": "notarization.statement",
    "statement": "notarization.statement",
    "copies": "notarization.statement",
    **dict.fromkeys(
        ("marriage", "kinship", "survival", "birth", "death", "identity", "education", "no_crime"),
        "notarization.identity",
    ),
}


def fee_lines(case: Case, at: datetime) -> list[str]:
    """The calculation of the standard fee; empty when the tariff has none for the item."""
    tariff = TARIFFS.get(case.facts["application"]["item"])
    if tariff is None:
        return []
    try:
        return quote(tariff, region=case.region, on=localdate(at)).explain()
    except NoTariff:
        return []
