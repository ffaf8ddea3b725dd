"""The conditions of notarization by video for citizens abroad that a table cell cannot say."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.utils.timezone import localdate

from santai.casework import parameters
from santai.casework.clock_runs import CHINA
from santai.casework.codes import tidy
from santai.casework.kernel import Attempt
from santai.casework.models import Case
from santai.casework.refusals import Missing, NotFromHere
from santai.documents.models import DocumentKind
from santai.procedures.forms import notarization_overseas as forms
from santai.procedures.forms.notarization import REFUNDS
from santai.procedures.rules.conditions import given_since, latest, not_in_the_future
from santai.procedures.rules.notarization import medium_is_lawful, not_the_handler, remedy

# A list of embassies, consulates and visa centres that take part; where none is set, the office answers for it.
POSTS_KEY = "notarization.overseas_posts"


def post_takes_part(attempt: Attempt) -> None:
    posts = parameters.value(POSTS_KEY, region=attempt.case.region, on=localdate(attempt.at))
    if posts and attempt.data["post"] not in posts:
        problem = f"“{attempt.data['post']}”没有开通视频公证。"
        raise Missing(problem, todo=f"可以到：{'、'.join(posts)}。", fields={"post": [problem]})
    _linked_case_is_there(attempt)


def _linked_case_is_there(attempt: Attempt) -> None:
    code = tidy(attempt.data["linked"])
    if not code:
        return
    notarizations = Case.objects.filter(procedure__startswith="notarization", closed_at__isnull=True)
    if not notarizations.exclude(procedure=attempt.case.procedure).filter(code=code).exists():
        problem = "没有找到这件正在办理的国内公证，请核对案码。"
        raise Missing(problem, todo="案码在国内公证的受理通知单上。", fields={"linked": [problem]})


def keep_turning_away(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"reason_label": dict(forms.TURNED_AWAY)[attempt.data["reason"]], **remedy(attempt.case)}}


def not_in_the_past(attempt: Attempt) -> None:
    starts_at = datetime.combine(attempt.data["on_day"], time.fromisoformat(attempt.data["at_time"]), CHINA)
    if starts_at < attempt.at:
        raise Missing("约定的时间已经过去", fields={"at_time": ["请选择以后的时间。"]})
    posts = parameters.value(POSTS_KEY, region=attempt.case.region, on=localdate(attempt.at))
    if posts and attempt.data["post"] not in posts:
        raise Missing("这个使领馆（签证中心）没有开通", fields={"post": ["请从开通的名单里选择。"]})


def keep_booking(attempt: Attempt) -> dict[str, Any]:
    label = dict(forms.CONFIRMED_BY)[attempt.data["confirmed_by"]]
    return {"facts": {"video": {"post": attempt.data["post"], "confirmed_by": label}}}


def video_is_booked(attempt: Attempt) -> None:
    last = latest(attempt.log, "book_video", "check_identity", "not_identified")
    if last is None or last.step == "not_identified":
        raise NotFromHere("还没有约好视频", todo="请先办理“约定视频”。")


def is_identified(attempt: Attempt) -> None:
    """No talk before it is certain who talks."""
    last = latest(attempt.log, "book_video", "check_identity", "not_identified")
    if last is None or last.step != "check_identity":
        raise NotFromHere("还没有核对本人身份", todo="请先办理“核对身份”。")


def identified_at_this_meeting(attempt: Attempt) -> None:
    if attempt.data["ended"] > attempt.at:
        raise Missing("结束的时间还没有到", fields={"ended": ["不能填以后的时间。"]})
    given_since("book_video", kinds=[DocumentKind.RECORDING, DocumentKind.NOTARY_RECORD])(attempt)


def failure_is_recorded(attempt: Attempt) -> None:
    given_since("book_video", kinds=[DocumentKind.RECORDING])(attempt)


def keep_identity(attempt: Attempt) -> dict[str, Any]:
    kept = {"document": dict(forms.DOCUMENTS)[attempt.data["document"]], "officer": attempt.data["officer"]}
    return {"facts": {"identity": kept}}


def keep_failure(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"not_identified": dict(forms.VIDEO_GROUNDS)[attempt.data["reason"]]}}


def video_was_held(attempt: Attempt) -> None:
    if latest(attempt.log, "hold_video") is None:
        raise NotFromHere("还没有办理视频谈话", todo="请先办理“视频谈话和签名”。")


def disposes_of_property(attempt: Attempt) -> None:
    if not attempt.case.facts["application"]["disposes"]:
        raise NotFromHere("这件公证不处分财产，不用等原件", todo="请继续办理后面的步骤。")


def original_is_here(attempt: Attempt) -> None:
    """The paper that was signed in the video, not some proof handed in before."""
    not_in_the_future(attempt, "received_on")
    given_since("hold_video", kinds=[DocumentKind.MATTER_PROOF])(attempt)


def may_be_issued(attempt: Attempt) -> None:
    """A statement that disposes of property waits for the signed paper itself."""
    medium_is_lawful(attempt)
    if attempt.case.facts["application"]["disposes"] and latest(attempt.log, "receive_original") is None:
        raise Missing("处分财产的声明，还没有收到本人签名的纸质原件", todo="请等原件寄到，办理“收到签名原件”后再出证。")


def keep_refusal(attempt: Attempt) -> dict[str, Any]:
    ground, refund = attempt.data["ground"], attempt.data["refund"]
    facts = {"ending": ground, "reason_label": dict(forms.ALL_GROUNDS)[ground], "refund_label": dict(REFUNDS)[refund]}
    return {"facts": {**facts, **remedy(attempt.case)}}


def may_refuse(attempt: Attempt) -> None:
    not_the_handler(attempt)
    wanted = {key for key, _ in forms.VIDEO_GROUNDS}
    if attempt.data["ground"] in wanted and latest(attempt.log, "not_identified") is None:
        raise Missing("案里没有视频核对没有通过的记录", todo="请承办公证员先办理“视频没有通过”，或者改选其他情形。")
