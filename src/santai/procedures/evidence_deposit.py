"""Evidence deposit (存证): files kept with their digests, a certificate, and the way to prove them again.

Basis: 电子签名法 (2019) 5, 8 (what keeps a data message whole and what its proof is judged by); 公证法 11 for
preservation by a notary. A deposit is never deleted: whoever made it may stop others from checking it.
"""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from santai.casework.kernel import Procedure, Step, Tell
from santai.casework.terms import Clock, Confidence, days, years
from santai.documents.models import DocumentKind as Doc
from santai.procedures.forms import evidence_deposit as forms
from santai.procedures.forms.legal_aid import Explain, Note
from santai.procedures.forms.work_order import ChildClosed
from santai.procedures.rules import evidence_deposit as rules
from santai.procedures.rules.roles import PERSON
from santai.trust.roles import FRONT_LINE, Role


class S(TextChoices):
    PREPARING = "preparing", "待交存证文件"
    DEPOSITED = "deposited", "已存证"
    PRESERVING = "preserving", "已存证，公证保全中"
    HIDDEN = "hidden", "已存证，不公开核验"
    EXPIRED = "expired", "保管期满"
    REFUSED = "refused", "不予存证"
    WITHDRAWN = "withdrawn", "未存证，已关闭"


# A lawyer deposits for a client in a case that lies with them.
DEPOSITORS = PERSON | {Role.LAWYER}
STAFF = frozenset({Role.DISPATCHER, Role.SUPERVISOR})
KEPT = frozenset({S.DEPOSITED, S.PRESERVING, S.HIDDEN})
CLOSED = frozenset({S.EXPIRED, S.REFUSED, S.WITHDRAWN})
ANY = frozenset(S.values)
FILES = frozenset({Doc.DEPOSIT})
APPLICANT = frozenset({Tell.APPLICANT})

# fmt: off
PROCEDURE = Procedure(
    label="电子存证",
    kind="54",
    states=S,
    initial=S.PREPARING,
    final=CLOSED,
    in_force=date(2019, 4, 23),
    basis="电子签名法第五条、第八条；公证法第十一条",
    applied_for="给文件存证",
    opened_by=frozenset({Role.LAWYER}),
    answered=KEPT,
    says_opening="可以把合同、聊天截图、照片等文件存证（免费）。请选好文件，一次交上来。",
    stages={
        "交文件": frozenset({S.PREPARING, S.REFUSED, S.WITHDRAWN}),
        "已存证": KEPT,
        "期满": frozenset({S.EXPIRED}),
    },
    steps=(
        Step("deposit", "存证", S.PREPARING, S.DEPOSITED, DEPOSITORS, needs=FILES, form=forms.Deposit,
             guard=rules.something_new, changes=rules.keep_deposit, letter="deposit_certificate", tells=APPLICANT,
             says="文件已经存证，存证证书里写着每个文件的校验码。请保管好原文件，不要改动。",
             basis="电子签名法第五条、第八条"),
        Step("refuse", "不予存证", S.PREPARING, S.REFUSED, STAFF, form=forms.NotDeposited,
             changes=rules.keep_refusal, letter="deposit_refused", tells=APPLICANT,
             says="没有为您存证：{explanation}"),
        Step("not_deposited", "没有交文件，关闭", S.PREPARING, S.WITHDRAWN, STAFF | FRONT_LINE, form=Explain,
             tells=APPLICANT, says="您还没有交存证文件，这件事先关闭：{explanation} 以后可以随时存证。"),
        Step("withdraw", "不存了", S.PREPARING, S.WITHDRAWN, PERSON, form=Note, says="您没有存证，这件事已关闭。"),
        Step("deposit_more", "追加存证", S.DEPOSITED, None, DEPOSITORS, needs=FILES, form=forms.More,
             guard=rules.something_new, changes=rules.keep_deposit, letter="deposit_certificate", tells=APPLICANT,
             says="追加的文件已经存证，新的存证证书列出了全部文件。", basis="电子签名法第五条、第八条"),
        Step("certify", "补发存证证书", KEPT, None, PERSON, letter="deposit_certificate", tells=APPLICANT,
             says="存证证书已经补发。"),
        Step("verify", "出具核验说明", KEPT, None, DEPOSITORS, form=forms.Compare, guard=rules.is_among_the_files,
             changes=rules.keep_match, letter="deposit_verified", either=True, tells=APPLICANT,
             says="您的文件与存证的文件一致，核验说明已经出具。", basis="电子签名法第八条"),
        Step("ask_preservation", "申请公证保全", S.DEPOSITED, S.PRESERVING, PERSON, form=forms.Preserve,
             guard=rules.preservation_is_possible, opens="chosen", tells=APPLICANT,
             says="已为您转到公证机构申请保全证据，后面的进展在这里都能看到。", basis="公证法第十一条"),
        Step("child_closed", "公证程序有结果", S.PRESERVING, S.DEPOSITED, Role.SYSTEM, form=ChildClosed,
             tells=APPLICANT, says="公证保全已有结果（{ending}）。存证继续保管。"),
        Step("hide", "不公开核验", S.DEPOSITED, S.HIDDEN, PERSON, form=Note, changes=rules.hide,
             says="别人不能再核验这件存证；存证本身还在，不会删除，您随时可以恢复。"),
        Step("show", "恢复公开核验", S.HIDDEN, S.DEPOSITED, PERSON, changes=rules.show,
             says="别人又可以凭存证编号和文件核验了。"),
        Step("expire", "保管期满", KEPT - {S.PRESERVING}, S.EXPIRED, STAFF, form=Explain,
             when=rules.term_of_keeping_is_over, letter="deposit_expired", tells=APPLICANT,
             says="存证保管期满：{explanation}"),
    ),
    clocks=(
        Clock("filing", "交存证文件", days(30), "转入后30日内提醒（默认值）", id="ED00",
              runs_from_steps=frozenset({"open"}), until=ANY - {S.PREPARING}, confidence=Confidence.U),
        Clock("keeping", "保管存证", years(30), "档案法实施条例（保管年限为默认值）", id="ED02",
              runs_from_steps=frozenset({"deposit"}), until=CLOSED, confidence=Confidence.U),
    ),
)
# fmt: on
