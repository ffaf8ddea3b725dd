from datetime import timedelta
from functools import partial
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from santai.casework.actions import take_step
from santai.casework.models import Case
from santai.casework.worklist import worklist
from santai.notices.models import Notice
from santai.people.models import Party
from santai.trust.actors import Actor
from santai.trust.roles import Role
from santai.web.desk import export, lists
from santai.web.models import SavedFilter
from tests import factories
from tests.web.staff_pages import at_desk, case_in_hand, dispatched_case, earlier, waiting_case

pytestmark = pytest.mark.django_db
MOST_QUERIES = 6


def codes_on(response):
    return [case.code for case in response.context["page"].rows]


@pytest.mark.parametrize(
    ("role", "tabs"),
    [
        (Role.LAWYER, ["mine", "organisation"]),
        (Role.DISPATCHER, ["mine", "organisation", "region"]),
        (Role.HOTLINE_AGENT, ["mine", "organisation", "region"]),
        (Role.SUPERVISOR, ["region"]),
        (Role.AUDITOR, ["region"]),
    ],
)
def test_the_tabs_are_those_the_roles_give(town, role, tabs):
    response = at_desk(town.staff[role]).get("/desk/")
    assert [key for key, _, _ in response.context["tabs"]] == tabs


def test_a_tab_nobody_gave_is_not_there(town):
    assert at_desk(town.staff[Role.LAWYER]).get("/desk/region").status_code == 404


def test_who_sees_no_cases_goes_to_their_own_room(town):
    assert at_desk(town.staff[Role.SYSTEM_ADMIN]).get("/desk/").headers["Location"] == "/desk/people"


def test_who_has_no_role_at_all_is_told_whom_to_ask(town):
    stranger = factories.make_staff(Role.LAWYER, town.firm)
    stranger.memberships.all().delete()
    page = at_desk(stranger).get("/desk/")
    assert page.status_code == 200
    assert "系统管理员" in page.content.decode()


@pytest.mark.parametrize(
    ("role", "path"),
    [(Role.LAWYER, "/desk/"), (Role.LAWYER, "/desk/ours"), (Role.DISPATCHER, "/desk/region"), (Role.AUDITOR, "/desk/")],
)
def test_a_list_page_takes_at_most_six_queries_however_much_it_shows(town, role, path):
    user = town.staff[role]
    SavedFilter.objects.create(user=user, name="急的", scope="region", query="due=overdue")
    for _ in range(7):
        case_in_hand(town)
    client = at_desk(user)
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(path)
    assert len(page.context["page"].rows) == 7
    assert len(asked) <= MOST_QUERIES, "\n".join(query["sql"] for query in asked)


def test_the_nearest_date_comes_first(town):
    later = case_in_hand(town)
    Case.objects.filter(pk=later.pk).update(due_at=timezone.now() + timedelta(days=9))
    sooner = case_in_hand(town)
    Case.objects.filter(pk=sooner.pk).update(due_at=timezone.now() - timedelta(days=3))
    page = at_desk(town.staff[Role.LAWYER]).get("/desk/")
    assert codes_on(page) == [sooner.code, later.code]
    assert "已超期 3 天" in page.content.decode()


def test_paused_and_provisional_are_told_in_words(town):
    paused, provisional = case_in_hand(town), case_in_hand(town)
    Case.objects.filter(pk=paused.pk).update(due_at=None, is_paused=True)
    Case.objects.filter(pk=provisional.pk).update(is_provisional=True)
    page = at_desk(town.staff[Role.LAWYER]).get("/desk/").content.decode()
    assert "中止计时" in page
    assert "暂定" in page


def test_no_name_phone_or_id_number_stands_in_the_list(town):
    case_in_hand(town, applicant=factories.make_party("欧阳小明", phone="13811112222", id_number="230102199001011234"))
    page = at_desk(town.staff[Role.LAWYER]).get("/desk/").content.decode()
    assert "欧***" in page
    assert not any(secret in page for secret in ("欧阳小明", "13811112222", "230102199001011234"))


def test_filters_narrow_and_an_unknown_value_is_told(town):
    labour = dispatched_case(town, matter="劳动纠纷")
    dispatched_case(town, matter="婚姻家庭")
    client = at_desk(town.staff[Role.LAWYER])
    assert codes_on(client.get("/desk/ours?matter=劳动纠纷")) == [labour.code]
    assert codes_on(client.get(f"/desk/ours?organisation={town.firm.pk}&matter=劳动纠纷")) == [labour.code]
    wrong = client.get("/desk/ours?state=nowhere")
    assert wrong.status_code == 422
    assert "请从列出的几项里选择" in wrong.content.decode()


def test_a_region_filter_reaches_no_further_than_the_role(town):
    far = waiting_case(region="230103")
    near = waiting_case()
    page = at_desk(town.staff[Role.DISPATCHER]).get("/desk/region")
    assert codes_on(page) == [near.code]
    assert far.code not in page.content.decode()


def test_pages_follow_each_other_without_gap_or_repetition(town, monkeypatch):
    monkeypatch.setattr(lists, "worklist", partial(worklist, size=2))
    codes = {case_in_hand(town).code for _ in range(5)}
    client, seen, path = at_desk(town.staff[Role.LAWYER]), [], "/desk/mine"
    while path:
        page = client.get(path)
        seen += codes_on(page)
        path = f"/desk/mine{page.context['next']}" if page.context["next"] else ""
    assert len(seen) == 5
    assert set(seen) == codes


def test_an_empty_list_says_what_will_be_there(town):
    page = at_desk(town.staff[Role.LAWYER]).get("/desk/mine").content.decode()
    assert "您手上没有要办的事" in page
    filtered = at_desk(town.staff[Role.LAWYER]).get("/desk/mine?due=overdue").content.decode()
    assert "没有符合条件的事" in filtered


def test_the_table_for_a_spreadsheet_is_masked_and_calculates_nothing(town):
    case_in_hand(town, applicant=factories.make_party("欧阳小明"), matter="=1+1")
    answer = at_desk(town.staff[Role.LAWYER]).get("/desk/export?scope=mine")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert answer["Content-Disposition"].startswith("attachment")
    assert "欧***" in text
    assert "欧阳小明" not in text
    assert "'=1+1" in text


def test_a_table_that_is_cut_says_so(town, monkeypatch):
    monkeypatch.setattr(export, "MOST_ROWS", 1)
    case_in_hand(town), case_in_hand(town)
    answer = at_desk(town.staff[Role.LAWYER]).get("/desk/export?scope=mine")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert "只导出了最急的 1 件" in lines[2]


def test_the_table_reaches_no_further_than_the_list(town):
    assert at_desk(town.staff[Role.LAWYER]).get("/desk/export?scope=region").status_code == 404


def test_a_filter_is_kept_renamed_and_deleted_by_its_owner_alone(town):
    client = at_desk(town.staff[Role.LAWYER])
    query = urlencode({"due": "overdue", "nonsense": "1"})
    client.post("/desk/filters", {"name": "急的", "scope": "mine", "query": query})
    held = SavedFilter.objects.get()
    assert (held.name, held.scope, held.query) == ("急的", "mine", "due=overdue")
    assert at_desk(town.staff[Role.MEDIATOR]).post(f"/desk/filters/{held.pk}", {"delete": "1"}).status_code == 404
    client.post(f"/desk/filters/{held.pk}", {"name": "很急的"})
    assert "很急的" in client.get("/desk/mine").content.decode()
    client.post(f"/desk/filters/{held.pk}", {"delete": "1"})
    assert not SavedFilter.objects.exists()


def test_the_rail_counts_unread_messages(town):
    user = town.staff[Role.LAWYER]
    Notice.objects.create(user=user, way="desk", text="催办", once="1")
    assert 'class="count">1<' in at_desk(user).get("/desk/").content.decode()


@pytest.mark.parametrize("spelling", ["{0}", "{0:.6} {1}", " {0:.6}-{1} "])
def test_a_code_leads_to_its_case_grouped_or_not(town, spelling):
    case = case_in_hand(town)
    typed = spelling.format(case.code, case.code[6:])
    found = at_desk(town.staff[Role.LAWYER]).post("/desk/search", {"q": typed})
    assert found.headers["Location"] == f"/desk/cases/{case.code}"


@pytest.mark.parametrize("q", ["王小明", "138 0000 1111", "230102199003074518"])
def test_a_person_is_found_by_exact_name_phone_or_id_number_within_what_one_sees(town, q):
    party = Party.objects.create(name="王小明", phone="13800001111", id_number="230102199003074518")
    mine = case_in_hand(town, applicant=party)
    waiting_case(applicant=party)
    page = at_desk(town.staff[Role.LAWYER]).post("/desk/search", {"q": q})
    assert [case.code for case in page.context["found"]] == [mine.code]


def test_a_part_of_a_name_finds_nobody(town):
    case_in_hand(town, applicant=factories.make_party("王小明"))
    page = at_desk(town.staff[Role.LAWYER]).post("/desk/search", {"q": "王小"})
    assert page.context["found"] == []
    assert "姓名要写全" in page.content.decode()


def test_a_mistyped_code_is_told(town):
    case = case_in_hand(town)
    page = at_desk(town.staff[Role.LAWYER]).post("/desk/search", {"q": f"{int(case.code) + 1}"})
    assert "有一位输错了" in page.content.decode()


def test_a_closed_case_leaves_the_list_and_is_found_under_closed(town):
    case = dispatched_case(town)
    take_step(case, "withdraw", actor=Actor.applicant(case.applicant_id), data={}, at=earlier(1))
    client = at_desk(town.staff[Role.LAWYER])
    assert codes_on(client.get("/desk/ours")) == []
    assert codes_on(client.get("/desk/ours?closed=1")) == [case.code]
