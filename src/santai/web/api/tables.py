"""The procedures as data: what a lawyer reads in the table, a program reads here."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from santai.casework.kernel import Procedure, Step, all_procedures
from santai.casework.terms import Clock
from santai.web.api.problems import NotFound
from santai.web.api.schemas import FormField, NeededPaper, answers
from santai.web.api.step_forms import available

router = Router(tags=["公开信息"])


class State(Schema):
    name: str
    label: str
    stage: str
    is_final: bool


class StepRow(Schema):
    name: str
    label: str
    sources: list[str] = Field(description="从哪些状态")
    target: str | None = Field(description="到哪个状态；空为不变")
    roles: list[str] = Field(description="谁能办")
    role_labels: list[str]
    needs: list[NeededPaper]
    form: list[FormField]
    letter: str = Field(description="出具哪种文书")
    basis: str


class ClockRow(Schema):
    id: str = Field(description="期限目录里的编号")
    name: str
    label: str
    limit: str = Field(examples=["5个工作日"])
    promise: str = Field(description="本地承诺的更短的时间")
    basis: str
    confidence: str = Field(description="S 已核对原文、S2 第二手资料、U 待核实")
    runs_from: list[str] = Field(description="进入这些状态开始计时")
    runs_from_steps: list[str]
    until: list[str] = Field(description="进入这些状态停止计时")
    until_steps: list[str]
    paused_in: list[str] = Field(description="在这些状态中止计时")
    extension: str = Field(description="哪一步可以延长；空为不能延长")


class ProcedureBrief(Schema):
    name: str = Field(examples=["work_order"])
    label: str = Field(examples=["工单"])
    version: str = Field(description="施行日期", examples=["2021-01-06"])
    basis: str
    applied_for: str = Field(description="当事人可以直接申请的，怎么说；空为不能直接申请", examples=["申请法律援助"])


class ProcedureOut(ProcedureBrief):
    kind: str = Field(description="案码里的两位类别号")
    opened_by: list[str] = Field(description="哪些角色可以直接立案（POST /cases）")
    initial: str
    states: list[State]
    steps: list[StepRow]
    clocks: list[ClockRow]


@router.get(
    "/procedures",
    auth=None,
    operation_id="listProcedures",
    summary="现有的程序",
    response=answers({200: list[ProcedureBrief]}),
)
def list_procedures(request: HttpRequest) -> list[Procedure]:
    return sorted(all_procedures(), key=lambda table: (table.name, table.version))


@router.get(
    "/procedures/{name}",
    auth=None,
    operation_id="getProcedure",
    summary="一个程序的全表：步骤、角色、材料、期限、依据",
    response=answers({200: ProcedureOut}, 404),
)
def get_procedure(request: HttpRequest, name: str) -> ProcedureOut:
    versions = [table for table in all_procedures() if table.name == name]
    if not versions:
        raise NotFound(f"没有“{name[:40]}”这个程序", todo="有哪些程序见 GET /procedures。")
    table = max(versions, key=lambda one: one.in_force)
    return ProcedureOut(
        name=table.name,
        label=table.label,
        version=table.version,
        basis=table.basis,
        applied_for=table.applied_for,
        opened_by=_sorted(table.opened_by),
        kind=table.kind,
        initial=table.initial,
        states=[_state(table, state) for state in table.states.values],
        steps=[_step(step) for step in table.steps],
        clocks=[_clock(clock) for clock in table.clocks],
    )


def _state(table: Procedure, state: str) -> State:
    return State(name=state, label=table.state_label(state), stage=table.stage_of(state), is_final=state in table.final)


def _step(step: Step) -> StepRow:
    shown = available(step)
    return StepRow(
        name=step.name,
        label=step.label,
        sources=_sorted(step.sources),
        target=step.target,
        roles=_sorted(step.allowed_roles),
        role_labels=[str(role.label) for role in sorted(step.allowed_roles)],
        needs=shown.needs,
        form=shown.form,
        letter=step.letter,
        basis=step.basis,
    )


def _clock(clock: Clock) -> ClockRow:
    return ClockRow(
        id=clock.id,
        name=clock.name,
        label=clock.label,
        limit=str(clock.limit),
        promise=str(clock.promise or ""),
        basis=clock.basis,
        confidence=clock.confidence.value,
        runs_from=_sorted(clock.runs_from),
        runs_from_steps=_sorted(clock.runs_from_steps),
        until=_sorted(clock.until),
        until_steps=_sorted(clock.until_steps),
        paused_in=_sorted(clock.paused_in),
        extension=clock.extension.step if clock.extension else "",
    )


def _sorted(names: Iterable[str]) -> list[str]:
    return sorted(str(name) for name in names)
