"""A wording is written by one person and published by another; a published one is never changed."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from santai.knowledge.entries import publishing
from santai.knowledge.entries.refusals import Declined, NeedsAnother, WrongState
from santai.knowledge.models import Entry, EntryVersion
from santai.trust.roles import Role
from tests import factories
from tests.knowledge.entry_texts import AT, published, wording

pytestmark = pytest.mark.django_db
Status = EntryVersion.Status


@pytest.fixture
def writer(town: factories.Town):
    return town.staff[Role.LAWYER]


@pytest.fixture
def reviewer(town: factories.Town):
    return town.staff[Role.BUREAU_HEAD]


@pytest.fixture
def waiting(writer) -> EntryVersion:
    return publishing.submit(publishing.begin("answer", "wages", wording(), by=writer))


def test_a_draft_is_shown_to_nobody(writer):
    publishing.begin("answer", "wages", wording(), by=writer)
    assert not Entry.objects.readable_on(date(2026, 3, 2)).exists()


def test_another_person_publishes(waiting, reviewer):
    shown = publishing.publish(waiting, by=reviewer, at=AT)
    assert (shown.status, shown.reviewed_by, shown.reviewed_at) == (Status.PUBLISHED, reviewer, AT)
    assert Entry.objects.get().published == shown


def test_nobody_judges_their_own_words(waiting, writer):
    with pytest.raises(NeedsAnother):
        publishing.publish(waiting, by=writer, at=AT)
    with pytest.raises(NeedsAnother):
        publishing.send_back(waiting, "改一改", by=writer, at=AT)
    waiting.refresh_from_db()
    assert waiting.status == Status.IN_REVIEW


def test_what_is_sent_back_says_why_and_comes_again(waiting, writer, reviewer):
    back = publishing.send_back(waiting, "期限写错了", by=reviewer, at=AT)
    assert (back.status, back.review_note) == (Status.RETURNED, "期限写错了")
    again = publishing.submit(publishing.rewrite(back, wording(title="改好的"), by=writer))
    assert publishing.publish(again, by=reviewer, at=AT).title == "改好的"


def test_nothing_is_sent_back_without_a_reason(waiting, reviewer):
    with pytest.raises(Declined):
        publishing.send_back(waiting, "  ", by=reviewer, at=AT)


def test_the_next_version_replaces_the_one_before(waiting, writer, reviewer):
    first = publishing.publish(waiting, by=reviewer, at=AT)
    second = publishing.draft(first.entry, wording(title="第二版"), by=writer)
    assert Entry.objects.get().published == first
    publishing.publish(publishing.submit(second), by=reviewer, at=AT)
    first.refresh_from_db()
    assert (first.status, Entry.objects.get().published.title) == (Status.REPLACED, "第二版")


def test_there_is_one_open_version_at_a_time(waiting, writer):
    with pytest.raises(WrongState):
        publishing.draft(waiting.entry, wording(), by=writer)


def test_a_published_wording_is_never_changed(waiting, writer, reviewer):
    shown = publishing.publish(waiting, by=reviewer, at=AT)
    with pytest.raises(WrongState):
        publishing.rewrite(shown, wording(), by=writer)
    with pytest.raises(WrongState):
        publishing.publish(shown, by=reviewer, at=AT)


def test_what_was_published_by_somebody_else_meanwhile_is_refused(waiting, reviewer):
    stale = EntryVersion.objects.get(pk=waiting.pk)
    publishing.publish(waiting, by=reviewer, at=AT)
    with pytest.raises(WrongState):
        publishing.send_back(stale, "晚了", by=reviewer, at=AT)


def test_what_has_expired_is_not_published(writer, reviewer):
    late = wording(expires_on=AT.date() - timedelta(days=1))
    version = publishing.submit(publishing.begin("answer", "late", late, by=writer))
    with pytest.raises(Declined):
        publishing.publish(version, by=reviewer, at=AT)


def test_it_can_be_read_on_its_last_day_and_not_after():
    published("late", expires_on=date(2026, 3, 2))
    assert Entry.objects.readable_on(date(2026, 3, 2)).exists()
    assert not Entry.objects.readable_on(date(2026, 3, 3)).exists()


def test_withdrawn_words_are_gone_with_who_and_why(waiting, writer, reviewer):
    shown = publishing.publish(waiting, by=reviewer, at=AT)
    gone = publishing.withdraw(shown.entry, "法律改了", by=writer, at=AT)
    assert (gone.status, gone.withdrawn_by, gone.withdrawn_because) == (Status.WITHDRAWN, writer, "法律改了")
    assert (gone.reviewed_by, Entry.objects.get().published) == (reviewer, None)
    with pytest.raises(WrongState):
        publishing.withdraw(shown.entry, "再撤", by=writer, at=AT)


def test_every_fault_of_a_wording_is_told_by_field(writer):
    with pytest.raises(Declined) as caught:
        publishing.begin("answer", "bad", wording(title="", body="<script>"), by=writer)
    assert set(caught.value.fields) == {"title", "body"}
    assert not Entry.objects.exists()


def test_what_is_due_for_a_look_is_listed():
    published("due", review_by=date(2026, 3, 1))
    published("soon", expires_on=date(2026, 3, 20))
    published("later", review_by=date(2027, 3, 1))
    assert {one.entry.slug for one in publishing.to_look_at(date(2026, 3, 2))} == {"due", "soon"}


def test_only_one_module_writes_what_is_published():
    source = Path(publishing.__file__).parents[2]
    writes = re.compile(r"\.published\s*=[^=]|published=version|EntryVersion\([^)]*status=")
    found = {
        path.name
        for path in source.rglob("*.py")
        if path.parent.name != "migrations" and writes.search(path.read_text())
    }
    assert found <= {"publishing.py"}
