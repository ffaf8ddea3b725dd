"""A clue to a breach (违法线索): complaint, inspection, transfer or the bureau's own finding, up to filing or not.

Basis: 行政处罚法 art. 54. The applicant is whoever reported it (the bureau itself, when it found it). The case that is
filed is about somebody else and is a root case of its own: neither side reads the other's file. The clue is sealed, so
that whoever reported it is known to the officers alone.
"""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from santai.casework.kernel import Procedure, Step, Tell
from santai.casework.terms import Clock, Confidence, Extension, workdays
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms import enforcement_clue as forms
from santai.procedures.forms.legal_aid import Explain
from santai.procedures.rules import enforcement_clue as rules
from santai.procedures.rules.conditions import not_extended
from santai.registry.models import OrganisationKind
from santai.trust.roles import Role


class S(TextChoices):
    RECEIVED = "received", "已收到，待登记"
    CHECKING = "checking", "核查中"
    FILED = "filed", "已立案"
    NOT_FILED = "not_filed", "不予立案"
    TRANSFERRED = "transferred", "已移送"


OFFICER, HEAD = Role.ENFORCEMENT_OFFICER, Role.BUREAU_HEAD
CLOSED = frozenset({S.FILED, S.NOT_FILED, S.TRANSFERRED})
ANY = frozenset(S.values)
APPLICANT, OFFICERS = frozenset({Tell.APPLICANT}), frozenset({Tell.ORGANISATION})

# fmt: off
PROCEDURE = Procedure(
    label="违法线索核查",
    kind="64",
    states=S,
    initial=S.RECEIVED,
    final=CLOSED,
    in_force=date(2021, 7, 15),
    basis="行政处罚法（2021年7月15日施行）",
    body=OrganisationKind.BUREAU,
    applied_for="反映律师、公证、鉴定等机构或者人员违法",
    opened_by=frozenset({OFFICER}),
    sealed_for=frozenset({OFFICER, Role.LEGALITY_REVIEWER, HEAD}),
    says_opening="您反映的情况已收到。司法行政机关会核查并告诉您是否立案，对您的信息保密。",
    stages={
        "登记": frozenset({S.RECEIVED}),
        "核查": frozenset({S.CHECKING}),
        "结果": CLOSED,
    },
    steps=(
        Step("register", "登记线索", S.RECEIVED, S.CHECKING, OFFICER, takes=frozenset({Doc.EVIDENCE}),
             form=forms.Register, guard=rules.happened_by_now, changes=rules.keep_clue, tells=APPLICANT,
             says="您反映的情况已登记，正在核查。", basis="行政处罚法第五十四条"),
        Step("add", "补充情况", frozenset({S.RECEIVED, S.CHECKING}), None, frozenset({Role.APPLICANT, OFFICER}),
             takes=frozenset({Doc.EVIDENCE}), form=forms.More, tells=OFFICERS, says="您补充的情况已收到。"),
        Step("check", "核查", S.CHECKING, None, OFFICER, takes=frozenset({Doc.EVIDENCE, Doc.INQUIRY_RECORD}),
             form=forms.Check, public=False, basis="行政处罚法第五十四条"),
        Step("extend", "批准延长核查", S.CHECKING, None, HEAD, form=Explain, when=not_extended, tells=OFFICERS,
             public=False, basis="核查期限延长（默认值，待核实）"),
        Step("file", "批准立案", S.CHECKING, S.FILED, HEAD, form=forms.File, guard=rules.head_did_not_check,
             changes=rules.file_case, letter="enforcement_clue_filed", tells=APPLICANT | OFFICERS,
             says="您反映的情况符合立案条件，已经立案调查。", basis="行政处罚法第五十四条"),
        Step("act_on_spot", "现场查处（简易程序）", S.CHECKING, S.FILED, OFFICER, form=forms.FileOnSpot,
             guard=rules.two_officers_are_there, changes=rules.file_on_spot, letter="enforcement_clue_filed",
             tells=APPLICANT,
             says="您反映的情况已由执法人员现场查处。", basis="行政处罚法第五十一条"),
        Step("not_file", "不予立案", S.CHECKING, S.NOT_FILED, HEAD, form=forms.NotFile,
             guard=rules.head_did_not_check, changes=rules.keep_reason, letter="enforcement_clue_not_filed",
             tells=APPLICANT | OFFICERS,
             says="没有立案：{explanation} 您不同意的，可以申请行政复议或者提起行政诉讼，办法写在告知书里。",
             basis="行政处罚法第五十四条"),
        Step("transfer", "移送其他机关", frozenset({S.RECEIVED, S.CHECKING}), S.TRANSFERRED, HEAD,
             form=forms.Transfer, letter="enforcement_clue_transferred", tells=APPLICANT | OFFICERS,
             says="这件事由{to}管辖，已经移送：{explanation}", basis="行政处罚法第二十二条、第二十五条"),
    ),
    clocks=(
        Clock("filing", "决定是否立案", workdays(15), "行政处罚法第五十四条（及时立案；日数为默认值）", id="PN00",
              runs_from_steps=frozenset({"open"}), until=CLOSED, extension=Extension("extend", at_most=15, field=""),
              confidence=Confidence.U),
    ),
)
# fmt: on
