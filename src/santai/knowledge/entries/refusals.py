"""Why a version cannot be written, published or withdrawn; said as pages say every refusal."""

from __future__ import annotations


class Declined(Exception):
    """`problems` names each fault in Chinese; `todo` says what to do next."""

    status = 422
    title = "这样还不能保存"

    def __init__(self, *problems: str, todo: str = "", fields: dict[str, list[str]] | None = None) -> None:
        super().__init__("；".join(problems))
        self.problems = list(problems)
        self.todo = todo
        self.fields = fields or {}


class WrongState(Declined):
    """The version is not where this can be done."""

    status = 409
    title = "这一版现在不能这样办"


class NeedsAnother(Declined):
    """Whoever wrote it may not judge it."""

    status = 403
    title = "要由另一个人来办"
