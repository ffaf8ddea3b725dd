"""A PDF proves itself: what holds, and every way of forging it that came to mind."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core.files.uploadedfile import SimpleUploadedFile
from pymerkle import InclusionProof, InmemoryTree, verify_consistency
from pymerkle.proof import ConsistencyProof
from pypdf import PdfReader, PdfWriter

from santai.archive.models import Checkpoint, TreeLeaf
from santai.archive.transparency import keys
from santai.archive.transparency.checkpoints import PublicKey, SignedCheckpoint, write_keys
from santai.archive.transparency.growing import take_checkpoint
from santai.archive.transparency.issuing import consistency
from santai.archive.transparency.leaves import Entry, sha256_of
from santai.archive.transparency.offline import Outcome, Verdict, verify
from santai.archive.transparency.proofs import MARK, Included, Proof, add_proof, split
from santai.casework.actions import take_step
from santai.casework.models import Case, CaseDocument
from santai.documents.copies import copy_of, original_bytes, pdf_bytes
from santai.documents.files import store
from santai.documents.models import DocumentKind, Letter
from santai.trust.actors import Actor
from tests import factories

pytestmark = pytest.mark.django_db
DEPOSITED = b"%PDF-1.4 what was said on the telephone"


@pytest.fixture
def letter(cases) -> Letter:
    return Letter.objects.filter(case_code=cases[0].code).get()


@pytest.fixture
def pdf(letter) -> bytes:
    return pdf_bytes(letter)


def checked(content: bytes, file: bytes | None = None) -> Verdict:
    return verify(content, keys=[keys.public_key()], file=file)


def refused(content: bytes, file: bytes | None = None) -> str:
    verdict = checked(content, file)
    assert verdict.outcome in (Outcome.INVALID, Outcome.NO_PROOF)
    return verdict.why


def proof_in(pdf: bytes) -> dict:
    return json.loads(base64.b64decode(pdf[pdf.rfind(MARK) + len(MARK) :].split(b"\n")[0]))


def with_told(pdf: bytes, told: dict) -> bytes:
    document, _ = split(pdf)
    encoded = base64.b64encode(json.dumps(told).encode())
    old = base64.b64encode(split(pdf)[1].as_bytes())
    return document + pdf[len(document) :].replace(old, encoded)


def test_a_letter_is_proven_by_its_pdf_alone(pdf, letter):
    verdict = checked(pdf)
    assert verdict.outcome is Outcome.VALID
    assert verdict.name == f"{letter.case_code} {letter.number}"
    assert verdict.sha256 == copy_of(letter).sha256
    assert verdict.proven_at == Checkpoint.objects.get().signed.moment


def test_a_letter_wanted_before_the_hour_is_over_is_proven_at_once_and_only_once(letter, signed, monday):
    before = TreeLeaf.objects.count()
    first, second = pdf_bytes(letter), pdf_bytes(letter)
    assert first == second
    assert TreeLeaf.objects.count() == before + 1
    assert Checkpoint.objects.count() == len(signed) + 1


def test_the_proof_names_the_first_checkpoint_and_is_the_same_ever_after(pdf, letter, monday):
    first = Checkpoint.objects.get()
    for day in range(1, 4):
        factories.make_case(monday + timedelta(days=day))
        take_checkpoint(at=monday + timedelta(days=400 + day))
    assert pdf_bytes(letter) == pdf
    assert checked(pdf).proven_at == first.signed.moment


def test_a_file_deposited_later_does_not_make_the_first_certificate_younger(certificate, cases, monday):
    before = pdf_bytes(certificate)
    deposit(cases[0], b"%PDF-1.4 one more", certificate.issued_at + timedelta(days=1))
    assert pdf_bytes(certificate) == before
    assert checked(before, DEPOSITED).is_valid


def test_the_document_stays_what_it_was_and_opens_everywhere(pdf, letter):
    assert pdf.startswith(original_bytes(letter))
    assert len(PdfReader(BytesIO(pdf), strict=True).pages) == len(PdfReader(BytesIO(original_bytes(letter))).pages)
    assert b"%%EOF" in pdf[-1024:]
    assert b"startxref" in pdf[-1024:]


def test_without_a_key_it_is_said_that_nobody_vouches_for_the_key(pdf):
    assert verify(pdf, keys=None).outcome is Outcome.KEY_NOT_CHECKED


def test_a_forged_text_is_refused(pdf):
    at = pdf.index(b"stream") + 20
    forged = pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]
    assert "被改动过" in refused(forged)


def test_every_single_byte_counts(pdf):
    """One bit anywhere: in the document, in the proof, in what follows it."""
    step = max(1, len(pdf) // 400)
    for at in [*range(0, len(pdf), step), *range(len(pdf) - 40, len(pdf))]:
        changed = pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]
        assert not checked(changed).is_valid, at


def test_a_proof_that_was_cut_off_is_refused(pdf):
    start = pdf.rfind(MARK)
    for end in (start + 5, start + 20, start + 500, len(pdf) - 1, len(pdf) - 7):
        assert refused(pdf[:end])
    assert "没有平台的校验信息" in refused(pdf[:start])


@pytest.mark.parametrize(
    "more", [b"\n", b" ", b"%", b"\n%%EOF\n", b"1 0 obj<<>>endobj\nxref\ntrailer<<>>\nstartxref\n9\n%%EOF"]
)
def test_anything_added_behind_the_proof_is_refused(pdf, more):
    assert "又加了别的内容" in refused(pdf + more)


def test_a_revision_added_by_a_pdf_editor_is_refused(pdf):
    writer = PdfWriter(BytesIO(pdf), incremental=True)
    writer.add_blank_page(100, 100)
    out = BytesIO()
    writer.write(out)
    assert len(out.getvalue()) > len(pdf)
    assert refused(out.getvalue())


def test_a_revision_with_the_proof_put_behind_it_again_is_refused(pdf):
    writer = PdfWriter(BytesIO(split(pdf)[0]), incremental=True)
    writer.add_blank_page(100, 100)
    out = BytesIO()
    writer.write(out)
    assert "被改动过" in refused(add_proof(out.getvalue(), split(pdf)[1]))


def test_the_pointer_at_the_end_leads_to_no_other_table(pdf):
    head, _, tail = pdf.rpartition(b"startxref\n")
    number = tail.split(b"\n")[0]
    assert refused(head + b"startxref\n" + str(int(number) - 1).encode() + tail[len(number) :])


def test_the_proof_of_another_letter_does_not_fit(pdf, cases):
    other = pdf_bytes(Letter.objects.get(case_code=cases[1].code))
    assert "被改动过" in refused(add_proof(split(pdf)[0], split(other)[1]))


def forger() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(b"f" * 32)


def a_forgery(document: bytes, checkpoint: SignedCheckpoint, name: str) -> bytes:
    """Perfect in itself, under a tree and a key of the forger."""
    entry = Entry("letter", name, sha256_of(document))
    tree = InmemoryTree("sha256")
    tree.append_entry(entry.data)
    public = PublicKey("ed25519", forger().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))
    own = replace(checkpoint, size=1, root=tree.get_root().hex(), key_id=public.id, signature="")
    signed = replace(own, signature=base64.b64encode(forger().sign(own.text)).decode())
    way = tree.prove_inclusion(1).serialize()
    return add_proof(document, Proof(signed, public, Included(entry.kind, entry.name, entry.digest, way)))


def test_a_foreign_key_is_refused_however_well_everything_fits(pdf):
    document, proof = split(pdf)
    forged = a_forgery(document.replace(b"/Title", b"/Titel"), proof.checkpoint, proof.document.name)
    assert verify(forged, keys=None).outcome is Outcome.KEY_NOT_CHECKED
    assert "不是平台公布的密钥" in refused(forged)


def test_a_foreign_key_that_borrows_our_name_is_refused(pdf):
    told = proof_in(a_forgery(*[split(pdf)[0], split(pdf)[1].checkpoint, "x y"]))
    told["key"]["id"] = keys.public_key().id
    assert refused(with_told(pdf, told))


@pytest.mark.parametrize(
    ("part", "name", "value"),
    [
        ("checkpoint", "at", "2020-01-01T00:00:00+00:00"),
        ("checkpoint", "at", "2020-01-01T00:00:00"),
        ("checkpoint", "at", "yesterday"),
        ("checkpoint", "size", 10**6),
        ("checkpoint", "size", True),
        ("checkpoint", "size", "5"),
        ("checkpoint", "root", "0" * 64),
        ("checkpoint", "previous", "0" * 64),
        ("checkpoint", "origin", "santai/11"),
        ("checkpoint", "algorithm", "none"),
        ("checkpoint", "signature", ""),
        ("checkpoint", "signature", "!"),
        ("checkpoint", "extra", "x"),
        ("document", "name", "2301020120260000019 别的文号"),
        ("document", "name", "\ud800"),
        ("document", "kind", "log"),
        ("document", "digest", "0" * 64),
        ("document", "way", {}),
        ("document", "way", None),
        ("key", "public", ""),
        ("key", "algorithm", "none"),
    ],
)
def test_a_changed_field_of_the_proof_is_refused(pdf, part, name, value):
    told = proof_in(pdf)
    told[part][name] = value
    assert refused(with_told(pdf, told))


@pytest.mark.parametrize("told", [[], {}, None, 1, {"format": "santai-proof/1"}, "[" * 50])
def test_what_is_no_proof_at_all_is_refused(pdf, told):
    assert refused(with_told(pdf, told))


def test_a_shortened_or_stretched_way_up_is_refused(pdf):
    for change in (lambda path: path[:-1], lambda path: [*path, path[0]], lambda path: path[::-1], lambda path: []):
        told = proof_in(pdf)
        if len(told["document"]["way"]["path"]) > 1:
            told["document"]["way"]["path"] = change(told["document"]["way"]["path"])
            assert refused(with_told(pdf, told))


def test_an_inner_node_never_passes_for_a_letter(pdf):
    told = proof_in(pdf)
    told["document"]["way"]["metadata"]["security"] = False
    assert refused(with_told(pdf, told))


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"\x00" * 100, MARK, MARK + b"\n", MARK + b"AAAA\n", MARK * 3])
def test_what_is_no_letter_is_refused(content):
    assert refused(content)


# --- deposited files


@pytest.fixture
def certificate(cases, letter, monday) -> Letter:
    """The letter of a case under which a file was deposited."""
    Case.objects.filter(pk=cases[0].pk).update(procedure="evidence_deposit")
    deposit(cases[0], DEPOSITED, monday)
    return letter


def deposit(case: Case, content: bytes, at) -> CaseDocument:
    stored = factories.make_file("录音.pdf", content)
    stored.sha256 = sha256_of(content)
    stored.save()
    return CaseDocument.objects.create(case=case, file=stored, kind="deposit", channel="web", added_by="x", added_at=at)


def test_a_certificate_proves_the_deposited_file(certificate, cases):
    pdf = pdf_bytes(certificate)
    assert checked(pdf).is_valid
    verdict = checked(pdf, DEPOSITED)
    assert verdict.is_valid
    assert verdict.file.startswith(cases[0].code)


def test_a_deposit_made_in_the_ordinary_way_is_proven_from_end_to_end(town, monday):
    party = factories.make_party()
    case = factories.make_case(monday, procedure="evidence_deposit", applicant=party)
    paper = (store(SimpleUploadedFile("录音.pdf", DEPOSITED)), DocumentKind.DEPOSIT)
    given = {"title": "电话录音", "own": True}
    take_step(case, "deposit", actor=Actor.applicant(party.pk), data=given, documents=[paper], at=monday)
    take_checkpoint(at=monday + timedelta(minutes=30))
    pdf = pdf_bytes(Letter.objects.get(case_code=case.code, kind="deposit_certificate"))
    assert checked(pdf, DEPOSITED).is_valid
    assert not checked(pdf, DEPOSITED[:-1]).is_valid


def test_another_file_is_not_what_was_deposited(certificate):
    assert "不是您选的那个存证文件" in refused(pdf_bytes(certificate), DEPOSITED + b" ")


def test_a_letter_without_deposits_certifies_no_file(pdf):
    assert refused(pdf, DEPOSITED)


def test_a_genuine_proof_of_another_cases_file_is_refused(certificate, cases, monday):
    """Both under one checkpoint: every line of the proof holds, and together they would say what nobody certified."""
    Case.objects.filter(pk=cases[1].pk).update(procedure="evidence_deposit")
    deposit(cases[1], b"%PDF-1.4 foreign", monday)
    other = Letter.objects.get(case_code=cases[1].code)
    copy_of(certificate), copy_of(other)
    take_checkpoint(at=monday + timedelta(hours=1))
    document, proof = split(pdf_bytes(certificate))
    foreign = split(pdf_bytes(other))[1]
    assert foreign.checkpoint == proof.checkpoint
    both = add_proof(document, replace(proof, files=foreign.files))
    assert "不是同一件事的" in refused(both, b"%PDF-1.4 foreign")


def test_a_broken_tree_does_not_keep_a_letter_from_being_read(letter, monkeypatch):
    from django.db import DatabaseError

    from santai.archive.transparency import issuing

    def fails(*_, **__):
        raise DatabaseError("read only")

    monkeypatch.setattr(issuing, "append_now", fails)
    assert pdf_bytes(letter) == original_bytes(letter)


def test_two_checkpoints_are_shown_to_agree(signed):
    first, second = (row.signed for row in signed)
    proof = ConsistencyProof.deserialize(consistency(first.size, second.size))
    verify_consistency(
        bytes.fromhex(first.root), bytes.fromhex(second.root), proof, first.size, second.size, algorithm="sha256"
    )
    assert not isinstance(proof, InclusionProof)


# --- on a machine that is not ours


def alone(folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Without settings, database or home: the folder stays as it is."""
    begin = "from santai.config.cli import main; main()"
    source = Path(keys.__file__).parents[3]
    return subprocess.run(
        [sys.executable, "-c", begin, "audit", "verify-pdf", *map(str, arguments)],
        env={"PYTHONPATH": str(source), "PYTHONIOENCODING": "utf-8"},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_anybody_checks_a_pdf_on_a_machine_without_the_platform(pdf, certificate, tmp_path):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    files = {
        "letter.pdf": pdf_bytes(certificate),
        "forged.pdf": pdf.replace(b"stream", b"strean", 1),
        "deposited.pdf": DEPOSITED,
        "key.json": write_keys([keys.public_key()]).encode(),
        "foreign.json": write_keys([PublicKey("ed25519", b"x" * 32)]).encode(),
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    good = alone(folder, "letter.pdf", "--key", "key.json", "--file", "deposited.pdf")
    assert (good.returncode, good.stderr) == (0, "")
    assert "有效" in good.stdout
    assert alone(folder, "letter.pdf").returncode == 3
    assert alone(folder, "letter.pdf", "--key", "foreign.json").returncode == 1
    assert alone(folder, "forged.pdf", "--key", "key.json").returncode == 1
    assert alone(folder, "missing.pdf").returncode == 2
    assert sorted(file.name for file in folder.iterdir()) == sorted(files)
