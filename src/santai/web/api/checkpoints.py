"""What an outsider needs to watch over the records: signed checkpoints, how they follow each other, and the keys."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field
from pymerkle import InvalidChallenge

from santai.archive.models import Checkpoint
from santai.archive.transparency.issuing import consistency
from santai.archive.transparency.keys import published_keys
from santai.web.api.problems import BadFilling, NotFound
from santai.web.api.schemas import answers
from santai.web.paging import page_of

router = Router(tags=["公开信息"])
LARGEST = (1 << 62) - 1


class CheckpointOut(Schema):
    origin: str = Field(description="哪个平台", examples=["santai/23"])
    size: int = Field(description="记录树有多少片叶子")
    root: str = Field(description="树根（RFC 6962，SHA-256）")
    at: str = Field(description="签名的时间（UTC）", examples=["2026-03-02T03:00:00+00:00"])
    previous: str = Field(description="上一个检查点签名文字的 SHA-256；第一个为空")
    algorithm: str = Field(description="签名算法", examples=["ed25519"])
    key_id: str = Field(description="密钥编号，见 GET /checkpoints/keys")
    signature: str = Field(description="签名（base64）")
    text: str = Field(description="签名的文字，逐字节")


class CheckpointPage(Schema):
    checkpoints: list[CheckpointOut] = Field(description="从最早的开始")
    next_cursor: str = Field(description="下一页的 cursor；没有下一页时为空")


class KeyOut(Schema):
    id: str = Field(description="密钥编号")
    algorithm: str = Field(examples=["ed25519"])
    public: str = Field(description="公钥（base64）")


class KeysOut(Schema):
    format: str = Field(examples=["santai-checkpoint-keys/1"])
    keys: list[KeyOut] = Field(description="正在用的在最前面，后面是以前用过的")


class ConsistencyOut(Schema):
    type: str = Field(examples=["consistency"])
    metadata: dict[str, Any] = Field(description="算法、两棵树的大小")
    rule: list[int] = Field(description="每一步从左边还是右边合并")
    subset: list[int] = Field(description="哪些摘要合成较小的那棵树的树根")
    path: list[str] = Field(description="摘要")


def _shown(row: Checkpoint) -> CheckpointOut:
    return CheckpointOut(**row.signed.as_json(), text=row.signed.text.decode())


@router.get(
    "/checkpoints/latest",
    auth=None,
    operation_id="latestCheckpoint",
    summary="最新的检查点",
    description="所有办理记录、文书、存证文件组成一棵只能往后加的树；检查点是平台对它的签名。保存下来，以后就能发现有没有被改动。",
    response=answers({200: CheckpointOut}, 404),
)
def latest(request: HttpRequest) -> CheckpointOut:
    last = Checkpoint.objects.order_by("-pk").first()
    if last is None:
        raise NotFound("还没有检查点", todo="有了记录之后，每小时签一次名，请过一小时再来。")
    return _shown(last)


@router.get(
    "/checkpoints",
    auth=None,
    operation_id="listCheckpoints",
    summary="全部检查点",
    response=answers({200: CheckpointPage}, 422),
)
def list_checkpoints(
    request: HttpRequest, cursor: Annotated[str, Query(description="上一页给出的 next_cursor")] = ""
) -> CheckpointPage:
    page = page_of(Checkpoint.objects.all(), cursor=cursor, size=100)
    return CheckpointPage(checkpoints=[_shown(row) for row in page.rows], next_cursor=page.after or "")


@router.get(
    "/checkpoints/consistency",
    auth=None,
    operation_id="checkpointConsistency",
    summary="较小的树是较大的树的开头（一致性证明）",
    response=answers({200: ConsistencyOut}, 422),
)
def check_consistency(
    request: HttpRequest,
    prior: Annotated[int, Query(description="较早的检查点的 size", ge=1, le=LARGEST)],
    later: Annotated[int, Query(description="较晚的检查点的 size", ge=1, le=LARGEST)],
) -> dict[str, Any]:
    try:
        return consistency(prior, later)
    except InvalidChallenge as fault:
        told = "没有这么大的树，或者 prior 比 later 大"
        raise BadFilling(told, todo="请从 GET /checkpoints 里选两个 size。", fields={"prior": [told]}) from fault


@router.get(
    "/checkpoints/keys",
    auth=None,
    operation_id="checkpointKeys",
    summary="公布的签名密钥",
    response=answers({200: KeysOut}),
)
def checkpoint_keys(request: HttpRequest) -> KeysOut:
    return KeysOut(format="santai-checkpoint-keys/1", keys=[KeyOut(**key.as_json()) for key in published_keys()])
