"""Taking a folder of entry files in: again and again with the same result, and never over what staff wrote here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import transaction

from santai.knowledge.entries.citing import link_citations
from santai.knowledge.entries.files import EntryFile, files_in, read_all
from santai.knowledge.entries.publishing import publish_file
from santai.knowledge.models import Entry, EntryVersion
from santai.knowledge.sources.texts import Fault, UnknownSource

STARTER = Path(__file__).parents[1] / "starter"
Status = EntryVersion.Status


@dataclass
class Taken:
    """What an import did; `left` are files whose entry staff have changed since, `faults` what could not be read."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    cited: int = 0
    left: list[Fault] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def import_entries(
    folder: Path | None = None, *, at: datetime, report: Callable[[int], object] = lambda _: None
) -> Taken:
    """All readable files of the folder (the starter texts by default). `report` counts files."""
    taken = Taken()
    place = folder or STARTER
    if not files_in(place):
        raise UnknownSource(f"“{place}”里没有 answers、guides、cases、policies 下的 .md 文件。")
    for one in read_all(place, taken.faults):
        if one is not None:
            _take(one, taken, at)
        report(1)
    taken.cited = link_citations()
    return taken


@transaction.atomic
def _take(one: EntryFile, taken: Taken, at: datetime) -> None:
    entry = Entry.objects.filter(slug=one.slug).first() or Entry(slug=one.slug, kind=one.kind)
    if entry.kind != one.kind:
        taken.faults.append(Fault(one.slug, f"这个地址已经是一篇{entry.get_kind_display()}"))
        return
    versions = list(entry.versions.order_by("number")) if entry.pk else []
    former = next((version for version in reversed(versions) if version.digest), None)
    if former and former.digest == one.digest:
        taken.unchanged += 1
    elif versions and (why := _kept_by_staff(versions, former)):
        taken.left.append(Fault(one.slug, why))
    else:
        if entry.pk is None:
            entry.save()
        taken.changed += bool(versions)
        taken.added += not versions
        publish_file(entry, one.wording, digest=one.digest, at=at)


def _kept_by_staff(versions: list[EntryVersion], former: EntryVersion | None) -> str:
    """Why the file does not replace what is there; "" when it may."""
    last = versions[-1]
    if last is not former:
        return f"第 {last.number} 版是工作人员写的（{last.get_status_display()}），文件没有盖过它"
    return f"工作人员撤下了第 {last.number} 版，文件没有再发布" if last.status == Status.WITHDRAWN else ""
