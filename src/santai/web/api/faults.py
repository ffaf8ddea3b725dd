"""What pydantic found wrong, said the way a clerk would say it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

LABELS = {
    "channel": "渠道",
    "text": "诉求内容",
    "region": "地区",
    "applicant": "申请人",
    "name": "姓名",
    "phone": "电话",
    "id_number": "证件号",
    "kind": "类别",
    "groups": "特殊群体",
    "matter": "事项",
    "version": "版本",
    "data": "填写的内容",
    "documents": "材料",
    "score": "评分",
    "comment": "想说的话",
    "reason": "理由",
    "fields": "要查看的内容",
    "file": "文件",
    "since": "开始日期",
    "until": "结束日期",
    "parent": "上级地区",
    "Idempotency-Key": "提交编号",
}
TOLD = {
    "missing": "请填写{label}",
    "string_type": "{label}应是文字",
    "string_too_long": "{label}太长，最多{max_length}字",
    "string_too_short": "{label}太短，至少{min_length}字",
    "string_pattern_mismatch": "{label}的写法不对",
    "int_parsing": "{label}应是整数",
    "int_type": "{label}应是整数",
    "int_from_float": "{label}应是整数",
    "bool_parsing": "{label}应是 true 或 false",
    "bool_type": "{label}应是 true 或 false",
    "literal_error": "{label}只能是 {expected}",
    "enum": "{label}只能是 {expected}",
    "greater_than_equal": "{label}不能小于{ge}",
    "less_than_equal": "{label}不能大于{le}",
    "list_type": "{label}应是列表",
    "dict_type": "{label}应是一组名称和值",
    "model_type": "{label}应是一组名称和值",
    "model_attributes_type": "{label}应是一组名称和值",
    "extra_forbidden": "没有“{label}”这一项，请核对名称",
    "too_long": "{label}最多{max_length}项",
    "too_short": "{label}至少{min_length}项",
    "date_from_datetime_parsing": "{label}请写成 2026-03-02 的样子",
    "date_parsing": "{label}请写成 2026-03-02 的样子",
    "date_type": "{label}请写成 2026-03-02 的样子",
}
# Ninja puts the source first and, for a JSON body, the name of the function's parameter after it.
WRAPPED = {"body": 2, "query": 1, "path": 1, "header": 1, "form": 1, "file": 1, "cookie": 1}


def described(errors: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Field path (applicant.phone) → what is wrong with it."""
    fields: dict[str, list[str]] = {}
    for error in errors:
        source, *_ = loc = [str(part) for part in error["loc"]]
        path = loc[WRAPPED.get(source, 0) :]
        fields.setdefault(".".join(path) or source, []).append(_told(error, path))
    return fields


def _told(error: Mapping[str, Any], path: list[str]) -> str:
    context = {**error.get("ctx", {}), "label": _label(path)}
    if "expected" in context:
        context["expected"] = str(context["expected"]).replace("'", "").replace(" or ", "、").replace(", ", "、")
    if error["type"] == "value_error":
        return str(context.get("error", "")) or f"{context['label']}填写得不对"
    return TOLD.get(str(error["type"]), "{label}填写得不对").format_map(context)


def _label(path: list[str]) -> str:
    names = [part for part in path if not part.isdigit()]
    return LABELS.get(names[-1], names[-1]) if names else "请求内容"
