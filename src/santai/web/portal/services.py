"""What people come for, in their own words: starting points of a request."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Service:
    key: str
    label: str
    icon: str
    when: str
    begins: str


SERVICES = (
    Service(
        "legal_aid",
        "申请法律援助",
        "scale",
        "请不起律师，又要打官司、讨工资、要抚养费",
        "我想申请法律援助。事情是这样的：",
    ),
    Service(
        "mediation",
        "申请人民调解",
        "people",
        "邻里、家庭、欠款、赔偿有矛盾，想坐下来谈",
        "我想申请人民调解。跟我有矛盾的是：",
    ),
    Service("notary", "办公证", "stamp", "证明亲属关系、学历、委托、遗嘱、合同", "我想办公证，要公证的是："),
    Service("appraisal", "做司法鉴定", "search", "伤残、笔迹、亲子等需要鉴定意见", "我想做司法鉴定，要鉴定的是："),
    Service(
        "arbitration", "申请仲裁", "document", "合同里约定了仲裁，或者想了解怎么仲裁", "我想申请仲裁。合同和争议是："
    ),
    Service("lawyer", "找律师帮忙", "person", "想请律师看合同、写文书、代理案件", "我想请律师，需要帮忙的是："),
)
BEGINNINGS = {service.key: service.begins for service in SERVICES}

EXAMPLES = (
    ("拖欠工资", "老板拖欠我工资，一直不给。我想知道怎么把钱要回来。"),
    ("离婚、孩子", "我想离婚，不知道孩子归谁、房子怎么分。"),
    ("借钱不还", "借出去的钱对方不还，我手里有借条。"),
    ("被车撞了", "我骑车被撞伤了，对方只肯赔一点医药费。"),
    ("邻里矛盾", "邻居装修把我家墙弄裂了，找他他不认。"),
)
