"""Taking texts of law into the library: again and again with the same result, one law at a time, all of it or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import transaction
from django.db.models import Q

from santai.knowledge.models import Article, Law, LawVersion
from santai.knowledge.names import short_name
from santai.knowledge.sources import folder, jsonl, package
from santai.knowledge.sources.texts import Fault, LawText, UnknownSource

BATCH = 2000
Status = LawVersion.Status


@dataclass
class Outcome:
    """What an import did, in versions and articles, and what it could not read."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    articles: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def is_news(self) -> bool:
        return bool(self.added or self.changed)


def texts_of(source: str, faults: list[Fault]) -> Iterable[LawText]:
    """UnknownSource: there is nothing of the kind."""
    if source == package.NAME:
        return package.read(faults)
    path = Path(source)
    if path.is_dir():
        return folder.read(path, faults)
    if path.is_file() and path.name.endswith((".jsonl", ".jsonl.gz")):
        return jsonl.read(path, faults)
    raise UnknownSource(f"不认识的来源“{source}”。可以是 {package.NAME}、一个文件夹，或者 .jsonl、.jsonl.gz 文件。")


def import_laws(source: str, *, on: date, report: Callable[[int], object] = lambda _: None) -> Outcome:
    """`report` is called with the number of texts read since the last call. `on` decides what is pending today."""
    outcome = Outcome()
    writer = _Writer(outcome, on)
    with transaction.atomic():
        for text in texts_of(source, outcome.faults):
            writer.take(text)
            report(1)
        writer.finish()
    return outcome


@transaction.atomic
def come_into_force(*, on: date) -> int:
    """Wordings whose first day has come take the place of those before them; returns of how many laws."""
    due = LawVersion.objects.filter(status=Status.PENDING, in_force_from__lte=on)
    laws = set(due.values_list("law_id", flat=True))
    due.update(status=Status.IN_FORCE)
    _order_versions(laws)
    return len(laws)


class _Writer:
    def __init__(self, outcome: Outcome, on: date) -> None:
        self.outcome, self.on = outcome, on
        self.laws = {law.name: law for law in Law.objects.all()}
        self.versions = {(one.law_id, one.issued_on): one for one in LawVersion.objects.all()}
        self.waiting: list[Article] = []
        self.touched: set[int] = set()

    def take(self, text: LawText) -> None:
        name = short_name(text.name)
        if not text.articles or not name or len(name) > 200:
            self.outcome.faults.append(Fault(text.name[:60] or "（没有名称）", "没有条文或者名称不对，没有收"))
            return
        law = self._law(name, text)
        known = self.versions.get((law.pk, text.issued_on))
        if known and (known.digest == text.digest or known.source != text.source):
            # Another source told of the same wording first; it stays the one that is answered for.
            self.outcome.unchanged += 1
            return
        if known:
            self.outcome.changed += 1
            self._replace(known, text)
        else:
            self.outcome.added += 1
            self._add(law, text)

    def _law(self, name: str, text: LawText) -> Law:
        if name not in self.laws:
            slug = name.replace("/", "-").replace("?", "").replace("#", "")
            self.laws[name] = Law.objects.create(
                name=name, full_name=text.name.strip()[:220], slug=slug, branch=text.branch
            )
        return self.laws[name]

    def _add(self, law: Law, text: LawText) -> None:
        version = LawVersion(law=law, is_current=False, **_facts(text, self.on))
        version.save()
        self.versions[law.pk, text.issued_on] = version
        self._articles(version, text)

    def _replace(self, version: LawVersion, text: LawText) -> None:
        """Articles keep their primary key, so that what points at them goes on pointing."""
        LawVersion.objects.filter(pk=version.pk).update(**_facts(text, self.on))
        kept = {article.place.key: (order, article) for order, article in enumerate(text.articles)}
        for old in version.articles.all():
            order, article = kept.pop(old.key, (0, None))
            if article is None:
                old.delete()
            else:
                old.order, old.chapter, old.text = order, article.chapter[:300], article.text
                old.save(update_fields=["order", "chapter", "text"])
        self._articles(version, text, only=kept.keys())

    def _articles(self, version: LawVersion, text: LawText, only: Iterable[str] | None = None) -> None:
        self.touched.add(version.law_id)
        self.outcome.articles += len(text.articles)
        for order, one in enumerate(text.articles):
            place = one.place
            if only is None or place.key in only:
                row = Article(version=version, order=order, key=place.key, chapter=one.chapter[:300], text=one.text)
                row.number, row.suffix, row.is_item = place.number, place.suffix, place.is_item
                self.waiting.append(row)
        if len(self.waiting) >= BATCH:
            self._flush()

    def _flush(self) -> None:
        Article.objects.bulk_create(self.waiting, batch_size=BATCH)
        self.waiting.clear()

    def finish(self) -> None:
        self._flush()
        _order_versions(self.touched)


def _facts(text: LawText, on: date) -> dict[str, object]:
    starts = text.in_force_from
    is_pending = text.status == Status.IN_FORCE and starts is not None and starts > on
    return {
        "level": text.level,
        "issuer": text.issuer[:120],
        "issued_on": text.issued_on,
        "in_force_from": starts,
        "status": Status.PENDING if is_pending else text.status,
        "source": text.source[:60],
        "digest": text.digest,
    }


def _order_versions(laws: Iterable[int]) -> None:
    """The newest wording that applies is the current one; each ends where the next begins."""
    rows = LawVersion.objects.filter(law_id__in=list(laws)).order_by("law_id")
    by_law: dict[int, list[LawVersion]] = {}
    for row in rows:
        by_law.setdefault(row.law_id, []).append(row)
    changed = [row for versions in by_law.values() for row in _chain(versions)]
    LawVersion.objects.filter(Q(law_id__in=by_law), is_current=True).update(is_current=False)
    LawVersion.objects.bulk_update(changed, ["status", "in_force_until", "is_current"], batch_size=500)


def _chain(versions: list[LawVersion]) -> list[LawVersion]:
    """A repealed version ends the law: it is followed by nothing, and the day is not known here."""
    ordered = sorted(versions, key=lambda one: (_begins(one), one.pk))
    applies = [one for one in ordered if one.status != Status.PENDING]
    current = (applies or ordered)[-1]
    for one in ordered:
        one.is_current = one is current
    if current.status == Status.AMENDED and current is not ordered[-1]:
        # Amended already, but by a wording whose first day has not come.
        current.status = Status.IN_FORCE
    for older, newer in zip(ordered, ordered[1:], strict=False):
        starts = newer.in_force_from or newer.issued_on
        if starts and (older.in_force_from is None or starts >= older.in_force_from):
            older.in_force_until = starts
        if older.status == Status.IN_FORCE and newer.status != Status.PENDING:
            older.status = Status.AMENDED
    ordered[-1].in_force_until = None
    return ordered


def _begins(version: LawVersion) -> date:
    return version.issued_on or version.in_force_from or date.min
