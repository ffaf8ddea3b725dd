"""What is filled in at each step of a notarized will. Everything the will says is sealed word by word."""

from __future__ import annotations

from django import forms

from santai.procedures.forms.days import day
from santai.procedures.forms.fields import HandlerField
from santai.procedures.forms.legal_aid import choice, confirmed, long_text
from santai.procedures.forms.notarization import NOTARIES
from santai.procedures.forms.notarization_special import PrivateApplication, sealed, sealed_text

CAPACITY = [
    ("able", "能说清自己是谁、家里有谁、有什么财产、想怎样处理，意思清楚"),
    ("doubtful", "有疑问，需要医院证明或者鉴定"),
]
SECOND = [("staff", "另一位公证人员"), ("witness", "一名见证人（符合民法典第一千一百四十条）")]
INTEREST = [
    ("heir", "法定继承人"),
    ("beneficiary", "遗嘱继承人或者受遗赠人"),
    ("executor", "遗嘱执行人或者遗产管理人"),
    ("court", "人民法院等有权机关"),
]
REFUSALS = [
    ("no_death", "没有证明立遗嘱人已经去世"),
    ("no_interest", "没有证明与遗嘱有利害关系"),
    ("identity", "身份没有核实"),
]


class Application(PrivateApplication):
    """Nothing of what the will is to say is asked for here: that is said face to face."""

    ITEM, PURPOSE = "will", "依法处分自己的财产"

    is_adult = confirmed("我已满18周岁，能完全辨认自己的行为（没有完全民事行为能力的人立的遗嘱无效）")
    in_person = confirmed("由我本人办理，不委托别人（公证法第二十六条）")


class Assign(forms.Form):
    handler = HandlerField(
        label="由谁承办", max_length=60, roles=NOTARIES, help_text="指定以后，只有这位公证员和负责人能打开密卷。"
    )


class Capacity(forms.Form):
    result = choice("核查结果", CAPACITY)
    asked = sealed_text("怎样核查的", help_text="问了什么、怎样回答；有病历、鉴定意见的写明。")


class Made(forms.Form):
    """The testator says it, it is written down, read out and signed, with two persons there."""

    made_on = day("立遗嘱的日期")
    place = forms.CharField(label="地点", max_length=120)
    second = choice("在场的第二人是", SECOND)
    second_name = sealed("在场第二人的姓名")
    fit_to_witness = confirmed("第二人不是继承人、受遗赠人，也与他们没有利害关系")
    nobody_else = confirmed("谈话时没有继承人、受遗赠人等无关的人在场")
    recorded = confirmed("全程录音录像")
    told_meaning = confirmed("已说明遗嘱公证的法律意义和后果：可以随时撤回、变更；有几份遗嘱的，以最后一份为准")
    read_and_signed = confirmed("已向立遗嘱人宣读，本人确认后签名、注明年月日")
    content = sealed_text("遗嘱的内容")


class Draft(forms.Form):
    text = sealed_text("拟出具的公证书证词")
    opinion = sealed_text("审查意见")


class Issue(forms.Form):
    copies = forms.IntegerField(label="份数", min_value=1, max_value=3)
    medium = forms.CharField(widget=forms.HiddenInput, required=False, initial="paper")

    def clean_medium(self) -> str:
        return "paper"


class Deliver(forms.Form):
    received_on = day("立遗嘱人收到的日期")
    in_person = confirmed("已当面交给立遗嘱人本人")
    way = forms.CharField(widget=forms.HiddenInput, required=False, initial="in_person")
    pages = forms.IntegerField(label="密卷页数", min_value=1, max_value=9999)
    kept_at = forms.CharField(label="密卷存放在哪里", max_length=120)

    def clean_way(self) -> str:
        return "in_person"


class Register(forms.Form):
    registered_on = day("登记日期")
    number = forms.CharField(label="登记号", max_length=60)


class Revocation(forms.Form):
    declared_on = day("当面声明撤回的日期")
    second_name = sealed("在场第二人的姓名")
    able = confirmed("已核查：立遗嘱人能完全辨认自己的行为，撤回出于自愿")
    new_will = forms.BooleanField(label="同时另立新的遗嘱", required=False)


class Death(forms.Form):
    died_on = day("去世的日期")
    told_by = sealed("谁来告知的、与立遗嘱人是什么关系", most=200)


class Copy(forms.Form):
    who = sealed("交给谁")
    interest = choice("凭什么身份", INTEREST)
    proof = forms.CharField(label="核实了什么材料", max_length=200, help_text="如死亡证明、亲属关系证明、法院函件。")


class NoCopy(forms.Form):
    who = sealed("谁来查询")
    reason = choice("不予提供的情形", REFUSALS)
    explanation = long_text("理由说明", least=10)


class CloseFile(forms.Form):
    note = long_text("结案说明", required=False)


class Mistaken(forms.Form):
    explanation = long_text("为什么更正", least=4, help_text="例如：死亡证明是别人的。")


def dates_of(form: type[forms.Form]) -> list[str]:
    """The days a form asks for, none of which may lie ahead."""
    return [name for name, field in form.base_fields.items() if isinstance(field, forms.DateField)]
