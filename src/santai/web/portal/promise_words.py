"""What the citizen is told of the limits of mediation and notarization, besides the date."""

from __future__ import annotations

MEDIATIONS = ("mediation", "administrative_mediation")
TALKS = {
    "acceptance": "问过双方，告诉您是否受理",
    "mediation": "调解完；双方都愿意的可以延长",
    "replacement": "答复您更换调解人员的要求",
    "confirmation_window": "双方一起申请司法确认；不需要的不用申请",
    "follow_up": "回访协议履行了没有",
}
FOR_THE_COURT = "调解完，把结果告诉您和法院"
NOTARIZATIONS = (
    "notarization",
    "notarization_execution",
    "notarization_will",
    "notarization_evidence",
    "notarization_overseas",
)
COURSE = {
    "application": "填写申请表；不办了可以撤回",
    "acceptance": "告诉您能不能受理、还缺什么",
    "certificate": "出具公证书",
    "verification": "核实有结果",
    "party_delay": "补充证明；到期还没有补的，公证可能终止",
}
# Nobody outside the office waits for these, or may know of them.
UNTOLD = ("archive", "police", "report", "recheck_longest", "copy")

SENTENCES: dict[tuple[str, str], str] = {
    **{(name, clock): told for name in MEDIATIONS for clock, told in TALKS.items()},
    ("mediation", "registration"): "登记这件纠纷；您没有填的，调解员帮您登记",
    ("mediation", "delegated"): FOR_THE_COURT,
    ("mediation", "entrusted"): FOR_THE_COURT,
    ("mediation", "entrusted_summary"): FOR_THE_COURT,
    ("mediation", "labour"): "调解完；没有达成协议的，可以申请劳动仲裁",
    ("administrative_mediation", "transfer"): "应当由别的机关调解的，移送过去",
    ("judicial_confirmation", "window"): "双方一起向法院申请司法确认",
    ("judicial_confirmation", "filing"): "法院决定是否受理",
    ("judicial_confirmation", "decision"): "法院作出裁定",
    ("judicial_confirmation", "party_objection"): "对裁定有异议的，向法院提出；没有异议的不用办",
    ("judicial_confirmation", "execution"): "对方不履行的，申请强制执行；已经履行的不用办",
    **{(name, clock): told for name in NOTARIZATIONS for clock, told in COURSE.items()},
    ("notarization", "recheck"): "答复您的复查申请",
    ("notarization", "recheck_proof"): "补充复查要的证明",
    ("notarization", "fix"): "出具更正（补正）文书",
    ("notarization", "recheck_window"): "申请复查；公证书没有错误的不用申请",
    ("notarization_execution", "execution_certificate"): "决定出不出执行证书",
    ("notarization_execution", "debtor_answer"): "债务人答复",
    ("notarization_execution", "execution"): "拿到执行证书后，向法院申请强制执行",
    ("notarization_execution", "contest"): "债务人可以向法院申请不予执行",
    ("notarization_execution", "court_review"): "法院审查债务人的申请",
    ("notarization_will", "register"): "登记备查",
    ("notarization_will", "answer_revocation"): "约您当面办理撤回",
    ("notarization_evidence", "urgent_answer"): "答复您要不要马上去现场",
    ("notarization_evidence", "seal"): "封存取得的原件",
    ("legal_aid_notice", "charge_papers"): "法院把起诉书等副本送来，供律师准备辩护",
    ("notarization_overseas", "video"): "和您约好视频的时间",
}
SILENT = frozenset((name, clock) for name in (*MEDIATIONS, *NOTARIZATIONS) for clock in UNTOLD)

ASK_FIRST = "来不及的，请先打 12348 说明。"
# By the label of the step that is taken when the day has passed and the person has not acted.
AFTERWARDS = {
    "逾期未评价": "过了这一天还没有评价，就按未评价结束。",
    "逾期未确认，按记录计入": "过了这一天还没有确认，就以服务记录为准。",
    "逾期未补正，视为撤回": f"过了这一天还没有补正，就当作您撤回申请。{ASK_FIRST}",
    "逾期未补正，视为放弃": f"过了这一天还没有补正，就当作您放弃申请。{ASK_FIRST}",
    "逾期未交费，视为撤回": f"过了这一天还没有交费，就当作您撤回申请。{ASK_FIRST}",
    "视为撤回": f"过了这一天还没有补交，就当作您撤回申请。{ASK_FIRST}",
    "视为放弃投诉": f"过了这一天还没有补充，就当作您不再投诉。{ASK_FIRST}",
    "视为放弃申请": f"过了这一天还没有补正，就当作您不再申请。{ASK_FIRST}",
    "到期没有提供证明": f"过了这一天还没有交来证明，就按没有证明处理。{ASK_FIRST}",
    "没有回复，关闭": "过了这一天还没有回复，这件事先关闭，需要时可以再提出。",
    "确认期满，办结": "过了这一天还没有回复，就当作资料够用，这件事办结。",
    "异议期满": "过了这一天没有提出异议，就按原来的决定办。",
    "当事人异议期届满": "过了这一天没有提出异议，这件事就办结。",
    "复查期满，结案": "过了这一天没有申请复查，这件事就办结。",
    "期满未申请，办结": "过了这一天没有申请，这件事就办结。",
    "期满未起诉，办结": "过了这一天没有起诉，这件事就办结。",
    "撤销后未起诉，办结": "过了这一天没有起诉，这件事就办结。",
    "裁决生效": "过了这一天没有起诉，裁决就生效。",
    "司法确认期限届满": "过了这一天没有申请，就不能再申请司法确认；调解协议仍然有效。",
    "聘期届满": "过了这一天，聘期就结束。",
    "期满不再续签": "过了这一天没有续签，合同到期结束。",
    "归档": "过了这一天没有办的，这件事就归档。",
}
