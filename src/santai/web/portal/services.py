"""What people come for, in their own words: starting points of a request."""

from __future__ import annotations

from dataclasses import dataclass

from santai.procedures.rules.work_order import procedures_to_apply_for


@dataclass(frozen=True)
class Service:
    """A card of the service page. `procedure` is the statutory procedure it applies for; "" is a plain request."""

    key: str
    procedure: str
    label: str
    icon: str
    when: str
    begins: str


@dataclass(frozen=True)
class Group:
    label: str
    services: tuple[Service, ...]


def _applies(procedure: str, label: str, icon: str, when: str, begins: str) -> Service:
    return Service(procedure, procedure, label, icon, when, begins)


GROUPS = (
    Group(
        "问一问、请人帮",
        (
            _applies("consultation", "问法律问题", "question", "不知道该怎么办，想先问清楚", "我想问："),
            _applies(
                "legal_aid_civil",
                "申请法律援助",
                "scale",
                "请不起律师，又要打官司、讨工资、要抚养费",
                "我想申请法律援助。事情是这样的：",
            ),
            _applies(
                "legal_aid_criminal",
                "申请刑事法律援助",
                "scale",
                "家人被抓了，或者刑事案件的被害人请不起律师",
                "我想申请刑事法律援助。被羁押的人（被害人）是：",
            ),
            Service(
                "lawyer", "", "找律师帮忙", "person", "想请律师看合同、写文书、代理案件", "我想请律师，需要帮忙的是："
            ),
            _applies(
                "village_service",
                "约村(居)法律顾问",
                "home",
                "想请顾问上门、到村里讲一讲",
                "我想约法律顾问，时间和事情是：",
            ),
            _applies(
                "village_adviser", "村(居)聘法律顾问", "home", "村(居)民委员会想聘法律顾问", "我们村(居)想聘法律顾问："
            ),
            _applies(
                "special_collection",
                "请您替我找",
                "search",
                "想要某个题目的法律、政策、案例",
                "请帮我收集这方面的规定和案例：",
            ),
            _applies(
                "enterprise_checkup",
                "企业法治体检",
                "building",
                "企业想知道自己有哪些法律风险",
                "我们企业想做法治体检，情况是：",
            ),
        ),
    ),
    Group(
        "有矛盾，想解决",
        (
            _applies(
                "mediation",
                "申请人民调解",
                "people",
                "邻里、家庭、欠款、赔偿有矛盾，想坐下来谈",
                "我想申请人民调解。跟我有矛盾的是：",
            ),
            _applies(
                "commercial_mediation",
                "申请商事调解",
                "people",
                "企业之间的合同、货款、合作纠纷",
                "我想申请商事调解。争议是：",
            ),
            _applies("lawyer_mediation", "申请律师调解", "people", "想请律师居中调解", "我想申请律师调解。争议是："),
            _applies(
                "administrative_mediation",
                "申请行政调解",
                "people",
                "与行政管理有关的民事纠纷，想请行政机关调解",
                "我想申请行政调解。争议是：",
            ),
            _applies(
                "judicial_confirmation",
                "申请司法确认",
                "stamp",
                "调解协议签好了，想让法院确认效力",
                "我想申请司法确认。调解协议是：",
            ),
            _applies(
                "arbitration_labour",
                "申请劳动仲裁",
                "document",
                "工资、工伤、解除合同，要仲裁",
                "我想申请劳动仲裁。用人单位和事情是：",
            ),
            _applies(
                "arbitration_commercial", "申请商事仲裁", "document", "合同里约定了仲裁", "我想申请仲裁。合同和争议是："
            ),
            _applies(
                "arbitration_rural_land",
                "申请农村土地仲裁",
                "document",
                "承包地、流转、征用补偿有争议",
                "我想申请农村土地承包仲裁。争议的地和事情是：",
            ),
            _applies(
                "administrative_review",
                "申请行政复议",
                "scale",
                "对行政机关的决定不服，知道或者应当知道之日起60日内",
                "我想申请行政复议。不服的决定是：",
            ),
            _applies(
                "petition", "反映问题（信访）", "letter", "不属于上面几样，想反映情况、提建议", "我想反映的问题是："
            ),
        ),
    ),
    Group(
        "要证明、要鉴定、要留证据",
        (
            _applies("notarization", "办公证", "stamp", "证明亲属关系、学历、委托、合同", "我想办公证，要公证的是："),
            _applies("notarization_will", "办遗嘱公证", "stamp", "想立遗嘱，或者改、撤以前的遗嘱", "我想办遗嘱公证。"),
            _applies(
                "notarization_execution",
                "赋强公证、执行证书",
                "stamp",
                "借款、还款协议公证后，对方不还可以直接执行",
                "我想办理赋予强制执行效力的公证（或者执行证书），债务是：",
            ),
            _applies(
                "notarization_evidence", "公证保全证据", "stamp", "请公证员到现场把证据固定下来", "我想保全的证据是："
            ),
            _applies(
                "notarization_overseas", "海外远程视频公证", "globe", "人在国外，回不来", "我在国外，想办的公证是："
            ),
            _applies(
                "evidence_deposit", "自己先存证", "lock", "照片、录音、聊天记录，先存下来防丢防改", "我想存证的是："
            ),
            _applies(
                "appraisal", "做司法鉴定", "search", "伤残、笔迹、亲子等需要鉴定意见", "我想做司法鉴定，要鉴定的是："
            ),
        ),
    ),
    Group(
        "投诉和公开",
        (
            _applies("complaint_legal_aid", "投诉法律援助", "alert", "对承办人、法律援助机构不满意", "我要投诉的是："),
            _applies("complaint_notary", "投诉公证", "alert", "对公证处、公证员不满意", "我要投诉的是："),
            _applies("complaint_appraisal", "投诉司法鉴定", "alert", "对鉴定机构、鉴定人不满意", "我要投诉的是："),
            _applies(
                "practice_rights", "律师维权", "alert", "律师会见、阅卷、取证遇到阻碍", "我是律师，遇到的情况是："
            ),
            _applies(
                "enforcement_clue",
                "反映违法执业",
                "alert",
                "律师、公证、鉴定等机构或者人员违法",
                "我要反映的机构（人员）和事情是：",
            ),
            _applies(
                "administrative_licence",
                "申请执业证、许可证",
                "document",
                "律师、公证员、鉴定人、基层法律服务工作者",
                "我要申请的是：",
            ),
            _applies(
                "information_request",
                "申请信息公开",
                "document",
                "想看司法行政机关的文件、数据",
                "我想申请公开的信息是：",
            ),
        ),
    ),
)

EXAMPLES = (
    ("拖欠工资", "老板拖欠我工资，一直不给。我想知道怎么把钱要回来。"),
    ("离婚、孩子", "我想离婚，不知道孩子归谁、房子怎么分。"),
    ("借钱不还", "借出去的钱对方不还，我手里有借条。"),
    ("被车撞了", "我骑车被撞伤了，对方只肯赔一点医药费。"),
    ("邻里矛盾", "邻居装修把我家墙弄裂了，找他他不认。"),
)


def groups_on_offer() -> list[Group]:
    """The cards whose procedure is installed."""
    known = {"", *(name for name, _ in procedures_to_apply_for())}
    shown = ((group.label, tuple(one for one in group.services if one.procedure in known)) for group in GROUPS)
    return [Group(label, services) for label, services in shown if services]


def service_of(key: str) -> Service | None:
    return next((one for group in groups_on_offer() for one in group.services if one.key == key), None)
