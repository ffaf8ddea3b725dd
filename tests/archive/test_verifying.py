"""Attacks by somebody who owns the database, and in the end the key as well."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from santai.archive.models import Checkpoint, TreeLeaf, TreeNode
from santai.archive.transparency import keys
from santai.archive.transparency.checkpoints import Kept, NotACheckpoint, read_kept
from santai.archive.transparency.growing import grow, take_checkpoint
from santai.archive.transparency.leaves import sha256_of
from santai.archive.transparency.tree import BLOCK, Tree
from santai.archive.transparency.verifying import verify
from santai.casework.chain import digest_of
from santai.casework.models import Case, CaseDocument, LogEntry
from santai.documents.copies import copy_of
from santai.documents.models import Letter
from santai.trust.crypto import encrypt, encrypt_bytes, sm3
from tests import factories
from tests.archive.conftest import attack, kept_now
from tests.archive.test_tree import entries

pytestmark = pytest.mark.django_db


def faults(kept: Kept | None = None) -> str:
    return "\n".join(verify(kept).faults)


def test_an_untouched_platform_verifies_with_and_without_an_export(signed):
    report = verify(kept_now())
    assert report.faults == []
    assert (report.leaves, report.checkpoints, report.kept) == (TreeLeaf.objects.count(), 2, 2)
    assert verify().faults == []


def test_what_is_newer_than_the_tree_is_counted_and_no_fault(signed, monday):
    factories.make_case(monday + timedelta(hours=3))
    report = verify()
    assert report.faults == []
    assert report.not_yet > 0


def test_a_changed_step_is_found(signed, cases):
    attack("UPDATE casework_logentry SET told = 'nothing' WHERE case_id = %s AND number = 1", cases[0].pk)
    assert f"办理记录 {cases[0].code} 1：内容和进记录树时的不一样" in faults()


def test_a_step_changed_together_with_its_digest_is_found(signed, cases):
    entry = LogEntry.objects.select_related("case").get(case=cases[0], number=1)
    entry.actor_name = "别人"
    attack(
        "UPDATE casework_logentry SET actor_name = %s, digest = %s WHERE id = %s",
        "别人",
        digest_of(entry, code=cases[0].code),
        entry.pk,
    )
    assert f"办理记录 {cases[0].code} 1" in faults()


def test_a_step_its_leaf_and_the_digest_changed_together_are_found(signed, cases):
    entry = LogEntry.objects.select_related("case").get(case=cases[0], number=1)
    entry.actor_name = "别人"
    digest = digest_of(entry, code=cases[0].code)
    attack("UPDATE casework_logentry SET actor_name = %s, digest = %s WHERE id = %s", "别人", digest, entry.pk)
    leaf = TreeLeaf.objects.get(kind="log", record=entry.pk)
    leaf.digest = digest
    attack(
        "UPDATE archive_treeleaf SET digest = %s, hash = %s WHERE kind = 'log' AND record = %s",
        digest,
        leaf.entry.hash,
        entry.pk,
    )
    assert "叶子被改动或者调换了" in faults()


def test_a_deleted_case_is_found(signed, cases):
    attack("DELETE FROM casework_logentry WHERE case_id = %s", cases[1].pk)
    assert f"办理记录 {cases[1].code} 1：这条记录被删除了" in faults()


def test_a_deleted_leaf_is_found(signed):
    attack('DELETE FROM archive_treeleaf WHERE "index" = 2')
    assert "第 2 片叶子不见了" in faults()


def test_leaves_that_changed_places_are_found(signed):
    far = 10**9
    for here, there in ((1, far), (2, 1), (far, 2)):
        attack('UPDATE archive_treeleaf SET "index" = %s WHERE "index" = %s', there, here)
    assert "叶子被改动或者调换了" in faults()


def test_a_letters_text_exchanged_with_its_digest_is_found(signed):
    letter = Letter.objects.first()
    forged = "不予受理"
    attack(
        "UPDATE documents_letter SET body = %s, digest = %s WHERE id = %s",
        encrypt(forged),
        sm3(forged.encode()),
        letter.pk,
    )
    assert f"文书正文 {letter.case_code} {letter.number}" in faults()


def test_a_letters_text_that_does_not_open_is_found_and_hides_no_other(signed, cases):
    first, second = Letter.objects.order_by("pk")[:2]
    attack("UPDATE documents_letter SET body = 'AAAA' WHERE id = %s", first.pk)
    attack("UPDATE documents_letter SET body = %s WHERE id = %s", encrypt("假"), second.pk)
    told = faults()
    assert first.number in told
    assert second.number in told


def test_an_exchanged_pdf_is_found(signed, monday):
    letter = Letter.objects.first()
    copy_of(letter)
    take_checkpoint(at=monday + timedelta(hours=3))
    assert verify().faults == []
    attack("UPDATE documents_lettercopy SET sealed = %s WHERE letter_id = %s", encrypt_bytes(b"%PDF forged"), letter.pk)
    assert f"文书 {letter.case_code} {letter.number}" in faults()


def test_a_deposited_file_that_was_exchanged_or_lost_is_found(cases, monday):
    case = cases[0]
    Case.objects.filter(pk=case.pk).update(procedure="evidence_deposit")
    content = b"%PDF-1.4 true"
    stored = factories.make_file("录音.pdf", content)
    paper = CaseDocument.objects.create(
        case=case, file=stored, kind="deposit", channel="web", added_by="x", added_at=monday
    )
    stored.sha256 = sha256_of(content)
    stored.save()
    take_checkpoint(at=monday)
    assert verify().faults == []
    stored.content.storage.delete(stored.content.name)
    assert f"存证文件 {case.code} {paper.pk}" in faults()


def test_a_spoiled_block_is_found_though_nothing_is_computed_from_it(monday):
    Tree().grow(entries(BLOCK * 2))
    assert TreeNode.objects.count() == 3
    attack("UPDATE archive_treenode SET hash = %s WHERE level = 8 AND position = 1", b"\x00" * 32)
    assert "第 8 层第 1 个中间结果被改动过" in faults()


def test_a_changed_checkpoint_is_found(signed):
    attack("UPDATE archive_checkpoint SET size = size - 1 WHERE id = %s", signed[1].pk)
    assert "第 2 个检查点" in faults()


def test_a_checkpoint_of_another_key_is_found(signed, settings):
    settings.ENV = settings.ENV.model_copy(update={"checkpoint_key": "ab" * 32})
    assert "不是本机的密钥" in faults()


def test_a_checkpoint_taken_out_of_the_middle_is_found(signed, monday):
    factories.make_case(monday + timedelta(hours=3))
    take_checkpoint(at=monday + timedelta(hours=4))
    attack("DELETE FROM archive_checkpoint WHERE id = %s", signed[1].pk)
    assert "接不上前一个" in faults()


def cut_tail(cases: list[Case]) -> None:
    last = Case.objects.order_by("-pk").first()
    attack("DELETE FROM archive_checkpoint")
    attack("DELETE FROM archive_treeleaf")
    attack("DELETE FROM archive_treenode")
    attack("DELETE FROM documents_letter WHERE case_code = %s", last.code)
    attack("DELETE FROM casework_logentry WHERE case_id = %s", last.pk)
    attack("DELETE FROM casework_caseclock WHERE case_id = %s", last.pk)
    attack("DELETE FROM notices_notice")
    attack("DELETE FROM casework_case WHERE id = %s", last.pk)


def test_a_cut_tail_with_checkpoints_signed_anew_deceives_the_machine_and_not_the_export(signed, cases, monday):
    kept = kept_now()
    cut_tail(cases)
    take_checkpoint(at=monday + timedelta(hours=2))
    assert verify().faults == [], "whoever owns database and key can do this: the machine alone cannot know"
    told = faults(kept)
    assert "现在只剩" in told
    assert "数据库里没有它" in told


def test_a_database_built_anew_is_found_by_the_export(signed, cases, monday):
    kept = kept_now()
    cut_tail(cases)
    for minute in range(6):
        factories.make_case(monday + timedelta(minutes=minute))
    take_checkpoint(at=monday + timedelta(hours=2))
    assert verify().faults == []
    assert "整个数据库被重建过" in faults(kept)


def test_no_checkpoint_at_all_is_found_by_the_export(signed):
    kept = kept_now()
    attack("DELETE FROM archive_checkpoint")
    assert "数据库里没有它" in faults(kept)


def test_an_export_that_was_tampered_with_is_not_believed(signed):
    kept = kept_now()
    told = json.loads(kept.as_json())
    told["checkpoints"][0]["root"] = "0" * 64
    assert "请先核对您的文件" in faults(read_kept(json.dumps(told)))


@pytest.mark.parametrize(
    "broken", ["", "{}", "[]", '{"format": "x", "keys": []}', '{"format": "santai-checkpoints/1"}']
)
def test_what_is_no_export_is_refused(broken):
    with pytest.raises(NotACheckpoint):
        read_kept(broken)


def test_a_new_key_is_believed_only_when_the_auditor_has_it(signed, settings, monday):
    kept = kept_now()
    settings.ENV = settings.ENV.model_copy(update={"checkpoint_key": "ab" * 32})
    factories.make_case(monday + timedelta(hours=3))
    take_checkpoint(at=monday + timedelta(hours=4))
    assert "不是您保存的文件里的密钥" in faults(kept)
    assert verify(Kept((*kept.keys, keys.public_key()), kept.checkpoints)).faults == []


@pytest.mark.parametrize("table", ["archive_treeleaf", "archive_treenode", "archive_checkpoint"])
def test_the_triggers_keep_the_tree(table, signed):
    Tree().grow(entries(BLOCK, 1000))
    for change in (
        f"DELETE FROM {table}",
        f"UPDATE {table} SET hash = hash" if "tree" in table else f"UPDATE {table} SET size = 1",
    ):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


# --- the command


def run(*arguments: object) -> str:
    out = StringIO()
    call_command("audit", *map(str, arguments), stdout=out, stderr=out)
    return out.getvalue()


def test_the_command_signs_exports_and_verifies(cases, tmp_path):
    file = tmp_path / "kept.json"
    assert "树根" in run("checkpoint")
    assert "已导出 1 个检查点" in run("export-checkpoints", file)
    assert "和您保存的 1 个检查点一致" in run("verify", "--trust", file)
    assert "没有用 --trust" in run("verify")


def test_the_command_fails_with_the_fault_in_words(signed, cases):
    attack("UPDATE casework_logentry SET told = 'x' WHERE case_id = %s AND number = 1", cases[0].pk)
    out = StringIO()
    with pytest.raises(CommandError, match="核对不通过"):
        call_command("audit", "verify", stdout=out, stderr=out)
    assert cases[0].code in out.getvalue()


def test_an_export_never_overwrites_an_older_one(signed, tmp_path):
    file = tmp_path / "kept.json"
    run("export-checkpoints", file)
    with pytest.raises(CommandError, match="已经存在"):
        run("export-checkpoints", file)


def test_nothing_forged_is_exported(signed, tmp_path):
    attack("UPDATE archive_checkpoint SET at = '2020-01-01T00:00:00+00:00' WHERE id = %s", signed[0].pk)
    with pytest.raises(CommandError, match="没有导出"):
        run("export-checkpoints", tmp_path / "kept.json")


def test_one_case_alone_can_be_checked(signed, cases):
    assert "对得上" in run("verify", "--case", cases[0].code)
    with pytest.raises(CommandError, match="没有案码"):
        run("verify", "--case", "123")


def test_an_empty_platform_says_so():
    assert grow() == 0
    assert "还没有任何记录" in run("checkpoint")
    assert Checkpoint.objects.count() == 0
