"""Indicators for those who watch over a division."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from santai.insight.indicators import indicators
from santai.trust.memberships import current_memberships
from santai.trust.models import User
from santai.trust.roles import ROLES, Reach, Role
from santai.web.api.callers import STAFF, staff
from santai.web.api.problems import BadFilling, NotAllowed
from santai.web.api.schemas import answers

router = Router(tags=["统计"])
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)


class IndicatorOut(Schema):
    code: str = Field(description="指标.渠道（all 为全部）", examples=["in_time.hotline"])
    label: str = Field(examples=["热线·按期办结率"])
    numerator: float = Field(description="分子")
    denominator: int | None = Field(description="分母；计数没有分母")
    value: float | None = Field(description="值；分母为0时不适用，为空（不是0）")


class Indicators(Schema):
    region: str = Field(description="区划代码（前缀）；空为全部")
    since: date | None
    until: date | None
    indicators: list[IndicatorOut]


@router.get(
    "/indicators",
    auth=STAFF,
    operation_id="listIndicators",
    summary="按渠道的受理、办结、按期、评价",
    description="只给管辖一个地区的角色（分派员、监督员、热线、窗口、审计员），只能看本辖区。",
    response=answers({200: Indicators}, 401, 403, 422),
)
def list_indicators(
    request: HttpRequest,
    region: Annotated[str, Query(description="区划代码（前缀）；不填为您的辖区", max_length=12)] = "",
    since: Annotated[date | None, Query(description="受理日期从", ge=EARLIEST, le=LATEST)] = None,
    until: Annotated[date | None, Query(description="受理日期到（含）", ge=EARLIEST, le=LATEST)] = None,
) -> Indicators:
    place = _place(staff(request), region)
    if since and until and since > until:
        told = "开始日期晚于结束日期"
        raise BadFilling(told, todo="请把两个日期对调。", fields={"since": [told]})
    found = indicators(place, since, until)
    return Indicators(
        region=place,
        since=since,
        until=until,
        indicators=[IndicatorOut.model_validate(one, from_attributes=True) for one in found],
    )


def _place(user: User, wanted: str) -> str:
    """The division asked for, inside one the user watches over; without a wish, their widest."""
    watched = {
        held.organisation.region_id
        for held in current_memberships(user)
        if ROLES[Role(held.role)].reach is Reach.REGION
    }
    if not watched:
        raise NotAllowed("统计只给管辖一个地区的人员查看", todo="如有需要，请联系司法行政机关。")
    place = wanted or min(watched, key=len)
    if not any(place.startswith(prefix) for prefix in watched):
        raise NotAllowed("这个地区不在您的辖区", todo=f"您可以看：{'、'.join(sorted(watched))}。")
    return place
