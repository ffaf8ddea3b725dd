"""The shape of a dossier: what its JSON export promises. docs/dossier.md explains it, docs/dossier.schema.json is it.

A field may be added under the same version; one that is renamed, removed or means something else makes a new version.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Made(Shape):
    number: str = Field(description="导出编号", examples=["DA2026000012"])
    at: datetime = Field(description="导出时间")
    by: str = Field(description="谁导出的", examples=["李明", "本人"])
    duties: list[str] = Field(description="以什么身份：角色 · 单位；本人导出为空")
    reason: str = Field(description="为什么导出")
    scope: Literal["own", "staff"] = Field(
        description="own 本人导出，全部内容；staff 工作人员导出，只含其有权查看的，信息遮住"
    )
    is_cut: bool = Field(description="内容太多，有的部分没有全部列出")


class Person(Shape):
    kind: Literal["person", "company"]
    name: str
    phone: str
    id_number: str = Field(description="遮住中间；没有登记时为空")
    groups: list[str] = Field(description="特殊群体", examples=[["农民工"]])
    since: datetime = Field(description="第一次登记的时间")


class CaseLine(Shape):
    code: str = Field(description="案码")
    parent: str = Field(description="由哪件转来；没有时为空")
    procedure: str = Field(examples=["work_order"])
    service: str = Field(description="服务", examples=["工单"])
    matter: str = Field(description="事项")
    state: str
    state_label: str = Field(description="现在或者结果", examples=["已归档"])
    is_closed: bool
    opened_at: datetime
    closed_at: datetime | None
    channel: str = Field(description="从哪里来", examples=["热线"])
    organisation: str = Field(description="承办单位")
    rating: int | None = Field(description="评分，1到5")


class LetterLine(Shape):
    case_code: str
    number: str = Field(description="文号")
    title: str
    issued_at: datetime
    served_at: datetime | None = Field(description="送达时间")


class RatingLine(Shape):
    case_code: str
    at: datetime
    score: int
    comment: str


class ContactLine(Shape):
    at: datetime
    channel: str
    duties: list[str] = Field(description="谁接待的：角色 · 单位")


class ReliefLine(Shape):
    case_code: str
    service: str
    result: str = Field(description="审查结论或者减免结果", examples=["符合", "免收"])
    reasons: list[str] = Field(description="逐条理由")


class LookLine(Shape):
    at: datetime
    what: list[str] = Field(description="看了什么", examples=[["姓名", "电话"]])
    by: str = Field(description="谁看的")
    duties: list[str] = Field(description="看的时候的身份：角色 · 单位")
    reason: str
    case_code: str


class Dossier(Shape):
    format: Literal["santai-dossier/1"] = "santai-dossier/1"
    made: Made
    person: Person
    cases: list[CaseLine]
    complaints: list[CaseLine] = Field(description="其中的投诉")
    letters: list[LetterLine]
    ratings: list[RatingLine]
    contacts: list[ContactLine]
    reliefs: list[ReliefLine] = Field(description="援助资格审查和费用减免")
    looks: list[LookLine] = Field(description="谁看过；只给本人")
