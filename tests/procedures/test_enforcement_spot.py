"""The simplified procedure: small penalties on the spot, by the officers who are there."""

from __future__ import annotations

import pytest

from santai.casework.refusals import Missing, NotFromHere
from santai.documents.models import DocumentKind as Doc
from tests.factories import Town
from tests.procedures.enforcement_story import FACTS, HEAD, OFFICER, Enforcement, on

pytestmark = pytest.mark.django_db
ON_SPOT = {"facts": FACTS, "row": "LS47", "grade": "light", "factors": ["corrected"], "showed": True, "heard": True}


@pytest.fixture
def story(town: Town) -> Enforcement:
    return Enforcement(town, on(3, 2))


def test_a_small_fine_on_the_spot_is_recorded_and_paid(story: Enforcement) -> None:
    story.assigned()
    with pytest.raises(Missing, match="音视频"):
        story.take("punish_on_spot", OFFICER, {**ON_SPOT, "fine": "150", "signature": "signed"})
    with pytest.raises(Missing, match="200"):
        story.take("punish_on_spot", OFFICER, {**ON_SPOT, "fine": "201", "signature": "signed"}, Doc.AV_SITE)
    story.take("punish_on_spot", OFFICER, {**ON_SPOT, "fine": "150", "signature": "refused"}, Doc.AV_SITE)
    told = story.letter("enforcement_on_spot")
    assert "应当先申请行政复议" in told
    assert "拒绝签收" in told
    story.pay("150").perform()
    with pytest.raises(Missing, match="备案"):
        story.take("archive", OFFICER, {"pages": 5, "term": "short"}, Doc.CASE_FILE)
    story.take("record_on_spot", HEAD, {"note": "已备案。"})
    story.take("archive", OFFICER, {"pages": 5, "term": "short"}, Doc.CASE_FILE)
    assert story.state == "archived"


def test_a_body_may_be_fined_more_on_the_spot_and_a_warning_needs_no_payment(town: Town) -> None:
    body = Enforcement(town, on(3, 2), kind="company").assigned()
    fine = {**ON_SPOT, "row": "LS50", "fine": "3000", "signature": "signed"}
    with pytest.raises(Missing, match="3,000.00"):
        body.take("punish_on_spot", OFFICER, {**fine, "fine": "3001"}, Doc.AV_SITE)
    body.take("punish_on_spot", OFFICER, fine, Doc.AV_SITE)
    assert body.state == "paying"
    warned = Enforcement(town, on(3, 2)).assigned()
    warned.take("warn_on_spot", OFFICER, {**ON_SPOT, "warning": True, "signature": "signed"}, Doc.AV_SITE)
    warned.perform()
    assert warned.state == "performed"


def test_after_a_proposal_nothing_is_punished_on_the_spot_any_more(story: Enforcement) -> None:
    story.told().considered()
    story.take("send_back", HEAD, {"reason": "facts", "explanation": "请补充询问委托人，查清金额。"})
    with pytest.raises(NotFromHere, match="普通程序"):
        story.take("warn_on_spot", OFFICER, {**ON_SPOT, "warning": True, "signature": "signed"}, Doc.AV_SITE)


def test_a_case_from_the_spot_goes_the_ordinary_way_only_with_the_heads_approval(town: Town) -> None:
    story = Enforcement(town, on(3, 2))
    ids = [{"id": one.pk, "name": one.display_name, "certificate": "1"} for one in (story.lead, story.second)]
    story = Enforcement(town, on(3, 2), officers=ids, ever=[story.lead.pk], is_simple=True)
    with pytest.raises(NotFromHere, match="负责人批准"):
        story.proposed()
    story.assigned().proposed()
    assert story.state == "proposed"
