"""From a draft to what people read, and back: the only writer of a version's status and of what an entry shows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils.timezone import localdate

from santai.knowledge.entries.citing import articles_of
from santai.knowledge.entries.refusals import Declined, NeedsAnother, WrongState
from santai.knowledge.entries.wording import Wording
from santai.knowledge.models import Entry, EntryCitation, EntryVersion
from santai.registry.models import Organisation, Region
from santai.trust.models import User

Status = EntryVersion.Status
OPEN = (Status.DRAFT, Status.IN_REVIEW, Status.RETURNED)
WRITABLE = (Status.DRAFT, Status.RETURNED)
LONGEST_NOTE = 300
SOON = timedelta(days=30)
_PLAIN = ("title", "summary", "body", "matter", "service", "source", "issuer", "document_number")
_DAYS = ("issued_on", "review_by", "expires_on")


@transaction.atomic
def begin(
    kind: str,
    slug: str,
    wording: Wording,
    *,
    by: User,
    owner: Organisation | None = None,
    region: Region | None = None,
) -> EntryVersion:
    """A new entry with its first draft."""
    if Entry.objects.filter(slug=slug).exists():
        raise Declined("这个地址已经有一篇了", todo="换一个地址，或者修改那一篇。", fields={"slug": ["地址已经用过"]})
    entry = Entry.objects.create(kind=kind, slug=slug, owner=owner, region=region)
    return _write(EntryVersion(entry=entry, number=1), wording, by=by)


@transaction.atomic
def draft(entry: Entry, wording: Wording, *, by: User) -> EntryVersion:
    """The next version; one at a time."""
    _lock(entry)
    if EntryVersion.objects.filter(entry=entry, status__in=OPEN).exists():
        raise WrongState("这一篇已经有一个没有发布的版本", todo="请在那个版本上修改。")
    return _write(EntryVersion(entry=entry, number=_next_number(entry)), wording, by=by)


@transaction.atomic
def rewrite(version: EntryVersion, wording: Wording, *, by: User) -> EntryVersion:
    """Whoever changes it last has written it."""
    return _write(_held(version, WRITABLE, "只有草稿和退回的版本能修改"), wording, by=by)


@transaction.atomic
def submit(version: EntryVersion) -> EntryVersion:
    held = _held(version, WRITABLE, "这一版已经交出去了")
    return _set(held, Status.IN_REVIEW)


@transaction.atomic
def send_back(version: EntryVersion, note: str, *, by: User, at: datetime) -> EntryVersion:
    held = _held(version, (Status.IN_REVIEW,), "只有待审核的版本能退回")
    _by_another(held, by)
    return _set(held, Status.RETURNED, reviewed_by=by, reviewed_at=at, review_note=_told(note, "怎么改"))


@transaction.atomic
def publish(version: EntryVersion, *, by: User, at: datetime, note: str = "") -> EntryVersion:
    """The one before is replaced in the same moment."""
    held = _held(version, (Status.IN_REVIEW,), "只有待审核的版本能发布")
    _by_another(held, by)
    if held.expires_on and held.expires_on < localdate(at):
        raise Declined("最后有效日期已经过了", todo="请退回，改了日期再发布。", fields={"expires_on": ["日期已过"]})
    return _show(held, reviewed_by=by, reviewed_at=at, review_note=note.strip()[:LONGEST_NOTE])


@transaction.atomic
def withdraw(entry: Entry, reason: str, *, by: User, at: datetime) -> EntryVersion:
    """Anybody with the right may take wrong words down at once, whoever wrote them."""
    held = _lock(entry)
    shown = held.published
    if shown is None:
        raise WrongState("这一篇现在没有发布", todo="请刷新后再看。")
    told = _told(reason, "为什么撤下")
    held.published = None
    held.save(update_fields=["published"])
    return _set(shown, Status.WITHDRAWN, withdrawn_by=by, withdrawn_at=at, withdrawn_because=told)


@transaction.atomic
def publish_file(entry: Entry, wording: Wording, *, digest: str, at: datetime) -> EntryVersion:
    """What comes from a file was reviewed where the file was made; nobody here has written or reviewed it."""
    _lock(entry)
    version = EntryVersion(entry=entry, number=_next_number(entry), digest=digest)
    return _show(_write(version, wording, by=None), reviewed_at=at)


def to_look_at(on: date) -> QuerySet[EntryVersion]:
    """Published, and its day of review has come or its last day is near."""
    due = Q(review_by__lte=on) | Q(expires_on__lte=on + SOON)
    rows = EntryVersion.objects.filter(due, status=Status.PUBLISHED)
    return rows.select_related("entry__owner").order_by("expires_on", "review_by", "pk")


def _lock(entry: Entry) -> Entry:
    locked: Entry = Entry.objects.select_for_update().get(pk=entry.pk)
    return locked


def _held(version: EntryVersion, allowed: Iterable[str], told: str) -> EntryVersion:
    """The row as it is now, held until the end of the transaction."""
    _lock(version.entry)
    held = EntryVersion.objects.get(pk=version.pk)
    if held.status not in allowed:
        raise WrongState(f"{told}；现在是“{held.get_status_display()}”", todo="请刷新后再看。")
    return held


def _by_another(version: EntryVersion, by: User) -> None:
    if version.written_by_id == by.pk:
        raise NeedsAnother("自己写的不能自己审核", todo="请同事审核。")


def _told(given: str, what: str) -> str:
    told = given.strip()
    if not told or len(told) > LONGEST_NOTE:
        raise Declined(f"请写清{what}，最多 {LONGEST_NOTE} 字", fields={"note": [f"1 到 {LONGEST_NOTE} 字"]})
    return told


def _next_number(entry: Entry) -> int:
    return (EntryVersion.objects.filter(entry=entry).aggregate(last=Max("number"))["last"] or 0) + 1


def _write(version: EntryVersion, wording: Wording, *, by: User | None) -> EntryVersion:
    if faults := wording.faults():
        told = [one for problems in faults.values() for one in problems]
        raise Declined(*told, todo="改好再保存。", fields=faults)
    for name in (*_PLAIN, *_DAYS):
        setattr(version, name, getattr(wording, name))
    version.asked, version.topics = "\n".join(wording.asked), list(wording.topics)
    version.written_by, version.status = by, Status.DRAFT
    version.save()
    _cite(version, wording)
    return version


def _cite(version: EntryVersion, wording: Wording) -> None:
    found = articles_of(wording.laws)
    version.citations.all().delete()
    EntryCitation.objects.bulk_create(
        EntryCitation(version=version, order=order, law=one.law, place=one.place.label, article_id=found.get(one))
        for order, one in enumerate(dict.fromkeys(wording.laws))
    )


def _show(version: EntryVersion, **facts: object) -> EntryVersion:
    held = _lock(version.entry)
    former = held.published
    held.published = version
    held.save(update_fields=["published"])
    if former is not None:
        _set(former, Status.REPLACED)
    return _set(version, Status.PUBLISHED, **facts)


def _set(version: EntryVersion, status: str, **facts: object) -> EntryVersion:
    version.status = status
    for name, value in facts.items():
        setattr(version, name, value)
    version.save(update_fields=["status", *facts])
    return version
