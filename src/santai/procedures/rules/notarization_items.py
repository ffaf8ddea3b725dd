"""The items of notarization (公证法 11), one row each: what to bring, and what the law asks of this item alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    """`in_person`: no agent (公证法 26). `free_place`: any office even when it is about real estate (25). `is_status`:
    marriage, adoption, inheritance — never an electronic document (电子签名法 3). `needs_second`: a second notary or a
    witness is there. `is_sealed`: the file is a secret one. `one_visit`: done in one visit when the papers are
    complete. `may_commit`: data can be looked up, so a written commitment replaces the proofs. `own_table`: a procedure
    of its own, because the law asks for steps or secrecy that the common course does not have."""

    label: str
    papers: str
    in_person: bool = False
    free_place: bool = False
    is_status: bool = False
    needs_second: bool = False
    is_sealed: bool = False
    one_visit: bool = False
    may_commit: bool = False
    own_table: str = ""


CONTRACT_PAPERS = "身份证；合同文本；财产凭证"

# fmt: off
ITEMS: Mapping[str, Item] = {
    "contract":    Item("合同（协议）", CONTRACT_PAPERS),
    "inheritance": Item("继承", "身份证、户口簿；死亡证明；亲属关系证明；财产凭证", is_status=True),
    "mandate":     Item("委托", "身份证；委托书文本；与委托事项有关的凭证", free_place=True, one_visit=True),
    "statement":   Item("声明", "身份证；声明书文本；与声明事项有关的凭证", free_place=True, one_visit=True),
    "gift":        Item("赠与", "身份证；赠与书或赠与合同；财产凭证", free_place=True),
    "will":        Item("遗嘱", "身份证、户口簿；遗嘱草稿；财产凭证", in_person=True, free_place=True, is_status=True,
                        needs_second=True, is_sealed=True, own_table="notarization_will"),
    "division":    Item("财产分割", CONTRACT_PAPERS),
    "tender":      Item("招标投标、拍卖", "营业执照；授权文件；招标或拍卖文件"),
    "marriage":    Item("婚姻状况", "身份证、户口簿；婚姻登记证明", is_status=True, may_commit=True),
    "kinship":     Item("亲属关系", "身份证、户口簿；亲属关系证明", is_status=True, may_commit=True),
    "adoption":    Item("收养关系", "身份证、户口簿；收养登记证", in_person=True, is_status=True),
    "survival":    Item("生存", "身份证", in_person=True, one_visit=True),
    "birth":       Item("出生", "身份证、户口簿；出生医学证明", one_visit=True, may_commit=True),
    "death":       Item("死亡", "申请人身份证、户口簿；死亡证明", one_visit=True, may_commit=True),
    "identity":    Item("身份、经历、住址", "身份证、户口簿；有关证明", one_visit=True, may_commit=True),
    "education":   Item("学历、学位、职称", "身份证；毕业证书、学位证书", one_visit=True, may_commit=True),
    "no_crime":    Item("有无违法犯罪记录", "身份证；公安机关的查询证明", one_visit=True, may_commit=True),
    "articles":    Item("公司章程", "营业执照；章程文本；股东会决议"),
    "evidence":    Item("保全证据", "身份证；与保全对象有关系的凭证", needs_second=True,
                        own_table="notarization_evidence"),
    "enforceable": Item("具有强制执行效力的债权文书", "双方身份证或营业执照；债权文书；担保材料",
                        own_table="notarization_execution"),
    "copies":      Item("签名、印鉴、副本与原本相符", "身份证；文件原件", one_visit=True),
    "other":       Item("其他事项", "身份证；与申请事项有关的材料"),
}
# fmt: on
CHOICES = [(key, item.label) for key, item in ITEMS.items()]
OWN_TABLES = [(item.own_table, item.label) for item in ITEMS.values() if item.own_table]
