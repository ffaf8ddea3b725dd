"""What is filled in at each step of notarization by video for citizens abroad."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms

from santai.procedures.forms.days import day, moment
from santai.procedures.forms.legal_aid import choice, confirmed, long_text
from santai.procedures.forms.notarization import DECLINE_GROUNDS, Decline
from santai.procedures.forms.notarization_special import SpecialApplication
from santai.procedures.rules.notarization_items import ITEMS

# 司法部、外交部试点: what may be done over video; nothing else may.
ALLOWED = (
    "statement",
    "mandate",
    "marriage",
    "birth",
    "death",
    "kinship",
    "no_crime",
    "identity",
    "education",
    "copies",
)
RESIDENCE = [
    ("180_days", "在当地连续住满180天"),
    ("permanent", "有当地永久居留权"),
    ("visa", "有当地长期居留许可或签证"),
]
DOCUMENTS = [("passport", "护照"), ("travel", "旅行证"), ("id_card", "居民身份证")]
CONFIRMED_BY = [
    ("on_spot", "使领馆（签证中心）人员当面核对本人和证件"),
    ("listed", "使领馆（签证中心）的远程见证点视频核对"),
]
VIDEO_GROUNDS = [
    ("identity", "无法确认是本人"),
    ("not_free", "不能确认出于自愿，或者现场有人干扰"),
    ("needs_help", "听力、语言、行动上需要别人协助才能交流"),
    ("connection", "画面、声音中断，无法完成核实"),
]
ALL_GROUNDS = [*DECLINE_GROUNDS, *VIDEO_GROUNDS]
TURNED_AWAY = [
    ("item", "这个事项不能用视频办理"),
    ("residence", "不符合在当地居住的条件"),
    ("post", "所在的使领馆（签证中心）没有开通"),
    ("embassy_can", "使领馆可以直接办理"),
    ("use", "公证书不在中国境内使用"),
    ("needs_help", "听力、语言、行动上需要别人协助才能交流"),
    ("no_interest", "申请人与申请事项没有利害关系"),
    ("dispute", "对申请事项有争议"),
]


class Application(SpecialApplication):
    field_order = ("item", "purpose")
    item = choice("办什么公证", [(key, ITEMS[key].label) for key in ALLOWED], help_text="其他事项不能用视频办理。")
    disposes = forms.BooleanField(label="声明里处分房屋、存款等财产", required=False)
    linked = forms.CharField(
        label="和哪一件国内公证有关",
        required=False,
        max_length=40,
        help_text="处分财产的声明，必须写明国内公证的案码。",
    )
    country = forms.CharField(label="您在哪个国家（地区）", max_length=60)
    post = forms.CharField(label="到哪个使领馆（签证中心）办", max_length=120)
    residence = choice("您在当地的居住情况", RESIDENCE)
    is_citizen = confirmed("我是中国内地居民，持有效护照或者旅行证")
    used_here = confirmed("公证书在中国境内使用")
    embassy_cannot = confirmed("使领馆不办理这个事项")
    voluntary = confirmed("我自愿用视频办理，并会亲自到使领馆（签证中心）")
    alone = confirmed("我能自己和公证员交流，听力、语言、行动上不需要别人协助")

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        for name, message in _faults(given):
            if name not in self.errors:
                self.add_error(name, message)
        return given


def _faults(given: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if not given.get("disposes"):
        return
    if given.get("item") != "statement":
        yield "disposes", "只有声明可以这样办；委托里写明权限就可以，请去掉这一项。"
    if not given.get("linked"):
        yield "linked", "处分财产的声明只能为一件国内公证而办，请写明那件公证的案码。"


class Book(forms.Form):
    on_day = day("视频的日期（北京时间）")
    at_time = forms.TimeField(
        label="几点（北京时间）",
        widget=forms.TimeInput(attrs={"type": "time"}),
        error_messages={"required": "请填写几点。", "invalid": "时间请写成08:30这样。"},
    )
    post = forms.CharField(label="使领馆（签证中心）", max_length=120)
    confirmed_by = choice("那边由谁核对本人", CONFIRMED_BY)


    def clean_at_time(self) -> str:
        """As people read it."""
        return f"{self.cleaned_data['at_time']:%H:%M}"


class Identity(forms.Form):
    """Face, document, and the word of those who stand beside the person."""

    document = choice("出示的证件", DOCUMENTS)
    face_matches = confirmed("画面里的人和证件照片是同一人（人脸比对通过）")
    post_confirms = confirmed("使领馆（签证中心）人员已当场核对本人和证件")
    officer = forms.CharField(label="使领馆（签证中心）经办人", max_length=60)


class NotIdentified(forms.Form):
    reason = choice("哪里没有通过", VIDEO_GROUNDS)
    explanation = long_text("当时的情况", least=10)


class Video(forms.Form):
    began = moment("开始的时间（北京时间）")
    ended = moment("结束的时间（北京时间）")
    nobody_else = confirmed("画面里没有其他人，没有人提示或者干扰")
    told_meaning = confirmed("已说明这项公证的法律意义和可能的后果")
    signed_on_screen = confirmed("看着本人在文书上签名")
    recorded = confirmed("全程录像，已经上传保存")
    note = long_text("说明和询问情况")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("began") and given.get("ended") and given["ended"] <= given["began"]:
            self.add_error("ended", "结束的时间应当晚于开始的时间，请核对。")
        return given


class Original(forms.Form):
    received_on = day("收到签名原件的日期")
    same = confirmed("和视频里签的是同一份")


class DeclineVideo(Decline):
    ground = choice("不予办理的情形", ALL_GROUNDS)


class TurnAway(forms.Form):
    reason = choice("不予受理的情形", TURNED_AWAY)
    explanation = long_text("理由说明", least=10)
    route = forms.CharField(
        label="可以怎么办", max_length=300, min_length=4, help_text="例如：到使领馆办领事公证，或者回国办理。"
    )
