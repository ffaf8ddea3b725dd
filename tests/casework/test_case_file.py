"""The case file: every letter and paper once, in order, with page numbers; what is missing is named."""

import io
from datetime import datetime

import pytest
from pypdf import PdfReader, PdfWriter

from santai.casework.case_file import case_file, lines_of, missing_from_file
from santai.documents import binding
from santai.documents.binding import Line, Piece, TooLong, bind
from santai.documents.models import DocumentKind as Doc
from santai.documents.models import StoredFile
from santai.trust.roles import Role
from tests.documents.test_sheets import pdf, picture, stored
from tests.factories import Town
from tests.procedures.legal_aid_story import LAWYER, Story, keep_standard

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(town: Town, monday: datetime) -> Story:
    keep_standard()
    return Story(town, monday).apply().accept().grant().assign().begin_handling()


def add(story: Story, file: StoredFile, kind: Doc) -> None:
    story.case.documents.create(file=file, kind=kind, channel="web", added_by="x", added_at=story.at)


def whole(story: Story) -> PdfReader:
    return PdfReader(io.BytesIO(case_file(story.case, at=story.at)))


def squeezed(text: str) -> str:
    return "".join(text.split()).replace("\u200b", "")


def test_the_file_holds_every_letter_and_paper_in_the_order_of_the_table(story: Story) -> None:
    titles = [line.title for line in lines_of(story.case)]
    assert titles.index("法律援助申请表" if "法律援助申请表" in titles else "身份证明") < titles.index("审查决定")
    assert titles.index("审查决定") < titles.index("指派和更换通知书") < titles.index("委托协议")
    pieces = [piece for line in lines_of(story.case) for piece in line.pieces]
    assert len(pieces) == story.case.documents.count() + len(story.letters)


def test_the_contents_name_the_page_each_document_stands_on(story: Story) -> None:
    add(story, stored(pdf((595, 842), (595, 842), (595, 842)), name="三页.pdf"), Doc.COURT_PAPER)
    add(story, stored(picture("JPEG"), "image/jpeg", "收条.jpg"), Doc.OTHER)
    reader = whole(story)
    texts = [squeezed(page.extract_text()) for page in reader.pages]
    contents = next(at for at, text in enumerate(texts) if "卷内目录" in text)
    first = next(
        at for at in range(contents + 1, len(texts)) if "卷内目录" not in texts[at] and texts[at].endswith("1")
    )
    titles = {item.title: reader.get_destination_page_number(item) - first + 1 for item in reader.outline}
    for title, number in titles.items():
        assert squeezed(title).rstrip("…")[:6] in texts[contents]
        assert texts[first + number - 1].endswith(str(number)) or texts[first + number - 1].startswith(str(number))
    granted = next(number for title, number in titles.items() if "给予法律援助决定书" in title)
    assert "给予法律援助决定书" in texts[first + granted - 1]
    assert f"{len(texts) - first}页（封面和目录不编页码）" in texts[0]
    assert texts[-1].startswith(str(len(texts) - first)) or texts[-1].endswith(str(len(texts) - first))


def test_the_cover_and_the_course_tell_the_case(story: Story) -> None:
    texts = [squeezed(page.extract_text()) for page in whole(story).pages]
    for words in (story.case.code, story.case.applicant.name, "尚未结案", "民事行政法律援助"):
        assert words in texts[0]
    course = "".join(texts[-3:])
    assert "办理经过" in course
    assert "签订委托协议" in course


def test_a_bad_upload_does_not_break_the_file(story: Story) -> None:
    add(story, stored(b"%PDF-1.7 broken", name="坏的证据.pdf"), Doc.MATTER_PROOF)
    locked = PdfWriter()
    locked.add_blank_page(595, 842)
    locked.encrypt("secret")
    kept = io.BytesIO()
    locked.write(kept)
    add(story, stored(kept.getvalue(), name="加密的合同.pdf"), Doc.MATTER_PROOF)
    text = "".join(squeezed(page.extract_text()) for page in whole(story).pages)
    assert "坏的证据.pdf" in text
    assert "加密的合同.pdf" in text
    assert "设有密码" in text


def test_what_must_be_there_by_now_and_is_not_is_named(story: Story) -> None:
    assert missing_from_file(story.case) == []
    story.take(
        "meet",
        LAWYER,
        {"met_on": story.today, "place": "办公室", "told_rights": True, "told_risks": True},
        Doc.MEETING_RECORD,
    )
    story.case.documents.filter(kind=Doc.MEETING_RECORD).delete()
    assert missing_from_file(story.case) == ["约见（会见）笔录"]
    contents = "".join(squeezed(page.extract_text()) for page in whole(story).pages[:3])
    assert "约见（会见）笔录（缺）" in contents


def test_a_file_that_is_too_long_is_refused_and_not_cut(story: Story, monkeypatch, monday: datetime) -> None:
    monkeypatch.setattr(binding, "MOST_PAGES", 2)
    long = Line("证据", (Piece("三页", "2026-03-02", lambda: pdf((595, 842), (595, 842), (595, 842))),))
    with pytest.raises(TooLong):
        bind({"issuer": "x", "title": "x", "facts": [], "made": ""}, [long], at=monday)


def test_a_case_without_any_paper_has_a_cover_contents_and_course(town: Town, monday: datetime) -> None:
    empty = Story(town, monday)
    assert len(whole(empty).pages) >= 3
    assert Role.APPLICANT
