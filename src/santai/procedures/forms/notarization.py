"""What is filled in at each step of a notarization."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms

from santai.casework.models import CaseParty
from santai.procedures.forms.fields import HandlerField, SealedNameField
from santai.procedures.forms.legal_aid import choice, confirmed, day, long_text, yuan
from santai.procedures.rules.notarization_items import CHOICES, ITEMS, OWN_TABLES
from santai.registry.models import Region
from santai.trust.roles import Role

NOTARIES = frozenset({Role.NOTARY})
# 公证法第三十一条
DECLINE_GROUNDS = [
    ("incapable", "申请人没有完全民事行为能力，又没有监护人代理（第一项）"),
    ("no_interest", "申请人与申请事项没有利害关系（第二项）"),
    ("appraisal", "申请事项属于专业技术鉴定、评估（第三项）"),
    ("dispute", "当事人之间对申请事项有争议（第四项）"),
    ("false", "当事人虚构、隐瞒事实，或者提供虚假证明材料（第五项）"),
    ("insufficient", "证明材料不充分，或者拒绝补充证明材料（第六项）"),
    ("unlawful", "申请事项不真实、不合法（第七项）"),
    ("morals", "申请事项违背社会公德（第八项）"),
    ("fee", "当事人拒绝按照规定支付公证费（第九项）"),
]
NOT_ACCEPTED_GROUNDS = [
    ("no_interest", "申请人与申请事项没有利害关系"),
    ("dispute", "对申请事项有争议"),
    ("out_of_scope", "不属于公证机构的业务范围"),
    ("wrong_region", "不属于本公证机构的执业区域"),
    ("no_person", "依法应当本人或监护人办理，到场的人无权申请"),
]
TERMINATION_GROUNDS = [
    ("party_delay", "因当事人的原因，满6个月仍不能办结"),
    ("withdrawn", "当事人在出具公证书前撤回申请"),
    ("death", "申请人死亡或者单位终止，继续办理没有意义"),
    ("obstruction", "当事人阻挠、妨碍公证机构依法办理"),
    ("other", "其他应当终止的情形"),
]
REPLACEMENT_REASONS = [("recusal", "应当回避，回避申请成立"), ("unable", "承办公证员因故不能继续办理")]
REFUNDS = [("all", "全部退还"), ("part", "部分退还"), ("none", "不退还"), ("free", "没有收费")]
MEDIA = [("paper", "纸质公证书"), ("electronic", "电子公证书")]
WAYS = [("in_person", "当面领取"), ("post", "邮寄"), ("online", "网上送达")]
FEES = [("full", "按标准收取"), ("reduced", "减收"), ("waived", "免收")]
TERMS = [("short", "短期"), ("long", "长期"), ("permanent", "永久")]
WHO_ASKS = [("party", "公证的当事人"), ("interested", "公证事项的利害关系人")]
RECHECK_REFUSALS = [
    ("late", "超过了申请复查的期限"),
    ("no_interest", "申请人不是当事人，也与公证事项没有利害关系"),
    ("no_reason", "没有说明错误、理由，又没有提供证明材料"),
    ("in_court", "争议内容已经或者应当由人民法院处理"),
]
RESULTS = [
    ("uphold", "维持"),
    ("correct", "更正"),
    ("complete", "补正"),
    ("revoke_partly", "部分撤销"),
    ("revoke", "撤销"),
]


class Application(forms.Form):
    item = choice("办什么公证", CHOICES)
    purpose = long_text("办公证做什么用", least=4, help_text="例如：办理房产过户、出国留学。")
    place = forms.CharField(
        label="住所地、行为地或者事情发生在哪里",
        required=False,
        max_length=12,
        help_text="不选就是您提交时选的县（区）。",
    )
    real_estate = forms.BooleanField(label="涉及房屋、土地等不动产", required=False)
    property_place = forms.CharField(label="不动产在哪里", required=False, max_length=12)
    lacks_capacity = forms.BooleanField(label="申请人未满18周岁，或者不能完全辨认自己的行为", required=False)
    guardian = SealedNameField(label="监护人姓名", side=CaseParty.Side.GUARDIAN, required=False, max_length=60)
    agent = SealedNameField(
        label="委托代理人姓名",
        side=CaseParty.Side.AGENT,
        required=False,
        max_length=60,
        help_text="遗嘱、生存、收养关系等必须本人办理。",
    )
    abroad = forms.BooleanField(label="公证书拿到境外使用", required=False)
    medium = choice("要什么样的公证书", MEDIA, help_text="婚姻、收养、继承等事项只能用纸质公证书。")
    commitment = forms.BooleanField(
        label="用书面承诺代替证明材料", required=False, help_text="能联网核对的事项可以承诺，请上传签字的承诺书。"
    )

    def clean_place(self) -> str:
        return self._region("place")

    def clean_property_place(self) -> str:
        return self._region("property_place")

    def _region(self, name: str) -> str:
        place: str = self.cleaned_data[name].strip()
        if place and not Region.objects.filter(code=place).exists():
            raise forms.ValidationError("没有这个区划，请从列表中选择县（市、区）。")
        return place

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if "item" in given:
            for name, message in _against_the_item(given):
                if name not in self.errors:
                    self.add_error(name, message)
        return given


def _against_the_item(given: dict[str, Any]) -> Iterator[tuple[str, str]]:
    item = ITEMS[given["item"]]
    if item.own_table:
        yield "item", f"“{item.label}”公证有专门的程序，请退出这张表，选“改用专门程序”。"
    if item.in_person and given.get("agent"):
        yield "agent", f"“{item.label}”公证必须由本人办理，不能委托别人（公证法第二十六条）。请去掉代理人，本人到场。"
    if item.is_status and given.get("medium") == "electronic":
        yield "medium", f"“{item.label}”涉及人身关系，不能用电子文书（电子签名法第三条）。请选纸质公证书。"
    if given.get("real_estate") and not item.free_place and not given.get("property_place"):
        yield "property_place", "请填写不动产在哪个县（区）：这类公证由不动产所在地的公证机构办理。"
    if given.get("commitment") and not item.may_commit:
        yield "commitment", f"“{item.label}”不能用承诺代替证明材料，请准备：{item.papers}。"
    yield from _against_the_person(given)


def _against_the_person(given: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if not given.get("lacks_capacity"):
        return
    if not given.get("guardian"):
        yield "guardian", "请填写监护人姓名，由监护人代理申请（公证法第三十一条第一项）。"


class OwnTable(forms.Form):
    procedure = choice("办哪一种", [*OWN_TABLES, ("notarization_overseas", "人在境外，用视频办理")])


class AskForMore(forms.Form):
    items = long_text("需要补充的材料或说明", help_text="请一次列全，每行一项。", most=2000)
    by = day("请在哪天前交来")


class Accept(forms.Form):
    fee = choice("公证费", FEES)
    fee_amount = yuan("公证费(元)")
    fee_reason = long_text("为什么不减免", required=False, help_text="提示应当减免而仍收费的，写明理由。")
    public_benefit = forms.BooleanField(
        label="公益公证", required=False, help_text="在本处公证员中随机确定承办人，随机过程留存备查。"
    )


class TurnAway(forms.Form):
    reason = choice("不予受理的情形", NOT_ACCEPTED_GROUNDS)
    explanation = long_text("理由说明", least=10)
    route = forms.CharField(label="可以找哪里", max_length=300, min_length=4, help_text="写明机构名称、地址和电话。")


class Told(forms.Form):
    told_meaning = confirmed("已说明这项公证的法律意义和可能的后果")
    second_person = SealedNameField(
        label="在场的第二人",
        side=CaseParty.Side.WITNESS,
        required=False,
        max_length=60,
        help_text="遗嘱、保全证据：另一位公证人员或见证人。",
    )
    note = long_text("说明和询问情况")


class Verify(forms.Form):
    asked = forms.CharField(label="由谁核实", max_length=120, help_text="自行核实的写“本处”；委托的写公证机构名称。")
    question = long_text("核实什么")


class Verified(forms.Form):
    finding = long_text("核实结果")


class Submit(forms.Form):
    text = long_text("拟出具的公证书证词", least=10, most=5000)
    opinion = long_text("审查意见")


class Approve(forms.Form):
    opinion = long_text("审批意见", required=False)


class Decline(forms.Form):
    ground = choice("不予办理的情形", DECLINE_GROUNDS)
    explanation = long_text("理由说明", least=10, help_text="写清事实和依据，申请人会在决定书里看到。")
    refund = choice("公证费怎么退", REFUNDS, help_text="按当事人有没有过错决定。")


class Terminate(Decline):
    ground = choice("终止的情形", TERMINATION_GROUNDS)


class Issue(forms.Form):
    copies = forms.IntegerField(label="份数", min_value=1, max_value=50)
    medium = choice("公证书形式", MEDIA)


class Deliver(forms.Form):
    received_on = day("领取（收到）日期", help_text="申请复查的1年从第二天起算。")
    way = choice("领取方式", WAYS)


class Archive(forms.Form):
    pages = forms.IntegerField(label="案卷页数", min_value=1, max_value=9999)
    term = choice("保管期限", TERMS, help_text="年限按现行公证档案规定执行。")


class Recusal(forms.Form):
    explanation = long_text("要求回避的理由", help_text="例如：公证员是对方的亲属。")


class Replace(forms.Form):
    handler = HandlerField(
        label="改由谁承办",
        max_length=60,
        required=False,
        roles=NOTARIES,
        help_text="公益公证不填，重新随机确定。",
    )
    reason = choice("更换的理由", REPLACEMENT_REASONS)
    explanation = long_text("说明")


class Recheck(forms.Form):
    who = choice("您是", WHO_ASKS)
    knew_on = day("哪天知道这份公证书的", required=False, help_text="利害关系人必须填写，期限从第二天起算。")
    error = long_text("公证书哪里有错误", least=10)
    request = long_text("希望怎样处理、理由是什么")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("who") == "interested" and not given.get("knew_on") and "knew_on" not in self.errors:
            self.add_error("knew_on", "利害关系人请填写知道公证书的日期。")
        return given


class RecheckOfClosed(Recheck):
    certificate = forms.CharField(label="原公证的案码", max_length=40, help_text="公证书上印着的19位案码。")


class AssignRecheck(forms.Form):
    handler = HandlerField(label="由谁复查", max_length=60, roles=NOTARIES, help_text="不能是原来承办的公证员。")


class RefuseRecheck(forms.Form):
    reason = choice("不受理复查的情形", RECHECK_REFUSALS)
    explanation = long_text("理由说明", least=10)


class RecheckOpinion(forms.Form):
    result = choice("建议怎样处理", RESULTS)
    opinion = long_text("复查情况和理由", least=10)


class Decide(forms.Form):
    decided_on = day("决定日期", help_text="作出决定的当天填写；向公证协会报告也在当天。")
    explanation = long_text("理由说明", least=10)


class Report(forms.Form):
    reported_to = forms.CharField(label="报告哪个公证协会", max_length=120)
    registered = confirmed("已录入全国公证管理系统")
    note = long_text("说明", required=False)


class Fix(forms.Form):
    text = long_text("更正、补正或者撤销部分的内容", least=4, most=3000)
    copies = forms.IntegerField(label="份数", min_value=1, max_value=50)


class Announce(forms.Form):
    place = forms.CharField(label="公告在哪里", max_length=200)
    announced_on = day("公告日期")
