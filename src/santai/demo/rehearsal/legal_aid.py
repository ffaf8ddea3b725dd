"""A referral walked to its end as a legal-aid case: application, review, lawyer, result, file, subsidy."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate

from santai.demo.rehearsal.browser import Refused
from santai.demo.rehearsal.office import Office
from santai.demo.rehearsal.people import Citizen
from santai.documents.models import DocumentKind as Doc

UNPROCESSABLE = 422
MOST_CHOICES = 6


def walk(office: Office, parent: str, citizen: Citizen) -> str:
    """The code of the child case, which is closed and paid."""
    child = office.case(parent)["children"][-1]
    code = str(child["code"])
    officer = office.holder(child)
    _apply(office, code, officer, citizen)
    office.papers(code, officer, Doc.IDENTITY, Doc.MATTER_PROOF, Doc.COMMITMENT)
    office.step(code, "accept", officer)
    office.step(code, "check", officer, checked="data_sharing", finding="通过信息共享查询，与填写的情况一致。")
    office.step(code, "grant", officer, opinion="事项和经济状况都符合规定，同意。")
    lawyer = _assign(office, code, officer, citizen.region)
    _handle(office, code, lawyer)
    office.step(code, "accept_file", officer, grade="good")
    _pay(office, code, int(child["organisation_id"]))
    return code


def _pay(office: Office, code: str, organisation: int) -> None:
    """One proposes what the rules say, the head approves, and it is paid."""
    people = [login for login, _ in office.colleagues(organisation)]
    director = next(login for login in people if "director" in login)
    clerk = next(login for login in people if login != director)
    office.step(code, "propose_subsidy", clerk)
    office.step(code, "approve_subsidy", director)
    office.step(code, "pay_subsidy", clerk, paid_on=_today())


def _apply(office: Office, code: str, officer: str, citizen: Citizen) -> None:
    office.step(
        code,
        "apply",
        officer,
        matter="labour",
        service="litigation",
        story="工资被拖欠，协商不成，请求依法讨回。",
        place=citizen.region,
        adverse_name=f"演练建筑劳务公司（{code[-7:]}）",
        household_size=3,
        household_income=1500,
        commitment=True,
    )


def _assign(office: Office, code: str, officer: str, region: str) -> str:
    """The login of the lawyer. One who has a conflict or too much to do is passed over, as an officer would."""
    refused: list[str] = []
    for login, licence in _lawyers(office, region):
        try:
            office.step(code, "assign", officer, practitioner=licence)
        except Refused as fault:
            if fault.status != UNPROCESSABLE:
                raise
            refused.append(str(fault))
        else:
            return login
    raise LookupError(f"{code}: no lawyer could be assigned: {refused}")


def _lawyers(office: Office, region: str) -> list[tuple[str, str]]:
    firms = office.organisations("law_firm", region)
    found: list[tuple[str, str]] = []
    for firm in office.rng.sample(firms, min(len(firms), MOST_CHOICES)):
        login, name = office.rng.choice(office.colleagues(firm["id"]))
        if licence := office.licence(name, firm["name"]):
            found.append((login, licence))
    return found


def _handle(office: Office, code: str, lawyer: str) -> None:
    office.papers(code, lawyer, Doc.AGREEMENT, Doc.MEETING_RECORD)
    office.step(code, "sign_agreement", lawyer, signed_on=_today())
    met: dict[str, Any] = {"met_on": _today(), "place": "公共法律服务中心", "told_rights": True, "told_risks": True}
    office.step(code, "meet", lawyer, **met)
    office.step(code, "report_progress", lawyer, text="已经与对方协商，正在起草协议。")
    ending = {"stage": "settled", "closed_on": _today(), "outcome": "settled", "recovered": 18000}
    office.step(code, "finish", lawyer, **ending, summary="对方同意一次付清拖欠的工资。")
    office.papers(code, lawyer, Doc.CASE_FILE, Doc.CLOSING_REPORT)
    office.step(code, "hand_in_file", lawyer)


def _today() -> str:
    return localdate().isoformat()


def in_a_week() -> str:
    return (localdate() + timedelta(days=7)).isoformat()
