"""What is filled in at each step of preserving evidence on site."""

from __future__ import annotations

from typing import Any

from django import forms

from santai.procedures.forms.days import day, moment
from santai.procedures.forms.fields import HandlerField
from santai.procedures.forms.legal_aid import choice, confirmed, long_text
from santai.procedures.forms.notarization_special import SpecialApplication

WHAT = [
    ("scene", "现场、物品的状况"),
    ("purchase", "购买、取得物品的过程"),
    ("web", "网页、聊天记录等电子数据"),
    ("delivery", "送达、通知的过程"),
    ("statement", "当事人、证人的陈述"),
    ("other", "其他"),
]
KEEPERS = [("office", "公证处"), ("party", "当事人")]
BROKEN_OFF = [
    ("obstructed", "有人阻挠"),
    ("danger", "有危险"),
    ("gone", "要保全的对象已经不在"),
    ("device", "设备出了故障"),
    ("other", "其他情况"),
]


class Application(SpecialApplication):
    ITEM = "evidence"

    field_order = ("what", "purpose", "where")
    what = choice("保全什么", WHAT)
    where = forms.CharField(label="在哪里", max_length=200, help_text="地址；网上的写网址或者软件名称。")
    about = long_text("具体要保全哪些内容", least=4)


class UrgentApplication(Application):
    why_urgent = long_text("为什么急", help_text="例如：明天就要拆除，网页随时会被删。")


class PlanVisit(forms.Form):
    on_day = day("哪天去现场")
    place = forms.CharField(label="在哪里办", max_length=200)
    companion = HandlerField(label="一同去的公证人员", max_length=60, help_text="两人一起，公证员必须亲自到场。")


class OnSite(forms.Form):
    """Written on the spot, minute by minute."""

    began = moment("开始的时间", help_text="按现场的时钟，到分钟。")
    ended = moment("结束的时间")
    place = forms.CharField(label="地点", max_length=200)
    present = forms.CharField(label="在场的人", max_length=300)
    clean_device = confirmed("取证前检查过设备：存储空间干净、时间准确、网络正常")
    notary_there = confirmed("公证员本人和一同去的公证人员都在场")
    record = long_text("按时间顺序记下做了什么", least=10, most=5000)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("began") and given.get("ended") and given["ended"] < given["began"]:
            self.add_error("ended", "结束的时间早于开始的时间，请核对。")
        return given


class BreakOff(forms.Form):
    reason = choice("为什么没有办成", BROKEN_OFF)
    explanation = long_text("当时的情况", least=10)


class Seal(forms.Form):
    what = long_text("封存了什么", least=2, help_text="存储卡、光盘、物品，逐件写明。")
    seal_number = forms.CharField(label="封条编号", max_length=60)
    kept_at = choice("由谁保管", KEEPERS)
    both_signed = confirmed("公证员和当事人都在封条上签名，封存前后拍了照")


class NothingToSeal(forms.Form):
    explanation = long_text("为什么不用封存", least=4, help_text="例如：只有电子数据，已经留存校验值。")
