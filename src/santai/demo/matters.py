"""The twenty matters, and who usually handles them."""

from santai.registry.models import Practitioner

MATTERS = (
    *("交通事故", "人身损害", "侵权", "债权债务", "公司法", "刑事辩护", "劳动纠纷", "医疗纠纷", "合同纠纷", "婚姻家庭"),
    *("建设工程", "房产纠纷", "抵押担保", "拆迁安置", "海事海商", "消费权益", "涉外法律", "知识产权", "综合咨询"),
    "行政诉讼",
)

# How often each matter is brought in the demo. Work, family and debts come first, as at any hotline.
FREQUENCY = {
    "劳动纠纷": 17,
    "婚姻家庭": 15,
    "债权债务": 11,
    "合同纠纷": 8,
    "交通事故": 8,
    "房产纠纷": 7,
    "人身损害": 6,
    "综合咨询": 5,
    "消费权益": 5,
    "刑事辩护": 3,
    "侵权": 3,
    "医疗纠纷": 3,
    "拆迁安置": 2,
    "建设工程": 2,
    "行政诉讼": 2,
    "抵押担保": 1,
    "公司法": 1,
    "知识产权": 1,
    "涉外法律": 1,
    "海事海商": 1,
}

# What experts of an appraisal institution are licensed for besides, in the words the appraisal procedure asks for.
DISCIPLINES = ("法医类", "物证类", "声像资料", "环境损害")

SPECIALTIES = {
    Practitioner.Kind.LAWYER: MATTERS,
    Practitioner.Kind.LEGAL_AID: ("劳动纠纷", "婚姻家庭", "人身损害", "交通事故", "刑事辩护", "行政诉讼", "综合咨询"),
    Practitioner.Kind.GRASSROOTS: ("债权债务", "合同纠纷", "婚姻家庭", "房产纠纷", "人身损害", "综合咨询"),
    Practitioner.Kind.NOTARY: ("婚姻家庭", "房产纠纷", "抵押担保", "合同纠纷", "涉外法律", "综合咨询"),
    Practitioner.Kind.APPRAISER: ("交通事故", "人身损害", "医疗纠纷", "建设工程", "侵权"),
    Practitioner.Kind.ARBITRATOR: ("合同纠纷", "建设工程", "公司法", "海事海商", "知识产权", "涉外法律"),
    Practitioner.Kind.MEDIATOR: (
        "婚姻家庭",
        "债权债务",
        "房产纠纷",
        "人身损害",
        "劳动纠纷",
        "消费权益",
        "交通事故",
        "医疗纠纷",
        "侵权",
        "综合咨询",
    ),
}
