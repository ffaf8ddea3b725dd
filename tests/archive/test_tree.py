import hashlib
import os
import stat
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from pymerkle import InmemoryTree, verify_consistency, verify_inclusion

from santai.archive.models import Checkpoint, TreeLeaf, TreeNode
from santai.archive.periodic import find_what_was_passed_over, sign_what_is_new
from santai.archive.transparency import growing, keys
from santai.archive.transparency import tree as tree_module
from santai.archive.transparency.growing import grow, sign_checkpoint, take_checkpoint
from santai.archive.transparency.leaves import Entry
from santai.archive.transparency.tree import Tree
from santai.archive.transparency.verifying import Roots, verify
from santai.casework.models import LogEntry
from santai.documents.models import Letter
from santai.notices.periodic import JOBS, discover
from santai.trust.immutable import NeverChanged
from tests import factories
from tests.at_once import at_the_same_instant

pytestmark = pytest.mark.django_db


def entries(count: int, start: int = 0) -> list[tuple[int, Entry]]:
    return [(n, Entry("log", f"case {n}", hashlib.sha256(b"%d" % n).hexdigest())) for n in range(start, start + count)]


def as_in_rfc_6962(leaves: list[bytes]) -> bytes:
    """MTH as the RFC writes it down."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    left, right = as_in_rfc_6962(leaves[:split]), as_in_rfc_6962(leaves[split:])
    return hashlib.sha256(b"\x01" + left + right).digest()


@pytest.mark.parametrize("count", [1, 2, 3, 7, 8, 9, 255, 256, 257, 300, 513])
def test_the_root_is_the_one_of_the_rfc(count):
    found = entries(count)
    tree = Tree()
    tree.grow(found)
    assert tree.get_root() == as_in_rfc_6962([entry.data for _, entry in found])


def test_growing_in_parts_gives_the_same_tree_as_growing_at_once():
    tree, roots, reference = Tree(), Roots(), InmemoryTree("sha256")
    done = 0
    for part in (1, 3, 250, 2, 300, 77, 400):
        tree.grow(entries(part, done))
        for _, entry in entries(part, done):
            roots.add(entry.hash)
            reference.append_entry(entry.data)
        done += part
        assert tree.get_root() == reference.get_root() == bytes.fromhex(roots.root)
    assert {(node.level, node.position): bytes(node.hash) for node in TreeNode.objects.all()} == roots.nodes


def test_a_root_of_many_leaves_reads_few_rows(django_assert_max_num_queries):
    tree = Tree()
    tree.grow(entries(3000))
    with django_assert_max_num_queries(14):
        tree.get_root()


def test_every_leaf_is_proven_and_every_state_leads_to_the_next():
    tree = Tree()
    tree.grow(entries(300))
    root = tree.get_root()
    for index in (1, 2, 255, 256, 257, 300):
        verify_inclusion(tree.get_leaf(index), root, tree.prove_inclusion(index), index=index, size=300)
    for prior in (1, 100, 256, 299):
        verify_consistency(tree.get_root(prior), root, tree.prove_consistency(prior, 300), prior, 300)


def test_every_step_and_every_letter_becomes_a_leaf_once(cases):
    assert grow() == LogEntry.objects.count() + Letter.objects.count()
    assert grow() == 0
    log = {leaf.digest for leaf in TreeLeaf.objects.filter(kind="log")}
    assert log == set(LogEntry.objects.values_list("digest", flat=True))
    assert [leaf.index for leaf in TreeLeaf.objects.order_by("index")] == list(range(1, TreeLeaf.objects.count() + 1))


def test_the_order_of_new_leaves_does_not_depend_on_how_they_are_fetched(cases, monkeypatch):
    monkeypatch.setattr(growing, "AT_ONCE", 3)
    monkeypatch.setattr(tree_module, "AT_ONCE", 2)
    grow()
    rows = list(TreeLeaf.objects.order_by("index").values_list("kind", "record"))
    order = ["log", "letter_text", "letter", "deposit"]
    assert rows == sorted(rows, key=lambda row: (order.index(row[0]), row[1]))


def test_a_record_that_appears_late_below_the_others_is_taken_in(cases):
    late, *others = LogEntry.objects.select_related("case").order_by("pk")
    log = growing.SOURCES[0]
    Tree().grow([(row.pk, log.entry(row)) for row in others])
    grow()
    assert TreeLeaf.objects.filter(kind="log", record=late.pk).exists()


def test_the_daily_sweep_finds_what_lies_far_below(cases, monkeypatch):
    last = LogEntry.objects.order_by("-pk").first()
    Tree().grow([(last.pk, Entry("log", "x", last.digest))])
    monkeypatch.setattr(growing, "LOOK_BACK", 0)
    assert not any(kind == "log" for kind in _kinds_added(grow))
    assert LogEntry.objects.count() - 1 == len(_kinds_added(lambda: grow(everything=True)))


def _kinds_added(act) -> list[str]:
    before = TreeLeaf.objects.count()
    act()
    return [leaf.kind for leaf in TreeLeaf.objects.filter(index__gt=before) if leaf.kind == "log"]


def test_a_leaf_says_nothing_about_a_person(cases):
    grow()
    for leaf in TreeLeaf.objects.all():
        told = leaf.entry.data.decode()
        assert "王" not in told
        assert "工资" not in told
        assert cases[0].applicant.phone not in told


def test_two_leaves_never_take_one_place():
    Tree().grow(entries(1))
    with pytest.raises(IntegrityError), transaction.atomic():
        TreeLeaf.objects.create(index=1, kind="log", record=9, name="x", digest="y", hash=b"z")


def test_nothing_of_the_tree_is_changed_or_deleted(signed):
    for model in (TreeLeaf, Checkpoint):
        row = model.objects.first()
        with pytest.raises(NeverChanged):
            row.save()
        with pytest.raises(NeverChanged):
            row.delete()
        with pytest.raises(NeverChanged):
            model.objects.all().delete()


def test_a_checkpoint_names_size_root_time_and_the_one_before(signed):
    first, second = (row.signed for row in signed)
    assert second.previous == first.digest
    assert (second.size, second.root) == (Tree().get_size(), Tree().get_root().hex())
    assert second.at == "2026-03-02T03:00:00+00:00"
    assert second.algorithm == "ed25519"
    assert second.is_signed_by(keys.public_key())


def test_without_news_nothing_is_signed_again_within_a_day(signed, monday):
    last = signed[-1]
    assert sign_checkpoint(at=monday + timedelta(hours=5)) == last
    again = sign_checkpoint(at=monday + timedelta(days=1, hours=3))
    assert again is not None
    assert (again.size, again.signed.previous) == (last.size, last.signed.digest)


def test_a_clock_that_goes_back_does_not_turn_time_back(signed, monday):
    factories.make_case(monday + timedelta(hours=3))
    assert take_checkpoint(at=monday).at == signed[-1].at


def test_the_worker_signs_every_hour_and_looks_for_what_was_missed_every_day(cases, monday):
    discover()
    assert JOBS["santai.archive.periodic.sign_what_is_new"].interval == timedelta(hours=1)
    assert JOBS["santai.archive.periodic.find_what_was_passed_over"].interval == timedelta(days=1)
    assert sign_what_is_new(at=monday) == Tree().get_size() > 0
    assert find_what_was_passed_over(at=monday) == 0


def test_an_empty_platform_signs_nothing(monday):
    assert take_checkpoint(at=monday) is None


def test_two_histories_cannot_follow_one_checkpoint(signed):
    first = signed[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Checkpoint.objects.create(**first.signed.as_json(), public_key=first.public_key)


def test_the_key_is_made_once_and_only_its_owner_reads_it(signed, settings):
    file = settings.ENV.home / "keys" / keys.KEY_NAME
    assert stat.S_IMODE(os.stat(file).st_mode) == 0o600
    assert len(bytes.fromhex(file.read_text())) == 32
    assert {row.key_id for row in signed} == {keys.public_key().id}


def test_a_key_from_the_environment_is_used_and_not_written_down(settings):
    settings.ENV = settings.ENV.model_copy(update={"checkpoint_key": "ab" * 32})
    assert keys.public_key().id == keys.public_key().id
    assert not (settings.ENV.home / "keys").exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite in memory has one connection")
def test_workers_that_grow_and_sign_at_the_same_instant_make_one_tree(monday):
    factories.build_town()
    for minute in range(6):
        factories.make_case(monday + timedelta(minutes=minute))
    _, raised = at_the_same_instant(*[lambda: take_checkpoint(at=monday)] * 4)
    assert raised == []
    assert TreeLeaf.objects.count() == LogEntry.objects.count() + Letter.objects.count()
    assert Checkpoint.objects.count() == 1
    assert verify().faults == []
