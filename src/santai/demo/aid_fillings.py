"""What is filled in at the steps of a legal-aid case in the demo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.utils.timezone import localdate

from santai.demo.scene import Filling, Scene, words

# Our matter → the item of 法律援助法 31 it usually is.
ITEMS = {"劳动纠纷": "labour", "婚姻家庭": "support", "交通事故": "injury", "人身损害": "injury", "医疗纠纷": "injury"}
ADVERSE = ("某某建筑劳务有限公司", "某某餐饮店", "某某物流有限公司", "某某运输队", "同村村民", "前配偶")


def apply(scene: Scene) -> Filling:
    """Most are in hardship by their figures; some prove a status that needs no check."""
    filled: Filling = {
        "matter": ITEMS.get(scene.case.matter, "other"),
        "service": "litigation",
        "story": scene.case.text + " 请求依法维护我的权益。",
        "place": scene.case.region,
        "adverse_name": f"{scene.rng.choice(ADVERSE)}（{scene.case.code[-7:]}）",
    }
    if "low_income" in scene.case.applicant.groups:
        return {**filled, "unchecked": "relief"}
    figures = {"household_size": scene.rng.randint(2, 5), "household_income": scene.rng.randrange(600, 2400, 100)}
    return {**filled, **figures, "commitment": True}


def in_ten_days(scene: Scene) -> date:
    return localdate(scene.at) + timedelta(days=10)


def aid_ask(scene: Scene) -> Filling:
    return {"items": "劳动合同、工资条或者聊天记录等能证明事实的材料", "by": in_ten_days(scene)}


def assign(scene: Scene) -> Filling:
    return {"practitioner": scene.cast.aid_worker(scene.case.region).pk}


def replace(scene: Scene) -> Filling:
    current = scene.case.facts["assignment"]["practitioner"]
    return {
        "practitioner": scene.cast.aid_worker(scene.case.region, other_than=current).pk,
        "reason": "asked",
        "explanation": "受援人反映沟通不畅，经了解理由成立。",
        "handover": "约见笔录和证据材料已经全部移交。",
    }


def prior(scene: Scene) -> Filling:
    urgent = {"ground": "preservation", "explanation": "对方正在转移财产，须马上申请财产保全。"}
    return {**assign(scene), **urgent, "by": in_ten_days(scene)}


def meet(scene: Scene) -> Filling:
    told = {"told_rights": True, "told_risks": True}
    return {"met_on": localdate(scene.at), "place": "公共法律服务中心会见室", **told}


def aid_finish(scene: Scene) -> Filling:
    outcome, summary = scene.rng.choice(
        (
            ("won", "法院支持了您的全部请求，判决已经生效。"),
            ("partly", "法院支持了您的主要请求，另一部分因证据不足没有支持。"),
            ("settled", "经法院主持调解，对方同意分三次付清。"),
        )
    )
    closed = {"stage": "judgement", "closed_on": localdate(scene.at)}
    return {**closed, "outcome": outcome, "recovered": scene.rng.randrange(3, 90) * 1000, "summary": summary}


AID_FILLINGS: dict[str, Callable[[Scene], Filling]] = {
    "apply": apply,
    "aid_ask": aid_ask,
    "aid_note": words("材料已经按要求准备好，请查收", "见所附材料清单", field="note"),
    "check": lambda scene: {"checked": "data_sharing", "finding": "通过民政、社保信息共享查询，与填写情况一致。"},
    "other_office": lambda scene: {"office": "外市法律援助中心", "question": "请协助核查申请人配偶在当地的收入情况。"},
    "office_reply": words("配偶在当地打零工，收入与申报一致。", "当地没有查到其他收入和房产。", field="answer"),
    "grant": words("符合法律援助条件，同意提供。", "事项和经济状况都符合规定，同意。", field="opinion"),
    "aid_decline": lambda scene: {
        "reason": "out_of_scope",
        "explanation": "请求返还的是合伙投资款，不在法律援助法第三十一条列明的事项之内。",
    },
    "served": lambda scene: {"served_on": localdate(scene.at), "way": "in_person"},
    "objection": words(
        "我家确实困难，我认为这件事应当在援助范围内。", "我没有自己请律师，是村里人帮我问了问。", field="explanation"
    ),
    "uphold": words("经审查，事项不在援助范围，维持原决定。", "决定认定事实清楚，予以维持。", field="explanation"),
    "order_grant": words("申请人的请求包含劳动报酬，属于援助范围，应当提供。", field="explanation"),
    "assign": assign,
    "replace": replace,
    "ask_replacement": words(
        "打了几次电话都没有回，材料也没有看。", "我们说方言，沟通起来很费劲。", field="explanation"
    ),
    "delay": words("受援人在外地打工，约好下周回来签字。", "受援人住院，出院后再签。", field="explanation"),
    "sign": lambda scene: {"signed_on": localdate(scene.at)},
    "meet": meet,
    "aid_progress": words(
        "法院已经立案，等排开庭时间。", "对方提交了答辩状，我们正在准备补充证据。", "已经开庭，等待判决。"
    ),
    "prior": prior,
    "aid_terminate": lambda scene: {
        "ground": "own_counsel",
        "explanation": "受援人已经自行委托律师并向法院提交了委托手续。",
    },
    "aid_finish": aid_finish,
    "return_file": lambda scene: {
        "items": "缺庭审笔录；结案报告没有签名",
        "by": localdate(scene.at) + timedelta(days=10),
    },
    "accept_file": lambda scene: {"grade": scene.rng.choice(("excellent", "good", "good", "qualified"))},
    "subsidy": lambda scene: {"paid_on": localdate(scene.at)},
    "aid_transfer": lambda scene: {
        "reason": "other_office",
        "to": "案件审理法院所在地的法律援助中心",
        "explanation": "案件由外市法院审理，应当向当地法律援助机构申请。",
    },
}
