"""Notarized wills (遗嘱公证): made before two persons, kept in a sealed file (密卷), opened to others only after death.

Basis: 公证法 11, 23-40; 民法典 1134-1143; 公证程序规则 (司法部令第145号) 53 (two persons, recording) and 60 (密卷);
the article numbers of the last are partly to be confirmed. What this kind shares with every notarization is taken over
row by row from `procedures/notarization.py` (`course`). A table of its own, because the whole file is sealed from the
first word: no hotline, counter, colleague, dispatcher or supervisor reaches it, and nobody but the director gives it to
a notary.
"""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from santai.casework.kernel import Procedure, Step, Tell
from santai.casework.terms import Clock, Confidence, workdays
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms import notarization_will as forms
from santai.procedures.rules import notarization as common
from santai.procedures.rules import notarization_will as rules
from santai.procedures.rules.notarization_course import clocks, course, in_private
from santai.registry.models import OrganisationKind
from santai.trust.roles import Role


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
    KEPT = "kept", "已领取，密卷保管中"
    DEAD = "dead", "立遗嘱人已去世，可依法查询"
    DECLINED = "declined", "不予办理，待归档"
    TERMINATED = "terminated", "已终止，待归档"
    REVOKED = "revoked", "已由立遗嘱人撤回"
    OPENED = "opened", "遗嘱已启用，结案"
    CLOSED = "closed", "已结案"
    NOT_ACCEPTED = "not_accepted", "不予受理"
    WITHDRAWN = "withdrawn", "已撤回"


TESTATOR, NOTARY, DIRECTOR = (frozenset({who}) for who in (Role.APPLICANT, Role.NOTARY, Role.NOTARY_DIRECTOR))
OFFICE = NOTARY | DIRECTOR
FINAL = frozenset({S.REVOKED, S.OPENED, S.CLOSED, S.NOT_ACCEPTED, S.WITHDRAWN})
ANY = frozenset(S.values)

APPLICANT, HANDLER = frozenset({Tell.APPLICANT}), frozenset({Tell.HANDLER})
BOTH = APPLICANT | HANDLER
PROOF = frozenset({Doc.MATTER_PROOF})
RULES = "公证程序规则第五十三条（条号待核）"

# fmt: off
PROCEDURE = Procedure(
    label="遗嘱公证",
    kind="17",
    states=S,
    initial=S.PREPARING,
    final=FINAL,
    in_force=date(2021, 1, 1),
    basis="公证法；民法典；公证程序规则（司法部令第145号）",
    body=OrganisationKind.NOTARY,
    applied_for="立遗嘱并办公证",
    opened_by=DIRECTOR,
    answered=frozenset({S.ISSUED, S.KEPT, S.DEAD, S.DECLINED, S.TERMINATED}),
    sealed_for=DIRECTOR,
    says_opening="可以办理这项公证。这件事保密：只有您本人、承办公证员和公证处负责人能打开。请您本人填写申请表。",
    stages={
        "申请": frozenset({S.PREPARING, S.APPLIED, S.CORRECTING, S.NOT_ACCEPTED, S.WITHDRAWN}),
        "办理": frozenset({S.REVIEWING, S.SUPPLEMENT, S.VERIFYING, S.HALTED, S.DECLINED, S.TERMINATED, S.CLOSED}),
        "出证": frozenset({S.APPROVING, S.APPROVED, S.ISSUED}),
        "保管": frozenset({S.KEPT, S.REVOKED}),
        "启用": frozenset({S.DEAD, S.OPENED}),
    },
    steps=(
        # --- 申请、指定公证员、受理
        Step("apply", "提交申请", S.PREPARING, S.APPLIED, TESTATOR | DIRECTOR, takes=PROOF, form=forms.Application,
             guard=rules.may_make_a_will, changes=common.keep_application, tells=BOTH,
             says="公证申请已提交。公证处负责人会指定一位公证员，由他联系您。",
             basis="公证法第二十五条、第二十六条；民法典第一千一百四十三条"),
        Step("assign", "指定公证员", frozenset({S.APPLIED, S.KEPT, S.DEAD}), None, DIRECTOR, form=forms.Assign,
             guard=rules.is_a_notary_here, changes=rules.keep_handler, tells=BOTH,
             says="由{handler}承办；除了负责人，本处其他人打不开您的案卷。", basis="公证程序规则第六十条（密卷）"),
        *in_private(S, "not_applied", "withdraw"),
        *in_private(S, "hand_in", takes=PROOF),
        *course(S, "ask_papers", "accept", when=rules.handler_is_named),
        *course(S, "turn_away"),
        # --- 办理：核查行为能力，两人在场，全程录音录像
        *course(S, "ask_for_more", "verify", "verified", "halt", "resume", "replace_notary", "keep_notary"),
        *in_private(S, "supplement", "ask_recusal", "ask_to_stop"),
        Step("check_capacity", "核查行为能力", S.REVIEWING, None, OFFICE, form=forms.Capacity,
             changes=rules.keep_capacity, public=False, basis="民法典第一千一百四十三条；公证法第二十八条第一项"),
        Step("make_will", "立遗嘱", S.REVIEWING, None, OFFICE, needs=frozenset({Doc.NOTARY_RECORD, Doc.RECORDING}),
             form=forms.Made, guard=rules.made_by_now, changes=rules.keep_will,
             says="{made_on}，{handler}在两人在场、全程录音录像的情况下为您办理了谈话和签名。", basis=RULES),
        Step("submit", "报请审批", S.REVIEWING, S.APPROVING, OFFICE, form=forms.Draft, when=rules.will_is_made,
             changes=common.keep_draft, tells=HANDLER, says="材料审查完毕，正在审批。", basis="公证法第三十条"),
        # --- 审批、出证、不予办理、终止
        *course(S, "send_back", "approve", "decline", "terminate"),
        Step("issue", "出具公证书", S.APPROVED, S.ISSUED, OFFICE, form=forms.Issue, changes=common.keep_certificate,
             letter="notarization_will_certificate", tells=APPLICANT, says="公证书已经出具，请您本人来领取。",
             basis="公证法第三十条、第三十二条；电子签名法第三条（不出电子公证书）"),
        *course(S, "archive_ending"),
        # --- 密卷保管、登记
        Step("deliver", "交给立遗嘱人，密卷保管", S.ISSUED, S.KEPT, OFFICE, needs=frozenset({Doc.CASE_FILE}),
             form=forms.Deliver, guard=common.delivered_as_issued, changes=rules.keep_safe, tells=APPLICANT,
             says="您已收到公证书。案卷封存保管，您在世期间不向任何人提供；您随时可以撤回或者另立。",
             basis="公证程序规则第六十条（密卷）；公证法第三十五条"),
        Step("register_will", "登记备查", frozenset({S.KEPT, S.DEAD}), None, OFFICE, form=forms.Register,
             when=rules.not_registered_yet, guard=rules.no_day_ahead,
             says="公证书已登记备查（只登记有这件公证，不登记内容）。", basis="公证遗嘱登记备查规定（待核）"),
        Step("ask_revocation", "要求撤回", S.KEPT, None, TESTATOR, tells=BOTH,
             says="已告诉公证处您要撤回。请您本人带身份证到公证处，当面声明才有效；自己另立的，以最后一份为准。",
             basis="民法典第一千一百四十二条"),
        Step("revoke_will", "立遗嘱人撤回", S.KEPT, S.REVOKED, OFFICE,
             needs=frozenset({Doc.NOTARY_RECORD, Doc.RECORDING}), form=forms.Revocation,
             guard=rules.revoked_in_person, letter="notarization_will_revoked", tells=BOTH,
             says="您已在{declared_on}当面声明撤回，原公证书不再使用。", basis="民法典第一千一百四十二条第一款"),
        # --- 去世以后：只由负责人决定向谁提供
        Step("note_death", "登记去世", S.KEPT, S.DEAD, OFFICE, needs=frozenset({Doc.DEATH_PROOF}), form=forms.Death,
             guard=rules.died_after_made, changes=rules.keep_death, public=False, tells=HANDLER,
             basis="公证程序规则第六十条（去世前不对外提供）"),
        Step("mistaken_death", "更正：没有去世", S.DEAD, S.KEPT, DIRECTOR, form=forms.Mistaken,
             when=rules.nobody_had_a_copy, public=False, tells=HANDLER, basis="公证程序规则第六十条"),
        Step("give_copy", "向有权的人提供遗嘱", S.DEAD, None, DIRECTOR, form=forms.Copy, changes=rules.keep_copy,
             letter="notarization_will_copy", public=False, tells=HANDLER,
             basis="公证程序规则第六十条；民法典第一千一百二十三条"),
        Step("refuse_copy", "不予提供", S.DEAD, None, DIRECTOR, form=forms.NoCopy, changes=rules.keep_no_copy,
             letter="notarization_will_no_copy", public=False, tells=HANDLER, basis="公证程序规则第六十条"),
        Step("close_file", "遗嘱启用，结案", S.DEAD, S.OPENED, DIRECTOR, form=forms.CloseFile,
             when=rules.somebody_had_a_copy, public=False, basis="公证法第三十五条"),
    ),
    clocks=(
        *clocks(S, "application", "acceptance", "certificate", "verification", "party_delay", "archive"),
        Clock("register", "登记备查", workdays(5), "公证遗嘱登记备查规定（日数为默认值）", id="NT17R",
              runs_from_steps=frozenset({"deliver"}), until_steps=frozenset({"register_will"}), until=FINAL,
              confidence=Confidence.U),
        Clock("answer_revocation", "答复撤回的要求", workdays(3), "民法典第一千一百四十二条（日数为默认值）",
              id="NT17W", runs_from_steps=frozenset({"ask_revocation"}), until=ANY - {S.KEPT}, restarts=True,
              confidence=Confidence.U),
        Clock("copy", "答复遗嘱查询", workdays(15), "公证法第三十条（比照，日数为默认值）", id="NT17C",
              runs_from=frozenset({S.DEAD}), until_steps=frozenset({"give_copy", "refuse_copy"}), until=ANY - {S.DEAD},
              confidence=Confidence.U),
    ),
)
# fmt: on
