"""What dispatch must know of a case: read from the case, its facts and its log, without further queries."""

from __future__ import annotations

from dataclasses import dataclass, field

from santai.casework.access import log_of
from santai.casework.models import Case, LogEntry
from santai.dispatch.services import DEFAULT, SERVICE_OF_PROCEDURE
from santai.triage.classify import classify

GIVING_STEPS = frozenset({"dispatch", "redispatch", "transfer", "rule_owner"})
RETURNING_STEPS = frozenset({"return_order", "contest"})


@dataclass(frozen=True)
class Returned:
    """An organisation gave the case back, on what ground, and whom it named."""

    by: int | None
    by_name: str
    ground: str
    better: int | None


@dataclass(frozen=True)
class Need:
    service: str
    matter: str
    region: str
    urgency: int
    groups: frozenset[str] = frozenset()
    adverse: tuple[str, ...] = ()
    is_sure: bool = True
    returned: tuple[Returned, ...] = field(default_factory=tuple)

    @property
    def refused_by(self) -> dict[int, Returned]:
        return {one.by: one for one in self.returned if one.by is not None}

    @property
    def named(self) -> Returned | None:
        """The last return, when the organisation it names has not itself returned the case."""
        last = self.returned[-1] if self.returned else None
        return last if last and last.better and last.better not in self.refused_by else None


def need_of(case: Case) -> Need:
    log = log_of(case)
    service, is_sure, groups = _classification(case, log)
    return Need(
        service=service,
        matter=case.matter,
        region=case.region,
        urgency=case.urgency,
        groups=groups,
        adverse=_names(case.facts.get("adverse_party")),
        is_sure=is_sure,
        returned=tuple(_returns(log)),
    )


def _classification(case: Case, log: list[LogEntry]) -> tuple[str, bool, frozenset[str]]:
    """Service, whether the classification is sure, and special groups. A person who corrected it is sure."""
    corrected = any(entry.step == "reclassify" for entry in log)
    facts = case.facts
    if "service" in facts and "needs_person" in facts:
        service, is_sure, groups = facts["service"], not facts["needs_person"], facts.get("groups", ())
    else:
        finding = classify(case.text, region=case.region)
        other = bool(case.matter) and finding.matter != case.matter
        service, is_sure, groups = finding.service, not finding.needs_person or other, finding.groups
    if corrected:
        service, is_sure = classify(case.text, region=case.region, matter=case.matter).service, True
    service = SERVICE_OF_PROCEDURE.get(case.procedure, service or DEFAULT)
    return service, is_sure, frozenset(facts.get("groups") or groups)


def _names(value: object) -> tuple[str, ...]:
    found = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return tuple(name.strip() for name in found if isinstance(name, str) and name.strip())


def _returns(log: list[LogEntry]) -> list[Returned]:
    found: list[Returned] = []
    holder: int | None = None
    holder_name = ""
    for entry in log:
        if entry.step in GIVING_STEPS:
            holder, holder_name = _record(entry.data.get("organisation"))
        elif entry.step in RETURNING_STEPS:
            better, _ = _record(entry.data.get("better_owner"))
            found.append(Returned(holder, holder_name, str(entry.data.get("ground", "")), better))
    return found


def _record(value: object) -> tuple[int | None, str]:
    """A record as the log keeps it: {"id": 7, "name": "…"}."""
    if isinstance(value, dict) and isinstance(value.get("id"), int):
        return value["id"], str(value.get("name", ""))
    return None, ""
