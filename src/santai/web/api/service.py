"""The public service interface, /api/v1. Everything asks who calls, except the operations that say `auth=None`."""

from __future__ import annotations

from santai.web.api import (
    cases,
    checkpoints,
    dossiers,
    figures,
    knowledge,
    letters,
    parties,
    reference,
    requests,
    signatures,
    tables,
)
from santai.web.api.callers import STAFF
from santai.web.api.mounting import PublicService
from santai.web.api.parsing import CleanParser, PlainJson

PREFIX = "/api/v1/"

api = PublicService(
    title="三台融合公共法律服务平台 接口",
    version="1.0.0",
    description="一件诉求，热线、窗口、网络三个平台看到的是同一份记录。出错时一律返回 application/problem+json。",
    urls_namespace="api",
    docs_url=None,
    auth=STAFF,
    parser=CleanParser(),
    renderer=PlainJson(),
    servers=[{"url": "/", "description": "本平台"}],
)
ROOMS = (
    *(requests, cases, letters, signatures, parties, dossiers),
    *(figures, tables, reference, knowledge, checkpoints),
)
for room in ROOMS:
    api.add_router("", room.router)
