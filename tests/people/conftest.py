import pytest

from santai.trust.models import User


@pytest.fixture
def agent(db: None) -> User:
    return User.objects.create(username="agent", display_name="赵坐席")
