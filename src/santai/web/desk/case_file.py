"""The case file (卷宗) as one PDF, for whoever works on the case or answers for it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from santai.archive.bound_files import file_of
from santai.casework.access import roles_on
from santai.casework.models import Case
from santai.documents.binding import MOST_PAGES, TooLong
from santai.documents.copies import pdf_answer
from santai.documents.files import tidy_name
from santai.trust.actors import Actor
from santai.trust.looks import write_look
from santai.trust.roles import FRONT_LINE, ROLES, Role
from santai.web.guard import actor_of, roles_required, user_of, visible_case

# They pass cases on; what lies in them is not theirs to take home.
PASS_ON = FRONT_LINE | {Role.DISPATCHER}


def may_take_file(case: Case, actor: Actor) -> bool:
    roles = roles_on(case, actor) - PASS_ON
    return any(not ROLES[role].read_only for role in roles)


@roles_required()
@require_GET
def file(request: HttpRequest, code: str) -> HttpResponse:
    """The person can read who took the file, and when."""
    actor, now = actor_of(request), timezone.now()
    case = visible_case(actor, code)
    if not may_take_file(case, actor):
        raise PermissionDenied
    try:
        pdf = file_of(case, at=now)
    except TooLong:
        messages.error(request, f"这件事的材料超过{MOST_PAGES}页，不能合成一册。请逐份下载，或者请管理员分册制作。")
        return redirect(f"{reverse('desk_case', args=[case.code])}#papers")
    write_look(case.applicant_id, user=user_of(request), what=["cases"], reason="下载卷宗", case_code=case.code, at=now)
    return pdf_answer(pdf, tidy_name(f"卷宗_{case.code}.pdf"))
