"""A commitment about hardship looked at afterwards (告知承诺抽查): true, or false and then ended and recovered.

Basis: 法律援助法 41 (commitment instead of proof), 48 (termination), 64 (a false one pays for the service given, and is
fined up to 3,000 yuan by the judicial administration, to which the office hands it over as a clue). Opened by the draw
of the quarter (`evaluation/samples.py`) as a child of the case. When a commitment is found false, the aid that is
still being given is terminated with it (`evaluation/consequences.py`).
"""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from santai.casework.kernel import Procedure, Step, Tell
from santai.casework.terms import Clock, Confidence, days
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms import legal_aid_quality as forms
from santai.procedures.forms.legal_aid import Explain, Note
from santai.procedures.rules import legal_aid_quality as rules
from santai.procedures.rules.legal_aid import date_is_ahead, keep_supplement_date, supplement_is_late
from santai.procedures.rules.roles import PERSON
from santai.registry.models import OrganisationKind
from santai.trust.roles import Role


class S(TextChoices):
    DRAWN = "drawn", "已抽中，待核查"
    WAITING = "waiting", "待受援人提供证明"
    CHECKING = "checking", "核查中"
    PROPOSED = "proposed", "拟认定不真实，待批准"
    FALSE = "false", "承诺不真实，待收回"
    TRUE = "true", "承诺真实"
    RECOVERED = "recovered", "已收回"
    NOT_RECOVERED = "not_recovered", "没有收回，已办结"


ANY = frozenset(S.values)
OFFICE = frozenset({Role.LEGAL_AID_OFFICER, Role.LEGAL_AID_DIRECTOR})
TIMER = OFFICE | {Role.SYSTEM}
APPLICANT, OFFICERS = frozenset({Tell.APPLICANT}), frozenset({Tell.ORGANISATION})
OPEN = frozenset({S.DRAWN, S.CHECKING})

# fmt: off
PROCEDURE = Procedure(
    label="法律援助诚信承诺抽查",
    kind="16",
    states=S,
    initial=S.DRAWN,
    final=frozenset({S.TRUE, S.RECOVERED, S.NOT_RECOVERED}),
    in_force=date(2022, 1, 1),
    basis="法律援助法第四十一条、第四十八条、第六十四条",
    body=OrganisationKind.LEGAL_AID,
    says_opening="您申请法律援助时作了经济状况的诚信承诺，这次被抽中核对。需要您提供证明时会告诉您；承诺属实的，没有任何影响。",
    stages={
        "抽取": frozenset({S.DRAWN}),
        "核查": frozenset({S.WAITING, S.CHECKING, S.PROPOSED}),
        "结果": frozenset({S.TRUE, S.FALSE, S.RECOVERED, S.NOT_RECOVERED}),
    },
    steps=(
        Step("ask_papers", "请受援人提供证明", OPEN, S.WAITING, OFFICE, form=forms.Papers, when=rules.not_asked_before,
             guard=date_is_ahead, changes=keep_supplement_date, letter="legal_aid_commitment_papers",
             tells=APPLICANT, says="请提供：{items}。请在{by}前交来；没有交的，按现有材料核查。",
             basis="法律援助法第四十一条"),
        Step("supply", "提供证明", S.WAITING, S.CHECKING, PERSON | OFFICE,
             takes=frozenset({Doc.HARDSHIP, Doc.EXEMPTION}), form=Note, tells=APPLICANT | OFFICERS,
             says="您提供的证明已收到，正在核对。{note}", basis="法律援助法第四十一条"),
        Step("time_is_up", "到期没有提供证明", S.WAITING, S.CHECKING, TIMER, when=supplement_is_late,
             tells=APPLICANT | OFFICERS, says="没有在期限内收到证明，将按现有材料核查。", basis="法律援助法第四十一条"),
        Step("found_true", "承诺真实", OPEN, S.TRUE, OFFICE, form=forms.FoundTrue, tells=APPLICANT,
             says="核对完毕：您的承诺属实，法律援助照常进行。", basis="法律援助法第四十一条"),
        Step("propose_false", "拟认定承诺不真实", OPEN, S.PROPOSED, OFFICE, form=forms.FoundFalse,
             changes=rules.keep_false, letter="legal_aid_commitment_doubt", tells=APPLICANT,
             says="核查发现您的承诺可能不真实：{explanation} 您有权陈述和申辩，请尽快告诉我们。",
             basis="法律援助法第四十一条、第六十四条"),
        Step("state", "陈述、申辩", S.PROPOSED, None, PERSON | OFFICE, form=forms.Statement, tells=APPLICANT | OFFICERS,
             says="您的陈述和申辩已收到，会一并考虑。", basis="法律援助法第六十四条"),
        Step("not_false", "不认定不真实，重新核查", S.PROPOSED, S.CHECKING, Role.LEGAL_AID_DIRECTOR, form=Explain,
             guard=rules.not_who_proposed, tells=APPLICANT | OFFICERS,
             says="没有认定承诺不真实，继续核查：{explanation}", basis="法律援助法第四十一条"),
        Step("confirm_false", "认定承诺不真实", S.PROPOSED, S.FALSE, Role.LEGAL_AID_DIRECTOR, form=Explain,
             guard=rules.not_who_proposed, changes=rules.keep_decision, letter="legal_aid_commitment_false",
             tells=APPLICANT | OFFICERS | {Tell.SUPERVISOR},
             says="认定承诺不真实：{explanation} 您不同意的，可以提出异议，办法和数额写在决定书里。",
             basis="法律援助法第四十八条第一项、第六十四条"),
        Step("hand_over", "移送司法行政部门处罚", S.FALSE, None, Role.LEGAL_AID_DIRECTOR, form=forms.HandOver,
             when=rules.not_handed_over, opens="enforcement_clue", child=rules.as_clue, tells=OFFICERS, public=False,
             basis="法律援助法第六十四条"),
        Step("recovered", "款项已收回", S.FALSE, S.RECOVERED, OFFICE, form=forms.Recovered,
             when=rules.something_is_owed, guard=rules.recovered_by_now, tells=APPLICANT,
             says="款项已收到，这件事办结。", basis="法律援助法第六十四条"),
        Step("nothing_owed", "没有款项需要收回，办结", S.FALSE, S.NOT_RECOVERED, OFFICE, when=rules.nothing_is_owed,
             tells=APPLICANT, says="还没有提供服务，没有款项需要收回，这件事办结。",
             basis="法律援助法第六十四条"),
        Step("not_recovered", "没有收回，办结", S.FALSE, S.NOT_RECOVERED, Role.LEGAL_AID_DIRECTOR,
             form=forms.NotRecovered, when=rules.something_is_owed, letter="legal_aid_commitment_closed",
             tells=APPLICANT, says="这件事办结：{explanation}", basis="法律援助法第六十四条"),
    ),
    clocks=(
        Clock("check", "完成抽查", days(60), "法律援助法第四十一条（日数为默认值）", id="LA21",
              runs_from_steps=frozenset({"open"}), until=ANY - {S.DRAWN, S.WAITING, S.CHECKING},
              paused_in=frozenset({S.WAITING}), confidence=Confidence.U),
        Clock("recover", "收回款项", days(30), "法律援助法第六十四条（日数为默认值）", id="LA21R",
              runs_from=frozenset({S.FALSE}), until=ANY - {S.FALSE}, confidence=Confidence.U),
    ),
)
# fmt: on
