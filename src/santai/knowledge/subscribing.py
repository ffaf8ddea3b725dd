"""Who wants to hear of new policies, and telling them: of each wording once, several at a time in one message."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Min, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.timezone import localdate

from santai.knowledge.entries.refusals import Declined
from santai.knowledge.models import Entry, EntryVersion, Subscription
from santai.knowledge.policies import holds_in
from santai.notices.models import Notice
from santai.notices.queue import put, written
from santai.people.models import Party
from santai.registry.models import Region
from santai.trust.models import User

MOST = 20
# The time of publishing is taken before others can see the row. Whoever has been told up to a later time would never
# hear of it: what is this young is left to the next round.
SETTLING = timedelta(minutes=10)
PERSONS_AT_ONCE = 500
NAMED = 2
# A message that could not go out for so long is no news any more.
FRESH_FOR = timedelta(days=7)
PARTY, USER = "party_id", "user_id"


class TooManySubscriptions(Declined):
    title = "订阅太多了"


@transaction.atomic
def subscribe(
    owner: User | Party, *, topic: str = "", region: Region | None = None, at: datetime, since: datetime | None = None
) -> Subscription:
    """The one there is, or a new one. `since` is for one taken up again: from then on nothing is missed."""
    (User if isinstance(owner, User) else Party).objects.select_for_update().values_list("pk").get(pk=owner.pk)
    own = subscriptions_of([owner])
    if there := own.filter(topic=topic, region=region).first():
        return there
    if own.count() >= MOST:
        raise TooManySubscriptions(f"一个人最多订阅 {MOST} 项", todo="请先取消几项，或者订阅“全部主题”。")
    whose = {"user": owner} if isinstance(owner, User) else {"party": owner}
    return Subscription.objects.create(**whose, topic=topic, region=region, since=since or at)


def unsubscribe(owners: Sequence[User | Party], pk: int) -> Subscription | None:
    """What it was, for taking it up again; None when it is not theirs or gone already."""
    row = subscriptions_of(owners).filter(pk=pk).first()
    if row is not None:
        Subscription.objects.filter(pk=pk).delete()
    return row


def subscriptions_of(owners: Sequence[User | Party]) -> QuerySet[Subscription]:
    """Staff, or the parties of one person."""
    if not owners:
        return Subscription.objects.none()
    side = "user__in" if isinstance(owners[0], User) else "party__in"
    return Subscription.objects.filter(**{side: owners}).select_related("region")


def tell_subscribers(at: datetime) -> int:
    """How many were told. Safe to run again, and by two at once: rows are held, and each remembers how far it is."""
    until = at - SETTLING
    oldest = _due(until).aggregate(oldest=Min(Coalesce("told_until", "since")))["oldest"]
    if oldest is None:
        return 0
    fresh = _published(oldest, until, at)
    if not fresh:
        _due(until).update(told_until=until)
        return 0
    return sum(_tell(side, chunk, fresh, until, at) for side in (PARTY, USER) for chunk in _persons(side, until))


def _due(until: datetime) -> QuerySet[Subscription]:
    """Not of staff who have left."""
    behind = Q(told_until__lt=until) | Q(told_until__isnull=True, since__lt=until)
    return Subscription.objects.filter(behind, Q(user__isnull=True) | Q(user__is_active=True))


def _published(after: datetime, until: datetime, at: datetime) -> list[EntryVersion]:
    """What is shown now, latest first."""
    lasting = Q(expires_on__isnull=True) | Q(expires_on__gte=localdate(at))
    shown = EntryVersion.objects.filter(lasting, published_as__kind=Entry.Kind.POLICY)
    fresh = shown.filter(reviewed_at__gt=after, reviewed_at__lte=until).select_related("entry")
    return list(fresh.defer("body", "asked").order_by("-reviewed_at", "-pk"))


def _persons(side: str, until: datetime) -> Iterator[list[int]]:
    """Whole persons: whoever has several subscriptions is told of all of them at once."""
    last = 0
    while True:
        ahead = _due(until).filter(**{f"{side}__gt": last}).order_by(side)
        chunk = list(ahead.values_list(side, flat=True).distinct()[:PERSONS_AT_ONCE])
        if not chunk:
            return
        yield chunk
        last = chunk[-1]


@transaction.atomic
def _tell(side: str, persons: list[int], fresh: list[EntryVersion], until: datetime, at: datetime) -> int:
    rows = list(_due(until).filter(**{f"{side}__in": persons}).select_for_update(of=("self",)).order_by("pk"))
    news: defaultdict[int, dict[int, EntryVersion]] = defaultdict(dict)
    for row in rows:
        for version in fresh:
            if _fits(row, version, until):
                news[getattr(row, side)][version.pk] = version
    put([_message(side, person, list(versions.values()), at) for person, versions in news.items()])
    Subscription.objects.filter(pk__in=[row.pk for row in rows]).update(told_until=until)
    return len(news)


def _fits(row: Subscription, version: EntryVersion, until: datetime) -> bool:
    published = version.reviewed_at
    if published is None or not (row.told_until or row.since) < published <= until:
        return False
    return row.topic in ("", *version.topics) and holds_in(version.entry.region_id, row.region_id or "")


def _message(side: str, person: int, versions: list[EntryVersion], at: datetime) -> Notice:
    """`versions` are the latest first, whichever subscription they fit."""
    latest = max(version.pk for version in versions)
    named = "、".join(f"《{version.title}》" for version in versions[:NAMED])
    told = named if len(versions) <= NAMED else f"{named}等{len(versions)}件"
    only = versions[0].entry.slug if len(versions) == 1 else ""
    link = _address(reverse("library_entry", args=[only]) if only else reverse("policies"))
    text = f"您订阅的政策有新内容：{told}。打开看：{link}"
    once = f"policy:{side}:{person}:{latest}"
    if side == USER:
        return written(text, case_code="", once=once, user_id=person, way=Notice.Way.DESK, at=at)
    stop = f"{text} 。不想再收到，到这里取消：{_address(reverse('my_policies'))}"
    notice = written(f"【法律服务】{stop}", case_code="", once=once, at=at, expires_at=at + FRESH_FOR)
    notice.party_id = person
    return notice


def _address(path: str) -> str:
    return f"{settings.ENV.public_url.rstrip('/')}{path}"
