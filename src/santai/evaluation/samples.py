"""Drawing closed files for peer review and commitments for a check: once a quarter for each office, by lot, on record.

The lot is deterministic: the seed is purpose, office and quarter, the pool is what the log says of that quarter, so the
same draw comes out whoever repeats it. Shares are parameters with unconfirmed defaults.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from santai.casework import parameters
from santai.casework.actions import attach_documents, open_case
from santai.casework.models import Case, LogEntry
from santai.casework.refusals import Missing, NotFromHere, NotYou
from santai.documents.models import DocumentKind
from santai.evaluation.models import Sample
from santai.procedures.rules.draw import draw_several
from santai.registry.models import Organisation
from santai.trust.actors import Actor
from santai.trust.memberships import current_memberships
from santai.trust.models import User
from santai.trust.roles import Role

Purpose = Sample.Purpose
CHINA = ZoneInfo("Asia/Shanghai")
OFFICE = frozenset({Role.LEGAL_AID_OFFICER, Role.LEGAL_AID_DIRECTOR})
CASES = ("legal_aid_civil", "legal_aid_criminal", "legal_aid_notice")
PROCEDURE = {Purpose.PEER_REVIEW: "legal_aid_peer_review", Purpose.COMMITMENT: "legal_aid_commitment_check"}
SHARE_KEY = {Purpose.PEER_REVIEW: "legal_aid.peer_review.share", Purpose.COMMITMENT: "legal_aid.commitment.share"}
USUAL_SHARE = {Purpose.PEER_REVIEW: 10, Purpose.COMMITMENT: 20}
# Excellent and good together (优良率); a target, to be confirmed by the province.
TARGET_KEY, USUAL_TARGET = "legal_aid.good_share_target", 80
GOOD = frozenset({"excellent", "good"})
FILE_PAPERS = frozenset({DocumentKind.CASE_FILE, DocumentKind.CLOSING_REPORT})


@dataclass(frozen=True)
class Quarter:
    year: int
    number: int

    @classmethod
    def named(cls, text: str) -> Quarter:
        """2026Q1. ValueError for anything else."""
        year, _, number = text.partition("Q")
        found = cls(int(year), int(number))
        if not (2000 <= found.year <= 2100 and 1 <= found.number <= 4) or found.name != text:
            raise ValueError(text)
        return found

    @classmethod
    def of(cls, day: date) -> Quarter:
        return cls(day.year, (day.month - 1) // 3 + 1)

    @property
    def name(self) -> str:
        return f"{self.year}Q{self.number}"

    @property
    def label(self) -> str:
        return f"{self.year}年第{'一二三四'[self.number - 1]}季度"

    @property
    def next(self) -> Quarter:
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def before(self) -> Quarter:
        return Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)

    @property
    def starts_at(self) -> datetime:
        return datetime.combine(date(self.year, self.number * 3 - 2, 1), time(), CHINA)

    @property
    def ends_at(self) -> datetime:
        """The first moment after it."""
        return self.next.starts_at


# --- the draw -----------------------------------------------------------------------------------------------------


def draw_sample(purpose: str, *, organisation: Organisation, quarter: Quarter, actor: Actor, at: datetime) -> Sample:
    """Draw and open a child case for each case drawn. NotYou, NotFromHere (too early, drawn before) or Missing."""
    user = _officer(actor, organisation)
    if at < quarter.ends_at:
        raise NotFromHere(f"{quarter.label}还没有结束", todo="季度结束以后再抽，名单才是完整的。")
    pool = pool_of(purpose, organisation, quarter)
    if not pool:
        raise Missing(f"{quarter.label}没有可以抽的案件", todo="换一个季度再看。")
    region = organisation.region_id
    share = share_of(purpose, region, localdate(at))
    sample = Sample(
        purpose=purpose,
        organisation=organisation,
        quarter=quarter.name,
        seed=f"{purpose}:{organisation.pk}:{quarter.name}",
        share=share,
        pool=pool,
        drawn_by=user,
        drawn_at=at,
    )
    sample.drawn = draw_several(sample.seed, pool, _count(len(pool), share))
    with transaction.atomic():
        _save(sample)
        for case in Case.objects.filter(pk__in=sample.drawn).select_related("applicant", "organisation"):
            _open(sample, case, actor=actor, at=at)
    return sample


def is_honest(sample: Sample) -> bool:
    """Drawn again from what was kept, the same come out."""
    again = draw_several(sample.seed, sample.pool, _count(len(sample.pool), sample.share))
    return again == list(sample.drawn)


def pool_of(purpose: str, organisation: Organisation, quarter: Quarter) -> list[int]:
    """Cases closed in the quarter; or those granted in it on a commitment."""
    steps = {"accept_file"} if purpose == Purpose.PEER_REVIEW else {"grant", "confirm_prior"}
    entries = LogEntry.objects.filter(
        case__organisation=organisation,
        case__procedure__in=CASES,
        step__in=steps,
        at__gte=quarter.starts_at,
        at__lt=quarter.ends_at,
    )
    if purpose == Purpose.COMMITMENT:
        entries = entries.filter(case__facts__eligibility__to_be_sampled=True)
    return sorted(set(entries.values_list("case_id", flat=True)))


def share_of(purpose: str, region: str, on: date) -> int:
    kind = Purpose(purpose)
    found = int(parameters.value(SHARE_KEY[kind], region=region, on=on, default=USUAL_SHARE[kind]))
    return min(max(found, 1), 100)


def _count(size: int, share: int) -> int:
    """Rounded up, so that a small office is looked at as well."""
    return -(-size * share // 100)


def _officer(actor: Actor, organisation: Organisation) -> User:
    held = current_memberships(actor.user) if actor.user else []
    if actor.user is None or not any(
        one.organisation_id == organisation.pk and Role(one.role) in OFFICE for one in held
    ):
        raise NotYou("抽查由法律援助机构的工作人员办理", todo="请联系该机构。")
    return actor.user


def _save(sample: Sample) -> None:
    try:
        with transaction.atomic():
            sample.save(force_insert=True)
    except IntegrityError as fault:
        label = Quarter.named(sample.quarter).label
        raise NotFromHere(f"{label}已经抽过", todo="每个季度只抽一次，名单不能改。") from fault


def _open(sample: Sample, case: Case, *, actor: Actor, at: datetime) -> Case:
    child = open_case(
        PROCEDURE[Purpose(sample.purpose)],
        applicant=case.applicant,
        region=case.region,
        text=case.text,
        channel=actor.channel,
        actor=actor,
        parent=case,
        matter=case.matter,
        facts={"drawn": {"quarter": sample.quarter, "seed": sample.seed, "of": len(sample.pool)}},
        organisation=case.organisation,
        at=at,
    )
    if sample.purpose == Purpose.PEER_REVIEW:
        papers = case.documents.filter(kind__in=FILE_PAPERS).select_related("file")
        attach_documents(child, [(one.file, one.kind) for one in papers], actor=actor, at=at)
    return child


# --- what came of it ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Quality:
    """How many confirmed reviews had which grade. `share` is that of excellent and good, None without any."""

    grades: Counter[str]
    target: int

    @property
    def total(self) -> int:
        return self.grades.total()

    @property
    def good(self) -> int:
        return sum(self.grades[grade] for grade in GOOD)

    @property
    def share(self) -> float | None:
        return self.good / self.total if self.total else None

    @property
    def percent(self) -> int:
        """Rounded down, so that nothing looks reached that is not."""
        return self.good * 100 // self.total if self.total else 0

    @property
    def is_met(self) -> bool:
        return self.share is not None and self.good * 100 >= self.total * self.target


def quality_of(organisations: Iterable[Organisation], *, region: str, on: date) -> Quality:
    found = Case.objects.filter(
        procedure="legal_aid_peer_review", state="confirmed", organisation__in=list(organisations)
    )
    grades = Counter(str(grade) for grade in found.values_list("facts__grade", flat=True))
    return Quality(grades, int(parameters.value(TARGET_KEY, region=region, on=on, default=USUAL_TARGET)))


def drawn_cases(sample: Sample) -> QuerySet[Case]:
    """The child cases, with the case each looks at."""
    children = Case.objects.filter(parent__in=sample.drawn, procedure=PROCEDURE[Purpose(sample.purpose)])
    return children.filter(facts__drawn__quarter=sample.quarter).select_related("parent", "applicant", "handler")
