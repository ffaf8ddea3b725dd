"""What an evidence deposit keeps of each file, and how a file is compared with it again."""

from __future__ import annotations

import hashlib
from typing import Any

from cryptography.hazmat.primitives import hashes
from django.utils.timezone import localdate, localtime

from santai.casework.kernel import Attempt, procedure_in_force
from santai.casework.models import Case, CaseDocument
from santai.casework.reading import clocks_of
from santai.casework.refusals import Missing, NotFromHere
from santai.documents.files import open_file
from santai.documents.models import DocumentKind, StoredFile
from santai.procedures.forms.evidence_deposit import REFUSALS

Deposited = dict[str, Any]


def digests_of(stored: StoredFile) -> tuple[str, str]:
    """SHA-256 and SM3 of the bytes as they lie in the store, read once in pieces."""
    sha256, sm3 = hashlib.sha256(), hashes.Hash(hashes.SM3())
    with open_file(stored) as content:
        for chunk in content.chunks():
            sha256.update(chunk)
            sm3.update(chunk)
    return sha256.hexdigest(), sm3.finalize().hex()


def deposited(case: Case) -> list[Deposited]:
    found: list[Deposited] = case.facts.get("files", [])
    return found


def _new_papers(case: Case) -> list[CaseDocument]:
    kept = {one["document"] for one in deposited(case)}
    papers = case.documents.filter(kind=DocumentKind.DEPOSIT).select_related("file")
    return [paper for paper in papers if paper.pk not in kept]


def something_new(attempt: Attempt) -> None:
    if _new_papers(attempt.case):
        return
    if deposited(attempt.case):
        raise Missing("没有新的存证文件", todo="请选择还没有存过的文件；同一个文件已经存过，不用再存。")
    raise Missing("没有选择要存证的文件", todo="请选好文件再交；先上传再存证的，材料种类选“存证文件”。")


def keep_deposit(attempt: Attempt) -> dict[str, Any]:
    """Numbered on from what is there; the moment and whoever handed in stand with each file."""
    before, at = deposited(attempt.case), localtime(attempt.at).strftime("%Y-%m-%d %H:%M:%S")
    new = [_row(paper, number, at) for number, paper in enumerate(_new_papers(attempt.case), len(before) + 1)]
    facts: dict[str, Any] = {"files": [*before, *new]}
    if "title" in attempt.data:
        facts |= {"title": attempt.data["title"], "is_open": True}
    return {"facts": facts}


def _row(paper: CaseDocument, number: int, at: str) -> Deposited:
    sha256, sm3 = digests_of(paper.file)
    return {
        "number": number,
        "document": paper.pk,
        "name": paper.file.name,
        "size": paper.file.size,
        "sha256": sha256,
        "sm3": sm3,
        "at": at,
        "by": paper.added_by,
    }


def matching(case: Case, digest: str) -> Deposited | None:
    """The deposited file with this SHA-256 or SM3; the earliest when there are several."""
    return next((one for one in deposited(case) if digest in (one["sha256"], one["sm3"])), None)


def is_among_the_files(attempt: Attempt) -> None:
    if matching(attempt.case, attempt.data["digest"]) is None:
        problem = "与存证的每一个文件都不一致。"
        todo = "请确认选的是当初存证的那个文件；文件只要改动过一点，校验码就不同。"
        raise Missing(problem, todo=todo, fields={"digest": [problem]})


def keep_match(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"matched": matching(attempt.case, attempt.data["digest"])}}


def preservation_is_possible(attempt: Attempt) -> None:
    try:
        procedure_in_force(attempt.data["procedure"], localdate(attempt.at))
    except KeyError:
        raise Missing("这一天没有施行中的该项公证程序", todo="请改选其他方式，或者联系公证处。") from None


def hide(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"is_open": False}}


def show(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"is_open": True}}


def is_open_to_check(case: Case) -> bool:
    """Whether the public page answers. What was deposited stays either way."""
    return bool(deposited(case)) and bool(case.facts.get("is_open"))


def term_of_keeping_is_over(attempt: Attempt) -> None:
    found = clocks_of(attempt.case, attempt.log, now=attempt.at)
    term = next((one for one in found if one.clock.name == "keeping"), None)
    if term and term.due_at and attempt.at <= term.due_at:
        raise NotFromHere(f"保管到{localdate(term.due_at):%Y年%-m月%-d日}为止", todo="请等保管期满后再办理。")


def keep_refusal(attempt: Attempt) -> dict[str, Any]:
    return {"facts": {"reason_label": dict(REFUSALS)[attempt.data["reason"]]}}
