"""What is filled in at each step of civil and administrative legal aid. Nowhere is the recipient asked for money
(法律援助法第二十条)."""

from __future__ import annotations

from typing import Any

from django import forms

from santai.casework.models import CaseParty
from santai.procedures.forms import service
from santai.procedures.forms.fields import PractitionerField, SealedNameField
from santai.procedures.rules.legal_aid_eligibility import Checked, Matter, NoLimit, Unchecked
from santai.registry.models import Region

SERVICES = [
    ("litigation", "打官司（诉讼代理）"),
    ("labour_arbitration", "劳动争议调解与仲裁代理"),
    ("reconsideration", "行政复议代理"),
    ("out_of_court", "非诉讼代理（协商、调解等）"),
    ("drafting", "代拟法律文书"),
]
DECLINE_REASONS = [
    ("out_of_scope", "不属于法律援助的事项范围"),
    ("not_in_hardship", "不符合经济困难标准"),
    ("has_agent", "已经委托代理人"),
    ("no_standing", "申请人不是当事人或没有代理权"),
    ("repeated", "同一事项已经获得法律援助"),
    ("untrue", "申请材料不真实"),
]
TRANSFER_REASONS = [
    ("other_office", "应由其他法律援助机构受理（第三十八条）"),
    ("other_body", "应由其他机关或组织办理"),
]
URGENT_GROUNDS = [
    ("limitation", "时效或期限不足7日届满，须及时起诉、申请仲裁或复议"),
    ("preservation", "须立即申请财产保全、证据保全或先予执行"),
    ("other", "法律法规规章规定的其他紧急情形"),
]
TERMINATION_GROUNDS = [
    ("fraud", "以欺骗或其他不正当手段获得法律援助"),
    ("concealment", "故意隐瞒重要事实或提供虚假证据"),
    ("unlawful_use", "利用法律援助从事违法活动"),
    ("means_changed", "经济状况变化，不再符合条件"),
    ("case_ended", "案件终止审理或已被撤销"),
    ("own_counsel", "自行委托律师或其他代理人"),
    ("asked", "受援人有正当理由要求终止"),
    ("other", "法律法规规定的其他情形"),
]
REPLACEMENT_REASONS = [
    ("asked", "受援人申请，理由成立"),
    ("conflict", "承办人有利益冲突或应当回避"),
    ("unable", "承办人因故不能继续办理"),
    ("not_dutiful", "承办人未依法履行职责"),
]
MAJOR_MATTERS = [
    ("evidence", "主要证据或法律适用有重大疑问"),
    ("group", "涉及群体性事件"),
    ("impact", "有重大社会影响"),
    ("complex", "案情复杂、疑难"),
]
STAGES = [
    ("judgement", "诉讼：收到判决、裁定或调解书"),
    ("award", "劳动仲裁：收到裁决或调解书"),
    ("reconsidered", "行政复议：收到复议决定"),
    ("settled", "非诉讼：达成和解或调解协议"),
    ("performed", "非诉讼：没有书面协议，对方开始履行"),
    ("drafted", "代拟文书：文书交付受援人"),
]
OUTCOMES = [
    ("won", "全部支持"),
    ("partly", "部分支持"),
    ("settled", "调解或和解"),
    ("lost", "未获支持"),
    ("other", "其他"),
]
GRADES = [("excellent", "优秀"), ("good", "良好"), ("qualified", "合格"), ("unqualified", "不合格")]
NOT_REPLACED_REASONS = [
    ("no_ground", "理由不成立：承办人在依法履行职责"),
    ("no_proof", "没有说明具体事实或提供证据"),
    ("limit", "已经更换过，再次更换没有新的理由"),
]
NO_SUBSIDY_REASONS = [
    ("staff", "法律援助机构工作人员承办，不领补贴"),
    ("nothing_done", "没有实际办理"),
    ("misconduct", "收取财物或严重不负责任，取消补贴"),
    ("waived", "承办人书面放弃补贴"),
]


def long_text(
    label: str, *, required: bool = True, help_text: str = "", least: int = 5, most: int = 1000
) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        min_length=least if required else None,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": f"请填写{label}。",
            "min_length": f"{label}写得太短，请写清楚（至少{least}个字）。",
        },
    )


def day(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": f"请选择{label}。", "invalid": "日期请写成2026-12-03这样。"},
    )


def choice(label: str, choices: Any, *, required: bool = True, help_text: str = "") -> forms.ChoiceField:
    offered = list(choices) if required else [("", "没有"), *choices]
    return forms.ChoiceField(
        label=label,
        choices=offered,
        required=required,
        help_text=help_text,
        error_messages={"required": f"请选择{label}。", "invalid_choice": f"请从列表中选择{label}。"},
    )


def yuan(label: str, help_text: str = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        help_text=help_text,
        min_value=0,
        max_digits=10,
        decimal_places=2,
        error_messages={"invalid": "请填数字，单位是元。", "min_value": "金额不能是负数。"},
    )


def moment(label: str, *, required: bool = True, help_text: str = "") -> forms.DateTimeField:
    """Day and clock time, for limits that are counted in hours."""
    return forms.DateTimeField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        error_messages={"required": f"请填写{label}。", "invalid": "时间请写成2026-12-03 14:30这样。"},
    )


def share(label: str, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        help_text=help_text,
        min_value=0,
        max_value=100,
        error_messages={"invalid": "请填0到100的整数。", "max_value": "不能超过100。", "min_value": "不能小于0。"},
    )


def confirmed(label: str) -> forms.BooleanField:
    return forms.BooleanField(label=label, error_messages={"required": "请先做到这一项，再勾选。"})


class Means(forms.Form):
    """Household figures; what they are compared with depends on place and date."""

    household_size = forms.IntegerField(
        label="共同生活的家庭人口", required=False, min_value=1, max_value=30, help_text="包括您自己。"
    )
    household_income = yuan("家庭每月总收入(元)", "全家人每月收入加在一起，没有收入填0。")
    own_income = yuan("本人每月收入(元)", "对方是共同生活的家人时，只看您本人的收入。")


class Application(Means):
    field_order = (
        *("matter", "service", "story", "place", "adverse_name", "adverse_lives_with", "has_agent", "term_ends_on"),
        *("no_limit", "unchecked", "household_size", "household_income", "own_income", "commitment"),
    )
    matter = choice("申请事项", Matter.choices)
    service = choice("需要什么帮助", SERVICES)
    story = long_text("事情经过和请求", least=10, most=5000, help_text="发生了什么、您想要什么结果。")
    place = forms.CharField(
        label="办案机关或事情发生在哪里",
        required=False,
        max_length=12,
        help_text="区划代码；不填就是您提交时选的县（区）。",
    )
    adverse_name = SealedNameField(
        label="对方姓名或名称", side=CaseParty.Side.OTHER, required=False, help_text="用来防止利益冲突；加密保存。"
    )
    adverse_lives_with = forms.BooleanField(label="对方是和我共同生活的家人", required=False)
    has_agent = forms.BooleanField(label="我已经请了律师或其他代理人", required=False)
    term_ends_on = day("时效或其他期限的最后一天", required=False, help_text="马上要过期的请一定填写，会优先处理。")
    no_limit = choice("不受经济困难限制的情形", NoLimit.choices, required=False)
    unchecked = choice("免予核查经济困难的身份", Unchecked.choices, required=False, help_text="选择后请上传证明。")
    commitment = forms.BooleanField(
        label="我承诺以上经济状况属实",
        required=False,
        help_text="请上传签字的承诺书。说假话的，要支付已经提供的法律援助的费用，并可能被罚款（法律援助法第六十四条）。",
    )

    def clean_place(self) -> str:
        place: str = self.cleaned_data["place"].strip()
        if place and not Region.objects.filter(code=place).exists():
            raise forms.ValidationError("没有这个区划，请从列表中选择县（市、区）。")
        return place

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for name in self._figures_needed(given):
            if name not in self.errors and given.get(name) is None:
                self.add_error(name, "请填写；属于免予核查或不受经济限制情形的，请在下面选择。")
        return given

    def _figures_needed(self, given: dict[str, Any]) -> tuple[str, ...]:
        if given.get("no_limit") or given.get("unchecked"):
            return ()
        return ("own_income",) if given.get("adverse_lives_with") else ("household_size", "household_income")


class AskForMore(forms.Form):
    items = long_text("需要补充的材料或说明", help_text="请一次列全，每行一项；以后不能再要求补充。", most=2000)
    by = day("补交截止日")


class Note(forms.Form):
    note = long_text("说明", required=False)


class Explain(forms.Form):
    explanation = long_text("理由")


class AskOffice(forms.Form):
    office = forms.CharField(label="协助核查的法律援助机构", max_length=120)
    question = long_text("请协助核查什么")


class OfficeReply(forms.Form):
    answer = long_text("核查结果")


class Check(Means):
    checked = choice("核查方式", Checked.choices)
    finding = long_text("核查情况")


class Grant(forms.Form):
    opinion = long_text("审查意见", required=False)
    override = long_text("仍予援助的理由", required=False, help_text="有一项条件不符合或没有查明时必须填写。")


class Decline(forms.Form):
    reason = choice("不予援助的情形", DECLINE_REASONS)
    explanation = long_text("理由说明", least=10, help_text="写清哪项条件不符合、依据哪一条，申请人会看到。")


class Transfer(forms.Form):
    reason = choice("转告的情形", TRANSFER_REASONS)
    to = forms.CharField(label="应当找哪里", max_length=200, help_text="写明机构名称、地址和电话。")
    explanation = long_text("说明")


class Assign(forms.Form):
    practitioner = PractitionerField(label="承办人", max_length=60, help_text="姓名、执业证号或编号。")
    no_conflict = long_text(
        "不构成利益冲突或者双方同意的说明",
        required=False,
        help_text="提示利益冲突时填写：怎样核实不是同一人；依法可以由双方同意的，双方怎样书面同意。",
    )


class ProvidePrior(Assign):
    ground = choice("紧急情形", URGENT_GROUNDS)
    term_ends_on = day("时效或期限的最后一天", required=False)
    explanation = long_text("情况说明")
    by = day("补交申请材料的截止日")


class Replace(Assign):
    reason = choice("更换的理由", REPLACEMENT_REASONS)
    explanation = long_text("说明")
    handover = long_text("交接情况", help_text="已办到哪一步、移交了哪些材料。")


class Delay(forms.Form):
    explanation = long_text("受援人方面的原因")


class SignAgreement(forms.Form):
    signed_on = day("签订日期")


class Meeting(forms.Form):
    met_on = day("约见日期")
    place = forms.CharField(label="地点或方式", max_length=120)
    told_rights = confirmed("已告知受援人的权利和义务")
    told_risks = confirmed("已告知可能的风险和结果")
    note = long_text("约见情况", required=False)


class Progress(forms.Form):
    text = long_text("办理进展", help_text="受援人会原样看到，请用平常话写。")


class Major(forms.Form):
    kind = choice("重大情况", MAJOR_MATTERS)
    text = long_text("情况说明")


class Terminate(forms.Form):
    ground = choice("终止的情形", TERMINATION_GROUNDS)
    explanation = long_text("理由说明", least=10, help_text="写清事实和依据，受援人会在决定书里看到。")


class Served(service.Served):
    served_on = day(
        "收到决定书的日期", help_text="签收日、邮寄回执上的日期或者电子文书到达的日期；异议期限从第二天起算。"
    )


class Objection(forms.Form):
    explanation = long_text("不同意的理由", help_text="为什么您认为决定不对；有新材料可以一起交。", most=5000)


class Finish(forms.Form):
    stage = choice("结案的情形", STAGES)
    closed_on = day("结案日", help_text="收到裁判、裁决或协议的那一天；交案卷的期限从第二天起算。")
    outcome = choice("结果", OUTCOMES)
    recovered = yuan("为受援人取得或挽回的金额(元)")
    summary = long_text("结果说明", help_text="受援人会原样看到。")


class ReturnFile(forms.Form):
    items = long_text("案卷需要补正的内容", help_text="每行一项。", most=2000)
    by = day("补正截止日")


class AcceptFile(forms.Form):
    grade = choice("质量等次", GRADES)
    opinion = long_text("审查意见", required=False)


class NotReplaced(Explain):
    reason = choice("不予更换的情形", NOT_REPLACED_REASONS)


class AskVisit(forms.Form):
    asked_at = moment("向看守所提出会见的时间", help_text="看守所应当在48小时内安排会见。")


class SubmitPapers(forms.Form):
    submitted_on = day("向法院提交手续的日期")


class Subsidy(forms.Form):
    """What the state pays is calculated (法律援助法第五十二条); nobody types an amount, the recipient pays nothing."""

    done_percent = share("现承办人完成的工作量(%)", help_text="办到结案、没有换过人的不用填；终止或换过人的必须填。")
    earlier_percent = share("原承办人完成的工作量(%)", help_text="换过承办人、原承办人做了工作的填写。")
    note = long_text("说明", required=False)


class NoSubsidy(forms.Form):
    reason = choice("不发补贴的情形", NO_SUBSIDY_REASONS)
    note = long_text("说明")


class PaidOn(forms.Form):
    paid_on = day("支付日期")
    note = long_text("说明", required=False)
