"""The library for programs: articles, answers, guides, cases, policies, institutions and people for a question."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import BeforeValidator, Field

from santai.knowledge.entries.finding import Found
from santai.knowledge.entries.finding import find as find_entries
from santai.knowledge.models import Entry, EntryCitation, Law, LawVersion, Level
from santai.knowledge.reading import MOST, PAGE, Hit, find
from santai.knowledge.search import Filters
from santai.registry.directory import organisations, people
from santai.registry.models import Organisation, Practitioner
from santai.web.api.callers import OPEN_TO_ANYBODY, caller_of, slow_down
from santai.web.api.problems import BadFilling, NotFound
from santai.web.api.schemas import answers
from santai.web.laws import question_of

router = Router(tags=["公开信息"])


class Question(Schema):
    q: str = Field(description="遇到的事，或者哪部法第几条；最多2000字", examples=["劳动合同法第三十八条"])
    kind: Literal["law", "article", "answer", "guide", "case", "policy", "organisation", "person"] = Field(
        "law",
        description="查什么：law 或 article 法律条文，answer 标准答复，guide 办事指南，case 典型案例，policy 政策文件，"
        "organisation 机构，person 法律服务人员",
    )
    region: str = Field("", description="提问的人在哪里（区划代码）；别处的地方内容不列出", pattern=r"^(\d{2,12})?$")
    law: str = Field("", description="只在这部法里查（名称或地址中的名称）", max_length=200)
    level: Annotated[Level | None, BeforeValidator(lambda given: given or None)] = Field(None, description="效力级别")
    in_force: bool = Field(False, description="只要现行有效的")
    page: int = Field(1, ge=1, le=1000, description="第几页，每页20条，最多5页")


class FoundArticle(Schema):
    name: str = Field(examples=["劳动合同法第三十八条"])
    law: str
    article: str = Field(examples=["第三十八条"])
    chapter: str
    text: str
    level: Level
    status: LawVersion.Status
    in_force_from: date | None
    url: str = Field(description="网页地址")
    is_exact: bool = Field(description="问题里点名的就是这一条")


class FoundEntry(Schema):
    slug: str
    kind: Entry.Kind
    title: str
    summary: str = Field(description="一句话答复")
    score: float = Field(description="0到1；is_good为真的可以当作答复")
    is_good: bool
    region: str
    url: str = Field(description="网页地址")


class FoundOrganisation(Schema):
    id: int
    name: str
    kind: str
    region: str
    address: str
    phone: str
    hours: str


class FoundPerson(Schema):
    name: str
    kind: str
    licence: str
    organisation: str
    region: str
    phone: str = Field(description="所在机构的电话")


class FoundPage(Schema):
    articles: list[FoundArticle]
    entries: list[FoundEntry] = Field(description="kind 为 answer、guide、case、policy 时")
    organisations: list[FoundOrganisation] = Field(description="kind 为 organisation 时")
    people: list[FoundPerson] = Field(description="kind 为 person 时")
    total: int = Field(description="一共几条；条文和文章最多100")
    is_ready: bool = Field(description="法律库装好了没有；没有装好时什么也查不到")
    did_you_mean: str = Field(description="名称像是写错了的法律；没有则为空")


@router.get(
    "/knowledge/search",
    auth=None,
    operation_id="searchKnowledge",
    summary="查法律知识",
    response=answers({200: FoundPage}, 401, 422, 429),
    openapi_extra=OPEN_TO_ANYBODY,
)
def search_knowledge(request: HttpRequest, asked: Annotated[Question, Query()]) -> FoundPage:
    if caller_of(request).user is None:
        slow_down(request, "knowledge", rate=settings.ENV.search_rate)
    question, is_cut = question_of({"q": asked.q})
    if is_cut or not question:
        told = "问题太长，最多2000字" if is_cut else "没有写要查什么"
        raise BadFilling(told, todo="请写一两句最要紧的话。", fields={"q": [told]})
    given: dict[str, Any] = {"articles": [], "entries": [], "organisations": [], "people": []}
    given |= {"total": 0, "did_you_mean": "", "is_ready": True}
    return FoundPage(**given | _SEARCHES.get(asked.kind, _entries)(asked, question))


def _articles(asked: Question, question: str) -> dict[str, Any]:
    results = find(question, filters=_filters(asked), page=asked.page)
    told = {"total": results.total, "did_you_mean": results.meant, "is_ready": results.is_ready}
    return {"articles": [_found(hit) for hit in results.hits], **told}


def _entries(asked: Question, question: str) -> dict[str, Any]:
    found = find_entries(question, today=timezone.localdate(), kinds={asked.kind}, region=asked.region, limit=MOST)
    return {"entries": [_entry(one) for one in _page(asked, found)], "total": len(found)}


def _organisations(asked: Question, question: str) -> dict[str, Any]:
    rows = organisations(question)
    return {"organisations": [_organisation(one) for one in _page(asked, rows)], "total": rows.count()}


def _people(asked: Question, question: str) -> dict[str, Any]:
    rows = people(question)
    return {"people": [_person(one) for one in _page(asked, rows)], "total": rows.count()}


_SEARCHES = {"law": _articles, "article": _articles, "organisation": _organisations, "person": _people}


def _page(asked: Question, rows: Sequence[Any] | Any) -> Any:
    return rows[(asked.page - 1) * PAGE : asked.page * PAGE]


def _filters(asked: Question) -> Filters:
    law = (
        Law.objects.filter(name=asked.law).first() or Law.objects.filter(slug=asked.law).first() if asked.law else None
    )
    if asked.law and law is None:
        told = f"法律库里没有《{asked.law}》"
        raise BadFilling(told, todo="请写法律的全名，可以不带“中华人民共和国”。", fields={"law": [told]})
    return Filters(law=law.name if law else "", level=asked.level or "", in_force=asked.in_force)


def _found(hit: Hit) -> FoundArticle:
    one, version = hit.article, hit.article.version
    return FoundArticle(
        name=version.law.name + one.label,
        law=version.law.name,
        article=one.label,
        chapter=one.chapter,
        text=one.text,
        level=Level(version.level),
        status=LawVersion.Status(version.status),
        in_force_from=version.in_force_from,
        url=reverse("law_article", args=[version.law.slug, one.key]),
        is_exact=hit.is_exact,
    )


def _entry(one: Found) -> FoundEntry:
    return FoundEntry(
        slug=one.entry.slug,
        kind=Entry.Kind(one.entry.kind),
        title=one.version.title,
        summary=one.version.summary,
        score=round(one.score, 3),
        is_good=one.is_good,
        region=one.entry.region_id or "",
        url=reverse("library_entry", args=[one.entry.slug]),
    )


def _organisation(one: Organisation) -> FoundOrganisation:
    return FoundOrganisation(
        id=one.pk,
        name=one.name,
        kind=one.kind,
        region=one.region_id,
        address=one.address,
        phone=one.phone,
        hours=one.hours,
    )


def _person(one: Practitioner) -> FoundPerson:
    return FoundPerson(
        name=one.name,
        kind=one.kind,
        licence=one.licence,
        organisation=one.organisation.name,
        region=one.organisation.region_id,
        phone=one.organisation.phone,
    )


class EntryCited(Schema):
    law: str
    article: str = Field(examples=["第三十八条"])
    url: str = Field(description="法律库里有这一条时的网页地址，没有则为空")


class EntryShown(Schema):
    slug: str
    kind: Entry.Kind
    title: str
    summary: str
    body: str = Field(description="正文，Markdown（段落、标题、列表、粗体），不含HTML")
    matter: str
    topics: list[str]
    service: str = Field(description="对应的办理程序，没有则为空")
    region: str
    owner: str = Field(description="负责单位，没有则为空")
    version: int
    reviewed_at: datetime | None
    expires_on: date | None
    source: str
    issuer: str
    document_number: str
    issued_on: date | None
    laws: list[EntryCited]


@router.get(
    "/knowledge/entries/{slug}",
    auth=None,
    operation_id="getKnowledgeEntry",
    summary="看一篇答复、指南、案例或政策",
    response=answers({200: EntryShown}, 401, 404, 429),
    openapi_extra=OPEN_TO_ANYBODY,
)
def knowledge_entry(request: HttpRequest, slug: str) -> EntryShown:
    if caller_of(request).user is None:
        slow_down(request, "knowledge", rate=settings.ENV.search_rate)
    rows = Entry.objects.readable_on(timezone.localdate()).select_related("owner")
    found = rows.filter(slug=slug[:80]).first()
    version = found.published if found else None
    if found is None or version is None:
        raise NotFound("没有这一篇，或者它已经过期、撤下", todo="请用 /knowledge/search 再查一次。")
    citations = version.citations.select_related("article__version__law")
    names = [field for field in EntryShown.model_fields if hasattr(version, field)]
    told = {name: getattr(version, name) for name in names}
    told |= {"slug": found.slug, "kind": Entry.Kind(found.kind), "region": found.region_id or ""}
    told |= {"owner": found.owner.name if found.owner else "", "version": version.number}
    return EntryShown(**told, laws=[_cited(one) for one in citations])


def _cited(one: EntryCitation) -> EntryCited:
    url = reverse("law_article", args=[one.article.version.law.slug, one.article.key]) if one.article else ""
    return EntryCited(law=one.law, article=one.place, url=url)
