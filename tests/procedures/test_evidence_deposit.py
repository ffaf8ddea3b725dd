"""Evidence deposit: digests, certificate, comparison, preservation; kept whatever happens."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from santai.casework.actions import take_step
from santai.casework.models import CaseDocument
from santai.casework.refusals import Missing, NotFromHere
from santai.documents.files import store
from santai.documents.models import DocumentKind as Doc
from santai.documents.models import StoredFile
from santai.procedures.evidence_deposit import PROCEDURE
from santai.procedures.rules.evidence_deposit import deposited, digests_of
from santai.trust.crypto import sm3
from santai.trust.roles import Role
from tests.factories import Town, make_case, make_party
from tests.procedures.service_story import APPLICANT, SUPERVISOR, WORDS, Told, on, read
from tests.web.portal_steps import WHO, prove

pytestmark = pytest.mark.django_db
CONTRACT, PHOTO = b"%PDF-1.4 the lease", b"%PDF-1.4 the photograph"
REASON = {"explanation": WORDS}


class Deposit(Told):
    def __init__(self, town: Town, at: datetime) -> None:
        super().__init__(town, "evidence_deposit", at)

    def hand_in(self, content: bytes, name: str = "租房合同.pdf", step: str = "deposit") -> Deposit:
        data = {"title": "租房合同和转账截图", "own": True} if step == "deposit" else {}
        paper = (store(SimpleUploadedFile(name, content)), Doc.DEPOSIT)
        take_step(self.case, step, actor=self.actor(APPLICANT), data=data, documents=[paper], at=self.at)
        return self


@pytest.fixture
def story(town: Town, monday: datetime) -> Deposit:
    return Deposit(town, monday)


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_the_certificate_lists_each_file_with_size_and_both_digests(story: Deposit) -> None:
    story.hand_in(CONTRACT).hand_in(PHOTO, "截图.pdf", "deposit_more")
    assert [(one["number"], one["sha256"], one["sm3"], one["size"]) for one in deposited(story.case)] == [
        (1, sha256(CONTRACT), sm3(CONTRACT), len(CONTRACT)),
        (2, sha256(PHOTO), sm3(PHOTO), len(PHOTO)),
    ]
    certificate = story.letter("deposit_certificate")
    for told in ("租房合同.pdf", sha256(CONTRACT), sm3(PHOTO), f"大小：{len(PHOTO)}字节", "2026-03-02 09:00:00"):
        assert told in certificate
    assert "共2个文件" in certificate


def test_the_digest_is_of_what_lies_in_the_store_and_not_of_what_the_row_says(story: Deposit) -> None:
    kept = store(SimpleUploadedFile("合同.pdf", CONTRACT))
    StoredFile.objects.filter(pk=kept.pk).update(sha256="0" * 64)
    assert digests_of(StoredFile.objects.get(pk=kept.pk)) == (sha256(CONTRACT), sm3(CONTRACT))


def test_nothing_chosen_is_no_deposit_and_the_same_file_again_is_no_more(story: Deposit) -> None:
    with pytest.raises(Missing, match="缺少材料：存证文件"):
        story.take("deposit", APPLICANT, {"title": "合同", "own": True})
    story.hand_in(CONTRACT)
    with pytest.raises(Missing, match="没有新的存证文件"):
        story.take("deposit_more", APPLICANT, {})


def test_a_file_is_compared_by_either_digest_and_a_changed_one_is_refused(story: Deposit) -> None:
    story.hand_in(CONTRACT).hand_in(PHOTO, "截图.pdf", "deposit_more")
    story.take("verify", APPLICANT, {"digest": f" {sm3(PHOTO).upper()} "})
    assert "第2个文件一致" in story.letter("deposit_verified")
    for wrong, told in ((sha256(CONTRACT + b" "), "都不一致"), ("abc", "64位"), ("", "请填写校验码")):
        with pytest.raises(Missing, match=told):
            story.take("verify", APPLICANT, {"digest": wrong})


def test_what_was_deposited_can_be_hidden_and_never_deleted(story: Deposit) -> None:
    story.hand_in(CONTRACT).take("hide", APPLICANT, {})
    assert story.state == "hidden"
    assert CaseDocument.objects.filter(case=story.case, kind=Doc.DEPOSIT).count() == 1
    assert "withdraw" not in story.offered(APPLICANT)
    story.take("certify", APPLICANT)
    story.take("show", APPLICANT)
    assert story.letters == ["deposit_certificate", "deposit_certificate"]


def test_preservation_opens_the_notaries_procedure_and_its_end_leads_back(story: Deposit) -> None:
    story.hand_in(CONTRACT)
    story.take("ask_preservation", APPLICANT, {"procedure": "notarization_evidence", **REASON})
    child = story.case.children.get()
    assert (story.state, child.procedure) == ("preserving", "notarization_evidence")
    story.case.refresh_from_db()
    take_step(
        story.case, "child_closed", actor=story.actor(Role.SYSTEM), data={"ending": "已出证", "child": child.code}
    )
    assert story.state == "deposited"


def test_preservation_is_asked_of_a_notary_alone(story: Deposit) -> None:
    story.hand_in(CONTRACT)
    with pytest.raises(Missing):
        story.take("ask_preservation", APPLICANT, {"procedure": "work_order", **REASON})


def test_a_refusal_has_its_letter_and_its_way_on(story: Deposit) -> None:
    story.take("refuse", SUPERVISOR, {"reason": "secret", **REASON})
    assert "文件含有国家秘密" in story.letter("deposit_refused")
    assert "保全证据" in story.letter("deposit_refused")


@pytest.mark.parametrize(("step", "who"), [("not_deposited", SUPERVISOR), ("withdraw", APPLICANT)])
def test_a_deposit_that_never_came_is_closed(story: Deposit, step: str, who: Role) -> None:
    story.take(step, who, REASON)
    assert story.state == "withdrawn"


def test_the_end_of_keeping_is_told_and_deletes_nothing(story: Deposit) -> None:
    story.hand_in(CONTRACT)
    assert "expire" not in story.offered(SUPERVISOR)
    with pytest.raises(NotFromHere, match="保管到2056年3月2日为止"):
        story.take("expire", SUPERVISOR, REASON)
    story.take("expire", SUPERVISOR, REASON, at=story.at.replace(year=2056, month=4))
    assert "不会删除" in story.letter("deposit_expired")
    assert deposited(story.case)


def test_a_deposit_is_kept_thirty_years_and_rolls_over_the_holiday() -> None:
    reading = read(PROCEDURE, "keeping", ("deposit", on(9, 24)))
    assert reading.due_on == date(2056, 9, 25)
    assert reading.is_provisional


def test_a_citizen_deposits_several_files_at_once_on_the_web(client: Client, town: Town, settings) -> None:
    settings.DEMO = True
    case = make_case(timezone.now(), procedure="evidence_deposit", applicant=make_party(phone=WHO["phone"]))
    prove(client)
    files = [SimpleUploadedFile("合同.pdf", CONTRACT), SimpleUploadedFile("截图.pdf", PHOTO)]
    data = {"title": "租房合同", "own": "on", "version": "1", "file_deposit": files}
    client.post(f"/my/{case.code}/steps/deposit", data)
    case.refresh_from_db()
    assert [one["sha256"] for one in deposited(case)] == [sha256(CONTRACT), sha256(PHOTO)]


# --- the public page ----------------------------------------------------------------------------------------------


def ask(code: str, *, digest: str = "", content: bytes | None = None):
    file = {} if content is None else {"file": SimpleUploadedFile("我的合同.pdf", content)}
    return Client().post("/deposit/check", {"code": code, "digest": digest, **file})


def test_anybody_compares_a_file_by_its_digest_or_by_sending_it(story: Deposit, settings) -> None:
    story.hand_in(CONTRACT)
    before = StoredFile.objects.count()
    for page in (ask(story.case.code, digest=sha256(CONTRACT)), ask(story.case.code, content=CONTRACT)):
        told = page.content.decode()
        assert "一致：就是存证的那个文件" in told
        assert sm3(CONTRACT) in told
        assert story.case.applicant.name not in told
        assert "租房合同" not in told
        assert page.headers["Cache-Control"] == "no-store"
    assert StoredFile.objects.count() == before


def test_a_changed_file_does_not_match(story: Deposit) -> None:
    story.hand_in(CONTRACT)
    assert "不一致" in ask(story.case.code, content=CONTRACT + b".").content.decode()


def test_a_hidden_deposit_an_empty_one_and_none_at_all_look_the_same(story: Deposit, monday: datetime) -> None:
    story.hand_in(CONTRACT).take("hide", APPLICANT, {})
    empty = make_case(monday, procedure="evidence_deposit")
    other = make_case(monday)
    pages = [ask(code, digest=sha256(CONTRACT)).content.decode() for code in (story.case.code, empty.code, other.code)]
    assert all("没有这件存证，或者存证人没有公开核验" in page for page in pages)


def test_what_is_missing_is_said(story: Deposit) -> None:
    page = ask(story.case.code)
    assert page.status_code == 422
    assert "请选择要核验的文件" in page.content.decode()
    assert ask("123", digest=sha256(CONTRACT)).status_code == 422
    assert "您少输了" in ask("123", digest=sha256(CONTRACT)).content.decode()
    assert ask(story.case.code, digest="<script>", content=b"").status_code == 422


def test_too_many_questions_from_one_address_are_turned_away(story: Deposit, settings) -> None:
    settings.ENV = settings.ENV.model_copy(update={"public_rate": "2/m"})
    answers = [ask(story.case.code, digest=sha256(CONTRACT)).status_code for _ in range(4)]
    assert answers[-1] == 429
