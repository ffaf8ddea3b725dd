"""What people are told of a step: the citizen's sentence in the timeline, and the notices that are queued."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from django.utils.timezone import localtime

from santai.casework.access import procedure_of
from santai.casework.veiled import hidden_words, veil_sentence
from santai.notices.queue import put, written
from santai.trust.memberships import members_in_charge
from santai.trust.roles import CASEWORKERS, ROLES, Reach, Role

if TYPE_CHECKING:
    from santai.casework.kernel import Step
    from santai.casework.models import Case, LogEntry

HOTLINE = "如有疑问，请拨打12348。"
LONGEST_SMS_SENTENCE = 300
STOPPED_TWICE = re.compile("([。！？])。+")
STOPS = "。！？；：，、…”）》.!?;:,)"


class Facts(dict[str, Any]):
    """The facts of a case in a sentence: {facts[adviser][firm]}. What is not there leaves no trace."""

    def __missing__(self, key: str) -> str | Facts:
        return Facts()

    def __getitem__(self, key: str) -> str | Facts:
        value = super().__getitem__(key)
        return Facts(value) if isinstance(value, dict) else _word(value)

    def __str__(self) -> str:
        return ""


def sentence_for(step: Step, case: Case, data: Mapping[str, Any]) -> str:
    """The step in plain words. Names that are not known leave no trace."""
    if not step.says:
        return ""
    words: defaultdict[str, str | Facts] = defaultdict(str)
    words.update({key: _word(value) for key, value in data.items()})
    words.update(hidden_words(step.form, data))
    words.update({key: _ended(str(words[key])) for key in data if f"{{{key}}} " in step.says})
    words["facts"] = Facts(case.facts)
    words["organisation"] = case.organisation.name if case.organisation else "承办单位"
    words["handler"] = case.handler.display_name if case.handler else "承办人"
    # What people fill in often ends with a full stop of its own.
    return STOPPED_TWICE.sub(r"\1", step.says.format_map(words))


def _ended(words: str) -> str:
    """What somebody filled in, when another sentence follows it."""
    return words if not words or words[-1] in STOPS else f"{words}。"


def _word(value: Any) -> str:
    if isinstance(value, Model):
        return str(value)
    if isinstance(value, datetime):
        at = localtime(value)
        return f"{at.month}月{at.day}日{at.hour}时{at.minute:02d}分"
    if hasattr(value, "month"):
        return f"{value.month}月{value.day}日"
    return "" if value is None else str(value)


def send_notices(step: Step, case: Case, entry: LogEntry, *, at: datetime) -> None:
    from santai.casework.kernel import Tell

    once, messages = f"{case.code}:{entry.number}", []
    if Tell.APPLICANT in step.tells and entry.told:
        text = f"【法律服务】{_for_sms(veil_sentence(entry.told))}案码{case.code}。{HOTLINE}"
        messages.append(written(text, case_code=case.code, once=f"{once}:party", party=case.applicant, at=at))
    for user_id in sorted(_staff_told(step, case)):
        text, key = f"{step.label}：{case.code}", f"{once}:{user_id}"
        messages.append(written(text, case_code=case.code, once=key, user_id=user_id, way="desk", at=at))
    if messages:
        put(messages)


def _for_sms(sentence: str) -> str:
    """A long answer is read on the page; the code and the number to call must still fit behind it."""
    if len(sentence) <= LONGEST_SMS_SENTENCE:
        return sentence
    return f"{sentence[:LONGEST_SMS_SENTENCE]}…（全文请在网上查看，或拨打12348询问。）"


def _staff_told(step: Step, case: Case) -> set[int]:
    from santai.casework.kernel import Tell

    told: set[int] = set()
    if Tell.HANDLER in step.tells and case.handler_id:
        told.add(case.handler_id)
    elif {Tell.HANDLER, Tell.ORGANISATION} & step.tells and case.organisation_id:
        told |= _colleagues_told(case)
    if Tell.DISPATCHER in step.tells:
        told |= members_in_charge({Role.DISPATCHER}, region=case.region)
    if Tell.SUPERVISOR in step.tells:
        told |= members_in_charge({Role.SUPERVISOR}, region=case.region)
    return told


def _colleagues_told(case: Case) -> set[int]:
    """Nothing is announced to colleagues who may not open it: a sealed file, or a case somebody else has in hand."""
    roles = procedure_of(case).sealed_for or CASEWORKERS
    if case.handler_id is None:
        seeing = {role for role in roles if ROLES[role].reach is not Reach.TRIBUNAL}
        return members_in_charge(seeing, organisation_id=case.organisation_id)
    here = members_in_charge(roles, organisation_id=case.organisation_id)
    seeing_all = {role for role in roles if ROLES[role].reach not in {Reach.HOLDER, Reach.TRIBUNAL}}
    return members_in_charge(seeing_all, organisation_id=case.organisation_id) | (here & {case.handler_id})
