"""Notarization by video for citizens abroad (海外远程视频公证): only listed items, identity by face and by those on the
spot, everything recorded.

Basis: 公证法 11, 25-40; the joint pilot of 司法部 and 外交部 (2020; widened 2022 and 2023), seen in secondary sources
only, so its conditions are to be confirmed. What this kind shares with every notarization is taken over row by row from
`procedures/notarization.py` (`course`).
"""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from santai.casework.kernel import Procedure, Step, Tell
from santai.casework.terms import Clock, Confidence, workdays
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms import notarization_overseas as forms
from santai.procedures.rules import notarization as common
from santai.procedures.rules import notarization_overseas as rules
from santai.procedures.rules.notarization_course import clocks, course
from santai.procedures.rules.roles import NOTARIES as OFFICE
from santai.procedures.rules.roles import PERSON
from santai.registry.models import OrganisationKind


class S(TextChoices):
    PREPARING = "preparing", "待填申请"
    APPLIED = "applied", "已申请，待受理"
    CORRECTING = "correcting", "待补申请材料"
    REVIEWING = "reviewing", "已受理，办理中"
    SUPPLEMENT = "supplement", "待补充证明"
    VERIFYING = "verifying", "核实中"
    HALTED = "halted", "因不可抗力中止"
    APPROVING = "approving", "待审批"
    APPROVED = "approved", "已审批，待出证"
    ISSUED = "issued", "已出证，待领取"
    DELIVERED = "delivered", "已领取，待归档"
    DECLINED = "declined", "不予办理，待归档"
    TERMINATED = "terminated", "已终止，待归档"
    CLOSED = "closed", "已结案"
    NOT_ACCEPTED = "not_accepted", "不予受理"
    WITHDRAWN = "withdrawn", "已撤回"


FINAL = frozenset({S.CLOSED, S.NOT_ACCEPTED, S.WITHDRAWN})
NOT_COUNTED = frozenset({S.SUPPLEMENT, S.VERIFYING, S.HALTED})

APPLICANT, OFFICERS = frozenset({Tell.APPLICANT}), frozenset({Tell.ORGANISATION})
BOTH = APPLICANT | {Tell.HANDLER}
PROOF = frozenset({Doc.MATTER_PROOF})
PILOT = "司法部、外交部海外远程视频公证试点（待核）"

# fmt: off
PROCEDURE = Procedure(
    label="海外远程视频公证",
    kind="19",
    states=S,
    initial=S.PREPARING,
    final=FINAL,
    in_force=date(2022, 5, 5),
    basis="公证法；公证程序规则（司法部令第145号）；司法部、外交部海外远程视频公证试点（待核）",
    body=OrganisationKind.NOTARY,
    applied_for="人在境外，用视频办公证",
    answered=frozenset({S.ISSUED, S.DELIVERED, S.DECLINED, S.TERMINATED}),
    says_opening="人在境外，可以用视频办理部分公证。请写明在哪个国家、到哪个使领馆（签证中心）办，以及办什么。",
    stages={
        "申请": frozenset({S.PREPARING, S.APPLIED, S.CORRECTING, S.NOT_ACCEPTED, S.WITHDRAWN}),
        "视频": frozenset({S.REVIEWING, S.SUPPLEMENT, S.VERIFYING, S.HALTED, S.DECLINED, S.TERMINATED}),
        "出证": frozenset({S.APPROVING, S.APPROVED, S.ISSUED, S.DELIVERED}),
        "归档": frozenset({S.CLOSED}),
    },
    steps=(
        # --- 申请与受理
        Step("apply", "提交申请", S.PREPARING, S.APPLIED, PERSON | OFFICE, takes=PROOF, form=forms.Application,
             guard=rules.post_takes_part, changes=common.keep_application, tells=APPLICANT | OFFICERS,
             says="视频公证的申请已提交，公证处会核对您能不能这样办、还缺什么。", basis=PILOT),
        *course(S, "not_applied", "withdraw", "ask_papers", "accept"),
        *course(S, "hand_in", takes=PROOF),
        Step("turn_away", "不予受理", frozenset({S.APPLIED, S.CORRECTING}), S.NOT_ACCEPTED, OFFICE, form=forms.TurnAway,
             changes=rules.keep_turning_away, letter="notarization_not_accepted", tells=APPLICANT,
             says="这项公证不能用视频办理：{explanation} 您可以：{route}", basis=PILOT),
        # --- 视频：先核对身份，再谈话、签名，全程录像
        *course(S, "ask_for_more", "supplement", "verify", "verified", "halt", "resume"),
        *course(S, "ask_recusal", "replace_notary", "keep_notary", "ask_to_stop"),
        Step("book_video", "约定视频", S.REVIEWING, None, OFFICE, form=forms.Book, guard=rules.not_in_the_past,
             changes=rules.keep_booking, tells=APPLICANT,
             says="视频约好了：北京时间{on_day}{at_time}，请您本人带护照到{post}。", basis=PILOT),
        Step("check_identity", "核对身份", S.REVIEWING, None, OFFICE, form=forms.Identity, when=rules.video_is_booked,
             changes=rules.keep_identity, public=False, basis=PILOT),
        Step("not_identified", "视频没有通过", S.REVIEWING, None, OFFICE, needs=frozenset({Doc.RECORDING}),
             form=forms.NotIdentified, when=rules.video_is_booked, guard=rules.failure_is_recorded,
             changes=rules.keep_failure, tells=APPLICANT,
             says="这次视频没有通过：{explanation} 可以再约一次；不能办的，公证处会书面告诉您。", basis=PILOT),
        Step("hold_video", "视频谈话和签名", S.REVIEWING, None, OFFICE,
             needs=frozenset({Doc.RECORDING, Doc.NOTARY_RECORD}), form=forms.Video, when=rules.is_identified,
             guard=rules.identified_at_this_meeting, tells=APPLICANT,
             says="{handler}已通过视频为您办理谈话和签名，全程录像已经保存。",
             basis=f"公证法第二十七条第二款；{PILOT}"),
        Step("receive_original", "收到签名原件", frozenset({S.REVIEWING, S.APPROVING, S.APPROVED}), None, OFFICE,
             needs=frozenset({Doc.MATTER_PROOF}), form=forms.Original, when=rules.disposes_of_property,
             guard=rules.original_is_here, tells=APPLICANT, says="公证处已在{received_on}收到您签名的纸质原件。",
             basis=PILOT),
        *course(S, "submit", when=rules.video_was_held),
        # --- 审批、出证、不予办理、终止
        *course(S, "send_back", "approve"),
        *course(S, "issue", guard=rules.may_be_issued),
        *course(S, "decline", form=forms.DeclineVideo, guard=rules.may_refuse, changes=rules.keep_refusal),
        *course(S, "terminate", "deliver"),
        *course(S, "archive", target=S.CLOSED),
        *course(S, "archive_ending"),
    ),
    clocks=(
        *clocks(S, "application", "acceptance", "certificate", "verification", "party_delay", "archive"),
        Clock("video", "约定视频", workdays(5), "海外远程视频公证试点（日数为默认值）", id="NT19V",
              runs_from_steps=frozenset({"accept"}), until_steps=frozenset({"book_video"}),
              until=frozenset({S.DECLINED, S.TERMINATED}), paused_in=NOT_COUNTED, confidence=Confidence.U),
    ),
)
# fmt: on
