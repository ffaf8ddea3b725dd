"""What people say in the staged cases: one need for each procedure, and a few sentences for everything else."""

from __future__ import annotations

NEEDS = {
    "administrative_licence": "我通过了法律职业资格考试，在律所实习满一年，想申请律师执业证。",
    "administrative_mediation": "村里分地的界线和邻居说不到一块去，请司法所帮忙调解。",
    "administrative_review": "交警罚了我两千元，我认为罚得不对，申请行政复议。",
    "appraisal": "出车祸以后腿一直不好，保险公司要伤残鉴定，想委托做鉴定。",
    "arbitration_commercial": "采购合同里写了仲裁，对方收了定金不发货，申请仲裁要回货款。",
    "arbitration_labour": "公司拖欠四个月工资，还没有签劳动合同，申请劳动仲裁。",
    "arbitration_rural_land": "承包地被邻村占了两亩多，申请土地承包仲裁。",
    "commercial_mediation": "两家公司因为装修尾款闹了半年，都愿意请调解组织谈一谈。",
    "complaint_appraisal": "鉴定机构不通知我到场就做了检查，我要投诉。",
    "complaint_legal_aid": "援助律师两个月没有和我联系，我要投诉。",
    "complaint_notary": "公证处收了材料一个多月没有出证，也不说原因，我要投诉。",
    "consultation": "单位口头说不用我了，没有书面通知，我能要赔偿吗？",
    "data_share": "核对本区律师事务所的登记信息，用于年度统计。",
    "duty_lawyer": "在看守所，没有请律师，想见值班律师问一问。",
    "enforcement": "监督检查发现有律师私自收费，需要核查。",
    "enforcement_clue": "有个律师私下收了我五千元，没有开票也不办事，请查一查。",
    "enforcement_inspection": "今年上半年对律师事务所的双随机检查。",
    "enterprise_checkup": "我们是做农产品的小公司，想请律师看看合同和用工有没有风险。",
    "evidence_deposit": "房东说要赶我走，我想把租房合同和聊天记录先存起来。",
    "government_counsel": "拟出台一个物业管理办法，请法律顾问审查。",
    "information_request": "申请公开本区去年法律援助经费的使用情况。",
    "judicial_confirmation": "调解协议签好了，两个人一起申请法院确认。",
    "lawyer_mediation": "和合伙人分账的事，双方都愿意请律师来调解。",
    "legal_aid_civil": "在工地干了三个月没有拿到工资，家里困难，申请法律援助。",
    "legal_aid_criminal": "我弟弟被刑事拘留，家里没有钱请律师，想申请法律援助。",
    "legal_aid_notice": "办案机关通知：嫌疑人是听力残疾人，没有委托辩护人。",
    "mediation": "楼上漏水把我家泡了，物业不管，想请调委会调解。",
    "notarization": "要去外地办房产过户，想公证一份委托书。",
    "notarization_evidence": "有人在网上卖仿冒我们商标的货，要把网页公证下来。",
    "notarization_execution": "借款合同要做赋予强制执行效力的公证。",
    "notarization_overseas": "孩子去国外读书，要办出生和学历公证。",
    "notarization_will": "我想把房子留给照顾我的女儿，办遗嘱公证。",
    "petition": "反映小区旁边违规施工，给多个部门说过没有结果。",
    "practice_rights": "到看守所会见，等了三天没有安排，请帮助协调。",
    "public_lawyer": "请公职律师对一份合作协议出具意见。",
    "publication": "行政执法信息公示。",
    "special_collection": "想找灵活就业人员参加工伤保险的规定和政策。",
    "village_adviser": "村里要聘请法律顾问。",
    "village_service": "土地流转合同要签了，想约村法律顾问给看看。",
}
USUAL_NEED = "有件事想请你们依法办理，经过和材料都在后面。"
# What staff and citizens write where a form asks for words and the script leaves them open.
BY_STAFF = (
    "经核实，情况属实，材料齐全，按规定办理。",
    "已与当事人当面核对，情况清楚，没有异议。",
    "经审查，符合规定的条件，理由和依据记录在案。",
)
BY_CITIZEN = (
    "事情的经过和要求我都写清楚了，请按规定办理。",
    "相关材料我手里都有，需要补什么请告诉我。",
    "我的情况就是这样，所说的都是真的。",
)
# Instead of the rehearsal's 演练 in the name of a firm or a village.
STEMS = ("庆丰", "沃野", "松岭", "北林", "嘉禾", "兴源", "柳河", "榆树", "红旗", "新胜", "永安", "长青")


def need_of(procedure: str) -> str:
    return NEEDS.get(procedure, USUAL_NEED)
