import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory

from santai.demo.logins import DEMO_PASSWORD, LOGINS, demo_logins, issue_tokens, token_of
from santai.registry.regions import load_regions
from santai.trust.models import ApiToken, Membership, User
from santai.trust.roles import HANDLERS, Role
from tests import factories

pytestmark = pytest.mark.django_db
USERNAMES = [login.username for login in LOGINS]


@pytest.fixture
def _in_demo_mode(settings):
    settings.DEMO = True
    settings.AUTHENTICATION_BACKENDS = ["santai.demo.backends.DemoBackend", *settings.AUTHENTICATION_BACKENDS]


@pytest.fixture
def _staffed():
    """The demo logins without the rest of the province."""
    load_regions("23")
    for login in LOGINS:
        organisation = factories.make_organisation(login.kind, region=login.region)
        user = User.objects.create(username=login.username, display_name="演示", password="!")
        Membership.objects.create(user=user, role=login.role, organisation=organisation, since=factories.LONG_AGO)
    issue_tokens()


def log_in(username, password):
    return authenticate(RequestFactory().post("/login/"), username=username, password=password)


@pytest.mark.usefixtures("_staffed", "_in_demo_mode")
@pytest.mark.parametrize("username", USERNAMES)
def test_a_demo_login_opens_with_the_demo_password(username):
    assert log_in(username, DEMO_PASSWORD).username == username


@pytest.mark.usefixtures("_staffed")
@pytest.mark.parametrize("username", USERNAMES)
def test_outside_demo_mode_it_opens_nothing_even_when_the_backend_is_there(username, settings):
    settings.AUTHENTICATION_BACKENDS = ["santai.demo.backends.DemoBackend", *settings.AUTHENTICATION_BACKENDS]
    settings.DEMO = False
    assert log_in(username, DEMO_PASSWORD) is None


@pytest.mark.usefixtures("_staffed", "_in_demo_mode")
@pytest.mark.parametrize("password", ["", "santai-dem", "santai-demo ", "密码"])
def test_another_password_opens_nothing(password):
    assert log_in("clerk", password) is None


@pytest.mark.usefixtures("_staffed", "_in_demo_mode")
def test_the_demo_password_opens_no_other_account():
    User.objects.create(username="mayor", display_name="市长", password="!")
    assert log_in("mayor", DEMO_PASSWORD) is None


@pytest.mark.usefixtures("_staffed", "_in_demo_mode")
def test_a_demo_account_that_was_closed_stays_closed():
    User.objects.filter(username="clerk").update(is_active=False)
    assert log_in("clerk", DEMO_PASSWORD) is None


@pytest.mark.usefixtures("_staffed", "_in_demo_mode")
def test_the_login_page_gets_one_row_for_every_role(django_assert_num_queries):
    with django_assert_num_queries(1):
        rows = demo_logins()
    assert [row.username for row in rows] == USERNAMES
    assert all(row.password == DEMO_PASSWORD and row.organisation and row.what_to_try for row in rows)
    staff_roles = set(Role) - {Role.APPLICANT, Role.SYSTEM}
    assert {login.role for login in LOGINS} == staff_roles
    assert len(LOGINS) == len(staff_roles)


@pytest.mark.usefixtures("_staffed")
def test_outside_demo_mode_the_login_page_lists_nobody(settings):
    settings.DEMO = False
    assert demo_logins() == []


@pytest.mark.usefixtures("_in_demo_mode")
def test_a_home_without_a_province_lists_nobody():
    assert demo_logins() == []


@pytest.mark.usefixtures("_staffed")
def test_a_demo_token_names_its_holder_in_demo_mode_only(settings):
    settings.DEMO = True
    assert ApiToken.holder(token_of("clerk")).username == "clerk"
    settings.DEMO = False
    assert ApiToken.holder(token_of("clerk")) is None


def test_those_who_handle_belong_to_one_county_or_its_city():
    assert all(login.region in ("230102", "2301") for login in LOGINS if login.role in HANDLERS)
