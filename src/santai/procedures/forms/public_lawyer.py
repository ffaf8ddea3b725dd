"""What is filled in for the certificate of a public lawyer (公职律师). The unit applies; who is to be certified is not
the applicant, and named sealed."""

from __future__ import annotations

from django import forms

from santai.procedures.forms.arbitration import short_text
from santai.procedures.forms.days import day
from santai.procedures.forms.fields import SealedTextField
from santai.procedures.forms.legal_aid import choice, confirmed, long_text

EXPERIENCE = [
    ("legal_work", "从事法律事务工作二年以上"),
    ("profession", "曾担任法官、检察官、律师一年以上"),
    ("neither", "都不满足"),
]
BARS = [
    ("incapable", "无民事行为能力或者限制民事行为能力"),
    ("revoked", "曾被吊销律师执业证书"),
    ("investigated", "涉嫌犯罪、司法程序尚未终结，或者正在被审查调查"),
    ("failed", "上一年度公务员年度考核被确定为不称职"),
    ("dishonest", "正被列为失信联合惩戒对象"),
]
DECLINE_REASONS = [
    ("no_qualification", "没有取得法律职业资格或者律师资格"),
    ("not_public", "不是依法履行公职的人员"),
    ("experience", "法律工作年限不够"),
    ("conduct", "品行不符合要求"),
    ("no_consent", "所在单位不同意"),
    ("barred", "有不得担任公职律师的情形"),
    ("untrue", "申请材料不真实"),
]
NOT_ACCEPTED_REASONS = [
    ("not_here", "应当向其他司法行政机关申请"),
    ("no_unit", "不是由所在单位申请"),
    ("has_licence", "已持有其他类别的律师执业证书，尚未注销"),
]
CANCEL_GROUNDS = [
    ("asked", "本人不愿意继续担任"),
    ("unit", "所在单位不同意继续担任"),
    ("left", "离职、调离、退休，不再履行公职"),
    ("failed", "连续两次年度考核不称职"),
    ("barred", "出现不得担任公职律师的情形"),
    ("fraud", "以欺诈、贿赂等不正当手段取得证书"),
    ("other_licence", "转为社会律师、公司律师等"),
]
GRADES = [("competent", "称职"), ("barely", "基本称职"), ("failed", "不称职")]


class Application(forms.Form):
    lawyer_name = SealedTextField(label="申请人姓名", max_length=60)
    certificate = SealedTextField(label="法律职业资格证书号", max_length=40)
    post = short_text("职务和岗位", most=120)
    is_chinese = forms.BooleanField(label="中华人民共和国公民，拥护宪法", required=False)
    is_qualified = forms.BooleanField(label="依法取得法律职业资格或者律师资格", required=False)
    is_public = forms.BooleanField(label="依法履行公职，或者在人民团体工作、纳入编制管理", required=False)
    experience = choice("法律工作经历", EXPERIENCE)
    experience_since = day("从哪一天开始从事", help_text="按符合的那一项填写。")
    good_conduct = forms.BooleanField(label="品行良好", required=False)
    unit_consents = forms.BooleanField(label="所在单位同意担任公职律师", required=False)
    bars = forms.MultipleChoiceField(
        label="有没有下列情形",
        choices=BARS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="没有的不要勾选；隐瞒的，证书会被撤销。",
        error_messages={"invalid_choice": "请从列表中选择。"},
    )
    declared = confirmed("本单位对材料的真实性负责")


class Report(forms.Form):
    opinion = long_text("审查意见", least=10)


class Decline(forms.Form):
    reason = choice("不予颁发的情形", DECLINE_REASONS)
    explanation = long_text("理由说明", least=10)


class NotAccepted(forms.Form):
    reason = choice("不予受理的情形", NOT_ACCEPTED_REASONS)
    explanation = long_text("理由说明", least=10)
    route = short_text("应当怎么办、找哪里", most=300)


class Certificate(forms.Form):
    licence = forms.RegexField(
        r"^\d{17}$",
        label="公职律师证号",
        help_text="17位数字。",
        error_messages={"required": "请填写证号。", "invalid": "证号是17位数字，请对照证书再填一次。"},
    )
    issued_on_day = day("颁证日期")


class Assess(forms.Form):
    year = forms.IntegerField(
        label="考核年度",
        min_value=2000,
        max_value=2099,
        error_messages={"required": "请填写考核年度。", "invalid": "请填整数。"},
    )
    grade = choice("等次", GRADES)
    opinion = long_text("考核意见")


class AskCancel(forms.Form):
    ground = choice("注销的情形", CANCEL_GROUNDS)
    explanation = long_text("说明")


class Cancel(forms.Form):
    ground = choice("注销的情形", CANCEL_GROUNDS)
    explanation = long_text("理由说明", least=10)
