from datetime import date

import pytest

from santai.people.models import Party
from santai.registry.models import Organisation, Region
from santai.trust.models import User

LONG_AGO = date(2020, 1, 1)


@pytest.fixture
def county(db: None) -> Region:
    return Region.objects.create(code="230102", name="道里区", full_name="黑龙江省哈尔滨市道里区", level=6)


@pytest.fixture
def bureau(county: Region) -> Organisation:
    return Organisation.objects.create(name="道里区司法局", kind="bureau", region=county)


@pytest.fixture
def clerk(db: None) -> User:
    return User.objects.create(username="clerk", display_name="李窗口")


@pytest.fixture
def party(db: None) -> Party:
    return Party.objects.create(name="王小明", phone="13812345678", id_number="230102195001011232")
