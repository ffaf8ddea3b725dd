"""What is filled in at the steps of the demo, in the words staff and citizens use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.utils.timezone import localdate

from santai.demo.aid_fillings import AID_FILLINGS
from santai.demo.lay_texts import ADVICE, ANSWERS
from santai.demo.scene import Filling, Scene, words


def dispatch(scene: Scene) -> Filling:
    body = scene.receiver()
    return {"organisation": body.pk, "reasons": f"{body.name}离当事人近，擅长{scene.case.matter}，在办较少"}


def dispatch_to_better(scene: Scene) -> Filling:
    body = scene.better_owner or scene.receiver()
    return {"organisation": body.pk, "reasons": "按退回单位指明的去处重新分派"}


def return_order(scene: Scene) -> Filling:
    scene.better_owner = scene.receiver()
    reason, ground, explanation = scene.rng.choice(
        (
            ("wrong_matter", "本单位执业范围不含此类事项", "这件事要先走调解或援助程序，本单位没有承办人员擅长。"),
            ("not_our_region", "诉讼事项由办案机关所在地受理", "纠纷发生在外区，由当地机构办理更方便当事人。"),
            ("conflict", "律师法第三十九条：不得为有利益冲突的双方代理", "本单位正为对方提供服务，应当回避。"),
        )
    )
    return {"reason": reason, "ground": ground, "explanation": explanation, "better_owner": scene.better_owner.pk}


def ruling(scene: Scene) -> Filling:
    body = scene.better_owner or scene.receiver()
    return {"organisation": body.pk, "ruling": f"事项属于{body.name}的服务范围，由其主办，不得再退回。"}


def answer(scene: Scene) -> Filling:
    return {"answer": scene.rng.choice(ANSWERS), "basis": scene.rng.choice(("", "民法典", "劳动合同法", "法律援助法"))}


def advice(scene: Scene) -> Filling:
    return {"answer": scene.rng.choice(ADVICE), "basis": ""}


def ask_for_more(scene: Scene) -> Filling:
    what = scene.rng.choice(
        ("合同或者聊天记录", "转账凭证和借条", "病历和住院收据", "户口簿和身份证", "对方的姓名和住址")
    )
    return {"what": what, "by": localdate(scene.at) + timedelta(days=7)}


def extension(scene: Scene) -> Filling:
    reason = scene.rng.choice(("需要到外地核实情况", "等鉴定机构答复", "对方约在下周面谈"))
    return {"amount": scene.rng.choice((2, 3, 5)), "reason": reason}


def granted(scene: Scene) -> Filling:
    return {"amount": 2, "reason": "情况属实，同意延长"}


def contact(scene: Scene) -> Filling:
    words = (
        "已通话，问清了经过，约好三天内回复",
        "已见面，看了原件，情况与所说一致",
        "第一次没接，下午回拨，愿意先调解",
    )
    return {"way": scene.rng.choice(("phone", "phone", "visit", "online")), "text": scene.rng.choice(words)}


def rate(scene: Scene) -> Filling:
    comment = scene.rng.choice(("", "", "讲得很明白", "态度好，回得快", "帮了大忙", "就是等得有点久"))
    return {"score": scene.rng.choices((5, 4, 3), (60, 28, 12))[0], "comment": comment}


def rate_poor(scene: Scene) -> Filling:
    comment = scene.rng.choice(("等了太久", "没说清楚下一步找谁", "只念条文，没解决问题", "让我又跑了一趟"))
    return {"score": scene.rng.choices((2, 1), (65, 35))[0], "comment": comment}


def decline(scene: Scene) -> Filling:
    reason, explanation, route = scene.rng.choice(
        (
            ("in_court", "这件事法院正在审理，请在案件里提出。", "承办法院诉讼服务中心，电话12368"),
            ("petition", "反映干部作风问题属于信访、纪检事项。", "当地信访局，或拨打12388"),
            ("not_legal", "供暖温度问题不属于法律服务事项。", "政务服务热线12345"),
        )
    )
    return {"reason": reason, "explanation": explanation, "route": route}


def terminate(scene: Scene) -> Filling:
    return {"reason": "unreachable", "explanation": "三天内打了五次电话，短信也没有回复。"}


FILLINGS: dict[str, Callable[[Scene], Filling]] = {
    "": lambda scene: {},
    "dispatch": dispatch,
    "dispatch_elsewhere": dispatch,
    "dispatch_to_better": dispatch_to_better,
    "return_order": return_order,
    "ruling": ruling,
    "answer": answer,
    "advice": advice,
    "ask_for_more": ask_for_more,
    "extension": extension,
    "granted": granted,
    "contact": contact,
    "rate": rate,
    "rate_poor": rate_poor,
    "decline": decline,
    "terminate": terminate,
    "supplement": words("照片发过来了，请看看够不够", "把合同复印件交到窗口了", "对方叫什么我问清楚了，写在上面"),
    "add": words("对方今天又来电话了，说要起诉我", "我想起来还有一个证人", "这周我只有晚上有空"),
    "progress": words("已联系对方，约周四下午面谈", "正在核对账目，明天给您准话", "调解员已约双方见面"),
    "supervise": words("请今天联系当事人，并把结果报我", "已超过时限，说明原因并在两天内办结"),
    "emergency": lambda scene: {"agency": "110", "text": "当事人说对方正在门外砸门，已请其报警并转告"},
    "withdraw": words("已经和对方谈好了，不用办了", "自己请到律师了", "家里商量先不追究了", field="reason"),
    "order_redo": words("只讲了条文，没有给出步骤，请重新答复", "没有按约回电，请三天内办好", field="explanation"),
    "settle": words("已电话回访，说明了法律规定，当事人理解", "承办人上门解释，当事人表示可以了", field="explanation"),
    "refer": lambda scene: {
        "procedure": "legal_aid_civil",
        "explanation": "当事人经济困难，符合援助范围，转申请法律援助",
    },
    **AID_FILLINGS,
}
