"""What a case looks like to a program: the shapes that several operations share."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field

from santai.web.api.problems import Problem

ChannelName = Literal["web", "hotline", "counter", "api"]
# Partners send null for what they do not know, and numbers for phones and division codes.
Words = Annotated[str, BeforeValidator(lambda value: "" if value is None else value)]
# As on the wall here; a zone says nothing more.
ClockTime = Annotated[time, AfterValidator(lambda value: value.replace(tzinfo=None))]


class Given(Schema):
    """What a caller sends. A field we do not know is a mistake worth telling: it would be lost."""

    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)


class ApplicantIn(Given):
    name: str = Field(description="姓名；单位填名称", examples=["王小明"])
    phone: str = Field(description="电话", examples=["13800001234"])
    id_number: Words = Field("", description="身份证号；单位填统一社会信用代码；可以不填")
    kind: Words = Field("", description="person 个人（默认）、company 单位")


class NeededPaper(Schema):
    kind: str = Field(description="材料种类", examples=["identity"])
    label: str = Field(description="材料名称", examples=["身份证明"])
    is_there: bool = Field(description="案件里已经有了")


class Choice(Schema):
    value: str = Field(description="要提交的值")
    label: str = Field(description="给人看的文字")


class FormField(Schema):
    name: str = Field(description="在 data 里的名称", examples=["answer"])
    label: str = Field(description="给人看的名称", examples=["答复内容"])
    type: str = Field(description="string、text、integer、number、boolean、date、datetime、choice 或 choices")
    required: bool = Field(description="必须填写")
    choices: list[Choice] = Field([], description="只能从中选择")
    help: str = Field("", description="填写说明")
    min_length: int | None = Field(None, description="至少几个字")
    max_length: int | None = Field(None, description="最多几个字")
    minimum: int | None = Field(None, description="最小值")
    maximum: int | None = Field(None, description="最大值")
    lookup: str = Field("", description="organisation：填单位编号或全称；handler：填人员登录名或姓名")


class StepName(Schema):
    name: str = Field(description="步骤", examples=["claim"])
    label: str = Field(description="步骤名称", examples=["签收"])


class AvailableStep(StepName):
    needs: list[NeededPaper] = Field(description="办理前案件里要有的材料")
    form: list[FormField] = Field(description="要填写的内容")
    basis: str = Field("", description="依据")


class CaseBrief(Schema):
    code: str = Field(description="案码（一案一码，19位）", examples=["2301020120260000019"])
    procedure: str = Field(description="程序", examples=["work_order"])
    procedure_label: str = Field(description="程序名称", examples=["工单"])
    stage: str = Field(description="阶段", examples=["办理"])
    state: str = Field(description="状态", examples=["handling"])
    state_label: str = Field(description="状态名称", examples=["办理中"])
    version: int = Field(description="案件版本；办理步骤时带上它，就不会盖住别人刚办的", examples=[3])
    matter: str = Field(description="事项", examples=["劳动纠纷"])
    urgency: int = Field(description="0 一般、1 优先、2 紧急", examples=[0])
    region: str = Field(description="区划代码", examples=["230102"])
    channel: str = Field(description="从哪里来：web、hotline、counter、api")
    organisation: str = Field(description="承办单位；还没有分派时为空", examples=["哈尔滨市道里区法律援助中心"])
    organisation_id: int | None = Field(description="承办单位编号")
    handler: str = Field(description="承办人；还没有签收时为空")
    opened_at: datetime = Field(description="收到的时间")
    closed_at: datetime | None = Field(description="了结的时间")
    due_on: date | None = Field(description="最近一个期限的最后一天；中止或已了结时为空", examples=["2026-03-09"])
    due_at: datetime | None = Field(description="最近一个期限截止的时刻")
    due_clock: str = Field(description="最近到期的是哪个期限", examples=["claim"])
    is_paused: bool = Field(description="计时已中止")
    is_provisional: bool = Field(description="节假日安排还没有公布，日期是暂定的")
    rating: int | None = Field(description="评分，1到5")


class CaseRow(CaseBrief):
    applicant: str = Field(description="申请人（隐去名字）", examples=["王**"])
    available_steps: list[StepName] = Field(description="您现在可以办的步骤；要填什么见 GET /cases/{code}")


class CaseNow(CaseBrief):
    available_steps: list[AvailableStep] = Field(description="您现在可以办的步骤")


class Reason(Schema):
    stage: Literal["triage", "dispatch"] = Field(description="分类或分派")
    kind: str = Field(description="matter、procedure、region、urgency、group、amount、doubt 或 owner")
    text: str = Field(description="理由", examples=["说到“拖欠工资”，判断为劳动纠纷"])


class RequestReceived(CaseNow):
    reasons: list[Reason] = Field(description="为什么这样分类、分派")
    at_once: list[str] = Field(description="要马上告诉当事人的话，如“请立即拨打110”")
    is_duplicate: bool = Field(description="同一件事已经收到过，返回的是原来那件")


class Detail(Schema):
    label: str
    value: str


class StoryLine(Schema):
    at: datetime = Field(description="时间")
    label: str = Field(description="步骤", examples=["签收"])
    sentence: str = Field(description="一句话说明", examples=["哈尔滨市道里区法律援助中心的李明已接单，正在办理。"])
    who: str = Field(description="谁办的", examples=["律师"])
    channel: str = Field(description="通过哪里", examples=["网络"])
    state: str = Field(description="办完后的状态")
    code: str = Field(description="属于哪个案码（转入法定程序的，是子案件的案码）")
    details: list[Detail] = Field(description="填写的内容；只给工作人员")


class ClockOut(Schema):
    name: str = Field(description="期限", examples=["finish"])
    label: str = Field(description="期限名称", examples=["办结"])
    limit: str = Field(description="期限长度", examples=["5个工作日"])
    basis: str = Field(description="依据")
    confidence: str = Field(description="S 已核对原文、S2 第二手资料、U 待核实")
    condition: str = Field(description="running 计时中、paused 中止、met 按期、missed 逾期")
    started_at: datetime
    due_on: date | None = Field(description="最后一天；中止时为空")
    due_at: datetime | None
    promise_due_on: date | None = Field(description="本地承诺的更早的一天")
    stopped_at: datetime | None
    remaining: str = Field(description="还剩多少", examples=["3个工作日"])
    is_overdue: bool
    is_provisional: bool
    explanation: list[str] = Field(description="这一天是怎么算出来的，逐句说明")


class PaperOut(Schema):
    id: int = Field(description="材料编号")
    kind: str = Field(examples=["identity"])
    label: str = Field(examples=["身份证明"])
    name: str = Field(description="文件名")
    media_type: str
    size: int = Field(description="字节数")
    added_at: datetime
    added_by: str


class LetterOut(Schema):
    case_code: str
    number: str = Field(description="文号")
    title: str
    body: str
    digest: str = Field(description="正文的 SM3 摘要")
    issued_at: datetime
    is_internal: bool = Field(description="内部文书：只给工作人员，当事人看不到")


class ApplicantOut(Schema):
    id: int | None = Field(description="当事人编号，查看完整信息时用；只给工作人员")
    name: str = Field(description="已隐去", examples=["王**"])
    phone: str = Field(description="已隐去", examples=["138****5678"])
    id_number: str = Field(description="已隐去；没有登记时为空")
    kind: str = Field(description="person 个人、company 单位")
    safe_contact: list[str] = Field(description="怎样联系才安全：联系前先看，逐条照办；没有顾虑的为空")


class SafeContactIn(Given):
    no_sms: bool = Field(False, description="不要往登记的电话发短信")
    is_neutral: bool = Field(False, description="短信里不提法律服务、热线和案码")
    safe_phone: Words = Field("", description="另一个安全的电话；填了就只联系这个电话", max_length=30)
    safe_from: ClockTime | None = Field(None, description="方便的时间从", examples=["09:00"])
    safe_until: ClockTime | None = Field(None, description="到", examples=["17:00"])
    note: Words = Field("", description="打电话时要注意什么", max_length=200)


class ProofOut(Schema):
    token: str = Field(description="放进请求头 Authorization: Proof …")
    expires_at: datetime = Field(description="到这个时刻失效，之后请重新取验证码")


class CaseDetail(CaseNow):
    text: str = Field(description="诉求内容")
    applicant: ApplicantOut
    parent: str = Field(description="来自哪件工单；没有时为空")
    reasons: list[Reason]
    waiting_for: list[str] = Field(description="正在等当事人做的事")
    story: list[StoryLine] = Field(description="经过；当事人看到的是告诉过他的话，工作人员看到每一步")
    clocks: list[ClockOut] = Field(description="每个期限和算法")
    documents: list[PaperOut]
    letters: list[LetterOut] = Field(description="出具的文书，含子案件的")
    children: list[CaseBrief] = Field(description="转入的法定程序")
    proof: ProofOut | None = Field(None, description="用验证码查询时给出，两小时内凭它继续办事")


def answers(given: dict[int, Any], *errors: int) -> dict[Any, Any]:
    """Every status an operation may answer with; any address may answer 400, 405, 413 and 500."""
    return {**given, **{status: Problem for status in sorted({400, 405, 413, 500, *errors})}}
