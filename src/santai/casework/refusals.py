"""Why a step cannot be taken. Each kind has its own HTTP status and says what to do next."""

from __future__ import annotations


class Refused(Exception):
    """`problems` names each fault in Chinese; `todo` says what to do next."""

    status = 422
    title = "不能办理这一步"

    def __init__(self, *problems: str, todo: str = "", fields: dict[str, list[str]] | None = None) -> None:
        super().__init__("；".join(problems))
        self.problems = list(problems)
        self.todo = todo
        self.fields = fields or {}


class NotFromHere(Refused):
    """The case is in a state from which this step does not lead anywhere."""

    status = 409
    title = "当前环节不能这样办"


class Stale(NotFromHere):
    """Somebody else has moved the case since the page was opened."""

    title = "刚刚有人办理了这件事"


class NotYou(Refused):
    """The person has no role on this case that may take the step."""

    status = 403
    title = "您没有办理这一步的权限"


class Missing(Refused):
    """A document, a field or a condition of the step is missing."""

    status = 422
    title = "还缺少办理条件"
