"""行政执法公示: a stranger finds what was published and nothing private; the desk sees what is late; recordings are
taken out with a reason."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from santai.casework.actions import take_step
from santai.casework.models import Case, CaseDocument
from santai.documents.files import store
from santai.procedures.rules import enforcement_discretion
from santai.publication.models import Entry
from santai.trust.actors import SYSTEM
from santai.trust.models import SensitiveLook
from santai.trust.roles import Role
from tests.factories import Town, make_case, make_organisation, make_party, make_region
from tests.procedures.enforcement_story import Enforcement
from tests.publication.publishing import TAKE_IN, Publication
from tests.web.staff_pages import at_desk, earlier

pytestmark = pytest.mark.django_db
PRIVATE = ("李大明", "13912345678", "110105194912310022", "赵证人")


@pytest.fixture
def published(town: Town) -> Publication:
    return Publication(town, earlier()).published()


def page(path: str, status: int = 200) -> str:
    answer = Client().get(path)
    assert answer.status_code == status, answer.content.decode()[:300]
    return answer.content.decode()


# --- what a stranger sees -----------------------------------------------------------------------------------------


def test_a_stranger_finds_it_from_every_page_and_reads_it_in_full(published: Publication) -> None:
    assert 'href="/disclosure"' in page("/")
    assert published.entry.title in page("/disclosure")
    shown = page(f"/disclosure/{published.entry.pk}")
    for words in ("罚款2,000.00元", "律师法第四十七条", "事后公开", "行政处罚决定", "公示期至", "打印", "申请更正"):
        assert words in shown
    assert shown.count("<h1") == 1


def test_nothing_private_is_on_any_page_and_in_no_column(town: Town) -> None:
    party = make_party("李大明", phone="13912345678")
    case = make_case(earlier(), procedure="enforcement", applicant=party, text="赵证人举报", organisation=town.bureau)
    data = {**TAKE_IN, "formed_on": localdate(), "content": "当事人私自收取费用，依法处罚。"}
    begun = make_case(
        earlier(), procedure="publication", applicant=party, organisation=town.bureau, facts={"source": case.code}
    )
    take_step(begun, "take_in_decision", actor=SYSTEM, data=data, at=earlier())
    story = Publication(town, earlier(1), begun).published()
    pages = page("/disclosure") + page(f"/disclosure/{story.entry.pk}") + page(f"/disclosure/{story.entry.pk}/correct")
    columns = "".join(str(value) for value in Entry.objects.values_list().get())
    for private in (*PRIVATE, case.code, begun.code):
        assert private not in pages, private
        assert private not in columns, private


def test_what_is_not_approved_hidden_or_over_is_not_to_be_found(town: Town, published: Publication) -> None:
    draft = Publication(town, earlier()).prepared()
    over = Publication(town, earlier()).published()
    Entry.objects.filter(pk=over.entry.pk).update(shown_until=localdate() - timedelta(days=1))
    for story in (draft, over):
        page(f"/disclosure/{story.entry.pk}", 404)
        page(f"/disclosure/{story.entry.pk}/correct", 404)
    assert page("/disclosure").count(published.entry.title) == 1
    for odd in ("0", "99999999999999999999999999", "1e3", "-1", "%00"):
        page(f"/disclosure/{odd}", 404)


def test_what_was_taken_down_says_why_and_nothing_else(town: Town) -> None:
    penalty = Enforcement(town, earlier(90)).punished()
    story = Publication(town, penalty.at, Case.objects.get(procedure="publication")).published()
    penalty.served().revoke()
    pk = story.entry.pk
    page(f"/disclosure/{pk}", 404)
    story.case.refresh_from_db()
    story.take("take_down", story.officer, {"public_reason": "人民法院判决撤销原决定。"})
    gone = page(f"/disclosure/{pk}", 410)
    assert "人民法院判决撤销原决定" in gone
    assert "撤销原决定" in page("/disclosure")
    for told in ("李某某", "罚款", "私自收取"):
        assert told not in gone


def test_the_list_is_narrowed_by_place_phase_subject_and_year(town: Town) -> None:
    Publication(town, earlier()).published(title="道里处罚一件")
    Publication(town, earlier(), subject="guide", phase="before").published(title="办事指南一份")
    elsewhere = make_organisation("bureau", region="230602")
    make_region("230602", "萨尔图区")
    Entry.objects.filter(title="办事指南一份").update(organisation=elsewhere, region=elsewhere.region)
    year = localdate().year
    for query, title in (
        ("region=230102", "道里处罚一件"),
        ("region=2306", "办事指南一份"),
        ("phase=before", "办事指南一份"),
        ("subject=penalty", "道里处罚一件"),
    ):
        found = page(f"/disclosure?{query}&year={year}")
        assert [name for name in ("道里处罚一件", "办事指南一份") if name in found] == [title], query
    assert "没有符合条件" in page(f"/disclosure?year={year - 1}")


@pytest.mark.parametrize("query", ["region=99", "phase=x", "year=0001", "year=abc", "subject=%00", "cursor=b1:bad"])
def test_a_filter_nobody_offers_is_told_and_left_out(published: Publication, query: str) -> None:
    answer = Client().get(f"/disclosure?{query}")
    assert answer.status_code in (200, 422)
    assert published.entry.title in answer.content.decode()


def test_pages_go_from_the_newest_back_and_forth(town: Town) -> None:
    case = Publication(town, earlier()).published().case
    first = Entry.objects.get(case=case)
    for number in range(25):
        other = make_case(earlier(), procedure="publication", organisation=town.bureau)
        Entry.objects.create(
            case=other,
            phase="after",
            subject="penalty",
            title=f"第{number:02d}件",
            formed_on=localdate(),
            published_at=timezone.now(),
        )
    newest = page("/disclosure")
    assert "第24件" in newest
    assert first.title not in newest
    older = html.unescape(re.findall(r'href="(\?[^"]*cursor=[^"]*)"', newest)[-1])
    assert first.title in page(f"/disclosure{older}")


def test_without_anything_published_the_page_says_what_will_come(client: Client, db: None) -> None:
    assert "还没有公示信息" in page("/disclosure")


def test_the_discretion_table_is_public_with_its_version(client: Client, db: None) -> None:
    shown = page("/disclosure/discretion")
    assert enforcement_discretion.version() in shown
    assert "律师法第四十八条" in shown
    assert "罚款3,000.00至7,000.00元" in shown
    assert "北京市" not in shown


# --- correction ---------------------------------------------------------------------------------------------------


def test_anybody_may_ask_for_a_correction_once_at_a_time(published: Publication) -> None:
    path = f"/disclosure/{published.entry.pk}/correct"
    asked = Client().post(path, {"text": "金额写错了，应当是1500元。", "phone": "13812345678"})
    assert asked.status_code == 302
    again = Client().post(path, {"text": "金额写错了，应当是1500元。"})
    assert again.status_code == 409
    assert "正在核实" in again.content.decode()
    entry = published.case.log.latest("number")
    assert (entry.step, entry.role) == ("ask_correction", "system")
    assert "13812345678" not in f"{entry.data}"


def test_an_empty_or_a_huge_correction_is_told_and_kept(published: Publication) -> None:
    path = f"/disclosure/{published.entry.pk}/correct"
    for text in ("", "短", "长" * 3000):
        answer = Client().post(path, {"text": text})
        assert answer.status_code == 422
        assert published.case.log.filter(step="ask_correction").count() == 0


# --- the desk -----------------------------------------------------------------------------------------------------


def test_the_desk_lists_what_is_to_be_done_and_what_is_late(town: Town) -> None:
    Publication(town, timezone.now() - timedelta(days=60))
    waiting = Publication(town, earlier())
    desk = at_desk(town.staff[Role.ENFORCEMENT_OFFICER])
    late = desk.get("/desk/publication").content.decode()
    assert 'aria-current="page">超期的' in late
    assert waiting.case.code not in late
    assert waiting.case.code in desk.get("/desk/publication?tab=prepare").content.decode()
    assert at_desk(town.staff[Role.LAWYER]).get("/desk/publication").status_code == 403


def test_another_bureau_sees_an_empty_list(town: Town) -> None:
    from tests.factories import make_staff

    story = Publication(town, earlier())
    stranger = make_staff(Role.BUREAU_HEAD, make_organisation("bureau", region="230103"))
    shown = at_desk(stranger).get("/desk/publication?tab=prepare").content.decode()
    assert story.case.code not in shown
    assert "这一栏没有要办的" in shown


# --- recordings ---------------------------------------------------------------------------------------------------


@pytest.fixture
def film(town: Town) -> CaseDocument:
    from django.core.files.uploadedfile import SimpleUploadedFile

    case = make_case(earlier(), procedure="enforcement", organisation=town.bureau)
    head = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"
    file = store(SimpleUploadedFile("现场.mp4", head + b"\x00" * 64))
    return CaseDocument.objects.create(
        case=case, file=file, kind="av_site", channel="web", added_by="x", added_at=earlier()
    )


def test_a_recording_is_given_out_only_with_a_reason_and_every_look_is_written_down(
    town: Town, film: CaseDocument
) -> None:
    desk, code = at_desk(town.staff[Role.ENFORCEMENT_OFFICER]), film.case.code
    plain = desk.get(f"/desk/cases/{code}/documents/{film.pk}")
    assert plain.url == f"/desk/cases/{code}/recordings/{film.pk}"
    asked = desk.get(plain.url)
    assert "为什么要调取" in asked.content.decode()
    for reason in ("", "看", "x" * 500):
        assert desk.post(plain.url, {"reason": reason}).status_code == 422
    assert not SensitiveLook.objects.filter(fields="recording").exists()
    given = desk.post(plain.url, {"reason": "复核现场检查笔录"})
    assert given["Content-Type"] == "video/mp4"
    assert "attachment" in given["Content-Disposition"]
    look = SensitiveLook.objects.get(fields="recording")
    assert (look.case_code, look.reason) == (code, "复核现场检查笔录（现场.mp4）")
    again = desk.get(plain.url).content.decode()
    assert "复核现场检查笔录" in again
    assert town.staff[Role.ENFORCEMENT_OFFICER].display_name in again


def test_a_recording_is_hidden_from_whoever_does_not_see_the_case(town: Town, film: CaseDocument) -> None:
    path = f"/desk/cases/{film.case.code}/recordings/{film.pk}"
    assert at_desk(town.staff[Role.LAWYER]).get(path).status_code == 404
    assert at_desk(town.staff[Role.LAWYER]).post(path, {"reason": "我想看一看"}).status_code == 404
    assert Client().get(path).status_code == 302


def test_the_person_on_the_film_can_read_who_took_it_out(town: Town, film: CaseDocument) -> None:
    from santai.archive.dossier.reading import LOOKED_AT
    from santai.trust.looks import looks_at

    at_desk(town.staff[Role.ENFORCEMENT_OFFICER]).post(
        f"/desk/cases/{film.case.code}/recordings/{film.pk}", {"reason": "复核现场检查笔录"}
    )
    assert [LOOKED_AT[look.fields] for look in looks_at(film.case.applicant)] == ["执法音视频记录"]
