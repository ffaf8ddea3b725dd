"""Calling the API the way a partner does."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from santai.casework.models import Case
from santai.people.models import Party
from santai.trust.models import ApiToken, User
from santai.web.api.callers import proof_for
from tests.factories import make_case

PROBLEM = "application/problem+json"
WAGES = "老板拖欠我三个月工资一共15000元，要了好几次都不给，该怎么办？"
PHONE = "13800001234"


def token_of(user: User) -> str:
    return f"Bearer {ApiToken.issue(user, '测试')}"


def proof_of(party: Party) -> str:
    return f"Proof {proof_for(party.phone_index, at=timezone.now())[0]}"


def call(method: str, path: str, body: Any = None, *, auth: str = "", **headers: str) -> Any:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    if auth:
        sent["Authorization"] = auth
    content = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
    return Client(raise_request_exception=False).generic(method, f"/api/v1{path}", headers=sent, **content)


def get(path: str, *, auth: str = "", **headers: str) -> Any:
    return call("GET", path, auth=auth, **headers)


def post(path: str, body: Any = None, *, auth: str = "", **headers: str) -> Any:
    return call("POST", path, {} if body is None else body, auth=auth, **headers)


def upload(path: str, name: str, content: bytes, *, auth: str = "") -> Any:
    headers = {"Authorization": auth} if auth else {}
    file = SimpleUploadedFile(name, content)
    return Client(raise_request_exception=False).post(f"/api/v1{path}", {"file": file}, headers=headers)


def need(**changes: Any) -> dict[str, Any]:
    applicant = {"name": "王小明", "phone": PHONE, **changes.pop("applicant", {})}
    return {"channel": "api", "text": WAGES, "region": "230102", "applicant": applicant, **changes}


def recent_case(**fields: Any) -> Case:
    """Received an hour ago by the real clock, which the API goes by."""
    return make_case(timezone.now() - timedelta(hours=1), **fields)
