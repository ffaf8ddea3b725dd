"""Service (送达): which letters a step serves, what must hold before it counts, and what is kept of it.

A step names in `serves` the kinds of letters it serves; its form is one of `procedures/forms/service.py`. Then the
newest letter of each kind is marked as served, the delivery is kept, and a 送达回证 is issued.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.timezone import get_current_timezone, localdate

from santai.casework import parameters
from santai.casework.family import root_of
from santai.casework.kernel import OPENING, Procedure, Step
from santai.casework.refusals import Missing, NotFromHere
from santai.casework.signals import step_taken
from santai.casework.writing import letter_context
from santai.documents.consents import consent_in_force, give_consent
from santai.documents.letters import issue, mark_served
from santai.documents.models import Delivery, DocumentKind, ElectronicConsent, Letter, ServiceWay, StoredFile
from santai.trust.crypto import decrypt
from santai.trust.roles import Role

if TYPE_CHECKING:
    from santai.casework.kernel import Attempt
    from santai.casework.models import Case, LogEntry

RETURN_OF_SERVICE = "service_return"
NOTICE_DAYS = "service.notice_days"
# 民事诉讼法第九十五条；the length for bodies other than courts is to be confirmed, and so a setting.
DEFAULT_NOTICE_DAYS = 30
SERVES_APPLICANT = "to_applicant"


def letters_to_serve(case: Case, step: Step) -> list[Letter]:
    """The newest letter of each kind that the step serves."""
    newest: dict[str, Letter] = {}
    served = Letter.objects.for_the_person().filter(case_code=case.code, kind__in=step.served_kinds)
    for letter in served.order_by("issued_at", "pk"):
        newest[letter.kind] = letter
    return list(newest.values())


def check_service(attempt: Attempt) -> None:
    """Refuses a service that cannot have happened: nothing to serve, too early, without consent."""
    letters = letters_to_serve(attempt.case, attempt.step)
    if not letters:
        raise NotFromHere("还没有出具要送达的文书", todo="请先办理出具文书的那一步。")
    served_on = attempt.data.get("served_on")
    if served_on is None:
        return
    if served_on < max(localdate(letter.issued_at) for letter in letters):
        raise _wrong_day("送达日期早于文书出具的日期", "不能早于文书出具的日期。")
    if served_on > localdate(attempt.at):
        raise _wrong_day("送达日期还没有到", "不能晚于今天。")
    _check_notice(attempt, served_on)
    _check_consent(attempt)


def _wrong_day(problem: str, field: str) -> Missing:
    return Missing(problem, todo="请核对送达回证。", fields={"served_on": [field]})


def _check_notice(attempt: Attempt, served_on: date) -> None:
    """公告送达: served when the time of the notice has run out."""
    published = attempt.data.get("published_on")
    if attempt.data.get("way") != ServiceWay.NOTICE or published is None:
        return
    count = int(
        parameters.value(NOTICE_DAYS, region=attempt.case.region, on=localdate(attempt.at), default=DEFAULT_NOTICE_DAYS)
    )
    earliest = published + timedelta(days=count)
    if served_on < earliest:
        told = f"{earliest.month}月{earliest.day}日"
        raise Missing(
            f"公告满{count}日才算送达，最早是{told}",
            todo="请在公告期满后再记录送达。",
            fields={"served_on": [f"不能早于{told}。"]},
        )


def _check_consent(attempt: Attempt) -> None:
    if attempt.data.get("way") != ServiceWay.ONLINE or attempt.data.get("consented"):
        return
    if is_for_applicant(attempt.step) and consent_of(attempt.case, at=attempt.at):
        return
    raise Missing(
        "还没有本人同意电子送达的记录",
        todo="请先征得本人同意（本人可以在网上的办理页面点“同意电子送达”，或者签确认书），或者改用其他方式。",
        fields={"consented": ["电子送达要先有本人同意。"]},
    )


def is_for_applicant(step: Step) -> bool:
    return bool(getattr(step.form, SERVES_APPLICANT, False))


def addressee_of(case: Case, step: Step) -> str:
    return case.applicant.name if is_for_applicant(step) else str(getattr(step.form, "addressee", "当事人"))


def consent_of(case: Case, *, at: datetime) -> ElectronicConsent | None:
    return consent_in_force(case.applicant, {case.code, root_of(case).code}, at=at)


def keep_service(sender: Any, *, case: Case, entry: LogEntry, procedure: Procedure, **_: Any) -> None:
    """Listens to every step; in the transaction of the step."""
    step = None if entry.step == OPENING else procedure.step(entry.step)
    if step is None or not step.served_kinds or not entry.data.get("way"):
        return
    letters = letters_to_serve(case, step)
    consent = _consent_for(case, step, entry)
    opened_at = entry.at if entry.role == Role.SYSTEM else None
    for letter in letters:
        _keep(letter, case, step, entry, consent=consent, opened_at=opened_at)
    if entry.data.get("served_on"):
        _issue_return(case, step, entry, letters)


def _keep(
    letter: Letter,
    case: Case,
    step: Step,
    entry: LogEntry,
    *,
    consent: ElectronicConsent | None,
    opened_at: datetime | None,
) -> None:
    told = entry.data
    served_on = date.fromisoformat(told["served_on"]) if told.get("served_on") else None
    Delivery.objects.create(
        letter=letter,
        way=told["way"],
        step=step.name,
        addressee=addressee_of(case, step),
        address=consent.address if consent else "",
        sent_at=entry.at,
        delivered_on=served_on,
        opened_at=opened_at,
        tracking=told.get("tracking") or "",
        details=_details(told),
        proof=_proof(case, entry.at),
        consent=consent,
        returned_reason="" if served_on else (told.get("returned_reason") or "未送达"),
        recorded_by=entry.actor_name,
    )
    if served_on:
        mark_served(letter, by=ServiceWay(told["way"]).value, at=opened_at or _moment(served_on, entry.at))


def _consent_for(case: Case, step: Step, entry: LogEntry) -> ElectronicConsent | None:
    """The consent a service by electronic means rests on; one that came on paper is written down now."""
    if entry.data.get("way") != ServiceWay.ONLINE or not is_for_applicant(step):
        return None
    found = consent_of(case, at=entry.at)
    if found is None and entry.data.get("consented"):
        return give_consent(
            case.applicant, case_code=case.code, channel=entry.channel, recorded_by=entry.actor_name, at=entry.at
        )
    return found


def _moment(served_on: date, recorded_at: datetime) -> datetime:
    """The law counts in days; on the day of the record the moment of the record is known."""
    if served_on == localdate(recorded_at):
        return recorded_at
    return datetime.combine(served_on, time(12), tzinfo=get_current_timezone())


def _plain(sealed: Any) -> str:
    return decrypt(str(sealed)) if sealed else ""


def _details(told: dict[str, Any]) -> str:
    parts = {
        "签收人": _plain(told.get("receiver")),
        "见证人": _plain(told.get("witnesses")),
        "公告刊登": told.get("published_on") or "",
        "受委托单位": told.get("entrusted_to") or "",
        "说明": told.get("note") or "",
    }
    return "；".join(f"{label}：{words}" for label, words in parts.items() if words)


def _proof(case: Case, at: datetime) -> StoredFile | None:
    """The paper that came with the step."""
    paper = case.documents.filter(kind=DocumentKind.SERVICE_RECEIPT, added_at=at).select_related("file").last()
    return paper.file if paper else None


def _issue_return(case: Case, step: Step, entry: LogEntry, letters: list[Letter]) -> None:
    told = entry.data
    context = {
        **letter_context(case, entry),
        "letters": letters,
        "addressee": addressee_of(case, step),
        "way": ServiceWay(told["way"]).label,
        "receiver": _plain(told.get("receiver")),
        "witnesses": _plain(told.get("witnesses")),
        "tracking": told.get("tracking") or "",
        "published_on": told.get("published_on") or "",
        "entrusted_to": told.get("entrusted_to") or "",
        "opened_at": entry.at if entry.role == Role.SYSTEM else None,
        "server": entry.actor_name,
    }
    issue(
        RETURN_OF_SERVICE,
        case_code=case.code,
        region=case.region,
        context=context,
        at=entry.at,
        issued_by=case.organisation.name if case.organisation else "",
    )


def listen() -> None:
    step_taken.connect(keep_service, dispatch_uid="casework.service")
