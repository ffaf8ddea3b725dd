"""The library of law for programs: what answers a question, in plain words or as a citation."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from ninja import Query, Router, Schema
from pydantic import BeforeValidator, Field

from santai.knowledge.models import Law, LawVersion, Level
from santai.knowledge.reading import Hit, find
from santai.knowledge.search import Filters
from santai.web.api.callers import OPEN_TO_ANYBODY, caller_of, slow_down
from santai.web.api.problems import BadFilling
from santai.web.api.schemas import answers
from santai.web.laws import question_of

router = Router(tags=["公开信息"])


class Question(Schema):
    q: str = Field(description="遇到的事，或者哪部法第几条；最多2000字", examples=["劳动合同法第三十八条"])
    kind: Literal["law"] = Field("law", description="查什么；现有 law（法律条文）")
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


class FoundPage(Schema):
    articles: list[FoundArticle]
    total: int = Field(description="一共几条；最多100")
    is_ready: bool = Field(description="法律库装好了没有；没有装好时什么也查不到")
    did_you_mean: str = Field(description="名称像是写错了的法律；没有则为空")


@router.get(
    "/knowledge/search",
    auth=None,
    operation_id="searchKnowledge",
    summary="查法律条文",
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
    results = find(question, filters=_filters(asked), page=asked.page)
    found = [_found(hit) for hit in results.hits]
    return FoundPage(articles=found, total=results.total, did_you_mean=results.meant, is_ready=results.is_ready)


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
