"""Following one's own cases: prove the phone, see the story, open the letters, see who looked."""

from __future__ import annotations

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from santai.archive.dossier.reading import look_lines
from santai.casework.access import case_for, papers_for_the_person, procedure_of
from santai.casework.family import begun_by, family, root_of
from santai.casework.models import Case
from santai.casework.refusals import Refused
from santai.casework.service import consent_of
from santai.casework.timeline import Line, citizen_timeline, missing_from_citizen
from santai.documents.models import Letter
from santai.documents.signing import APPLICANT, still_to_sign
from santai.intake.codes import TooManyCodes, send_code, verify_code
from santai.procedures.rules.fee_waivers import waivers_for
from santai.triage.matters import GENERAL
from santai.trust.actors import Actor
from santai.trust.models import SensitiveLook
from santai.web import checkup, live
from santai.web.portal import session
from santai.web.portal.forms import OneTime, Progress
from santai.web.portal.help_keeping import interviews_of
from santai.web.portal.limits import public
from santai.web.portal.offers import offers_for, only_by_themselves, questionnaire_in
from santai.web.portal.promises import promises_of
from santai.web.portal.receipts import verify_url
from santai.web.portal.request import tell_code_sent

MOST_ROWS = 200
WITH_YEAR = re.compile(r"\d{4}年(\d{1,2}月\d{1,2}日)")


@public
def start(request: HttpRequest) -> HttpResponse:
    """Phone and, if at hand, the code of the case. The answer never tells whether a phone is known."""
    if request.method != "POST":
        if "then" not in request.GET:
            session.way_on(request)
        form = Progress(initial={"code": request.GET.get("code", "")})
        return render(request, "web/portal/progress.html", {"form": form})
    form = Progress(request.POST)
    if not form.is_valid():
        return render(request, "web/portal/progress.html", {"form": form}, status=422)
    phone, code = form.cleaned_data["phone"], form.cleaned_data["code"]
    if session.is_proven(request, phone):
        return _to_cases(request, code)
    try:
        tell_code_sent(request, phone, send_code(phone))
    except TooManyCodes as refused:
        context = {"form": form, "refused": refused}
        return render(request, "web/portal/progress.html", context, status=refused.status)
    session.ask_for(request, phone, code)
    return redirect("progress_code")


@public
def enter_code(request: HttpRequest) -> HttpResponse:
    asked = session.asked_for(request)
    if asked is None:
        return redirect("progress")
    phone, code = asked
    if request.method != "POST":
        return _code_page(request, phone, OneTime())
    if "again" in request.POST:
        return _send_again(request, phone)
    form = OneTime(request.POST)
    if form.is_valid() and not verify_code(phone, form.cleaned_data["code"]):
        form.add_error("code", "验证码不对或者已经过期，请再看一遍短信；过了 10 分钟要重新获取。")
    if form.errors:
        return _code_page(request, phone, form, status=422)
    session.prove_phone(request, phone)
    return _to_cases(request, code)


def _send_again(request: HttpRequest, phone: str) -> HttpResponse:
    try:
        tell_code_sent(request, phone, send_code(phone))
    except TooManyCodes as refused:
        return _code_page(request, phone, OneTime(), refusal=refused, status=refused.status)
    return redirect("progress_code")


def _code_page(
    request: HttpRequest, phone: str, form: OneTime, *, refusal: Refused | None = None, status: int = 200
) -> HttpResponse:
    context = {"form": form, "refused": refusal, "phone": f"{phone[:3]}****{phone[-4:]}"}
    return render(request, "web/portal/progress_code.html", context, status=status)


def _to_cases(request: HttpRequest, code: str) -> HttpResponse:
    if path := session.way_on(request):
        return redirect(path)
    is_mine = bool(code) and session.applicant_of(request, code) is not None
    return redirect("my_case", code=code) if is_mine else redirect("my")


@public
@require_GET
def my_cases(request: HttpRequest) -> HttpResponse:
    parties = session.proven_parties(request)
    if not parties and not session.has_proven(request):
        return redirect("progress")
    rows = begun_by(parties).select_related("applicant", "organisation")
    context = {"cases": rows.order_by("-opened_at", "-pk")[:MOST_ROWS], "interviews": interviews_of(request)}
    return render(request, "web/portal/my.html", context)


@public
@require_GET
def my_case(request: HttpRequest, code: str) -> HttpResponse:
    actor = session.applicant_of(request, code)
    if actor is None:
        return not_shown(request, code)
    case = case_for(actor, code)
    root = root_of(case)
    if root != case:
        return redirect("my_case", code=root.code)
    return case_page(request, case, actor)


def not_shown(request: HttpRequest, code: str) -> HttpResponse:
    """Whoever has not proven a phone lately is asked to; whoever has, sees the same for a foreign and no case."""
    if session.has_proven(request):
        raise Http404
    return redirect(f"/progress?code={code}") if code.isdigit() else redirect("progress")


def case_page(
    request: HttpRequest, case: Case, actor: Actor, *, attempted: Any = None, status: int = 200
) -> HttpResponse:
    """The citizen's page of a root case with its children; `attempted` is a step that was refused, as filled in."""
    members = family(case, actor)
    letters = list(Letter.objects.for_the_person().filter(case_code__in=[member.code for member in members]))
    offers = offers_for(members, actor, attempted)
    context = {
        "case": case,
        "title": _title(members),
        "course": _course(members),
        "procedure": procedure_of(case),
        "children": [(child, procedure_of(child)) for child in members[1:]],
        "lines": citizen_timeline(case, actor),
        "missing": [(line, _unsaid(line)) for line in missing_from_citizen(case, actor)],
        "promises": promises_of(*members),
        "waivers": [one for member in members if not member.closed_at for one in waivers_for(member, timezone.now())],
        "offers": offers,
        "only_you": only_by_themselves(offers),
        "questionnaire": questionnaire_in(offers),
        "checkup": checkup.for_company(members),
        "attempted": attempted,
        "letters": letters,
        "to_sign": [letter for letter in letters if APPLICANT in still_to_sign(letter)],
        "consent": consent_of(case, at=timezone.now()),
        "documents": [paper for member in members for paper in papers_for_the_person(member)],
        "verify_url": verify_url(case.code),
        "versions": live.versions_of(case),
    }
    return render(request, "web/portal/my_case.html", context, status=status)


def _title(members: list[Case]) -> str:
    """What it is about; where the words told nothing in particular, what was applied for."""
    case, *children = members
    if children and case.matter in ("", GENERAL):
        return procedure_of(children[0]).label
    return case.matter or procedure_of(case).label


def _course(members: list[Case]) -> Case:
    """Whose state and stages head the page: the procedure under way, not the request that it came from."""
    case, *children = members
    return next((child for child in reversed(children) if not child.closed_at), case)


def _unsaid(line: Line) -> list[tuple[str, str]]:
    """What the sentence does not say already, dates in either spelling."""
    return [(label, words) for label, words in line.details if not _is_in(words, line.sentence)]


def _is_in(words: str, sentence: str) -> bool:
    day = WITH_YEAR.fullmatch(words)
    return (day[1] if day else words) in sentence


@public
@require_GET
def version(request: HttpRequest, code: str) -> HttpResponse:
    """A few bytes that change when the story does; asked every few seconds by the open page."""
    if session.applicant_of(request, code) is None:
        raise Http404
    return live.answer(request, Case.objects.get(code=code))


@public
@require_GET
def looks(request: HttpRequest) -> HttpResponse:
    parties = session.proven_parties(request)
    if not parties:
        return redirect("progress")
    rows = SensitiveLook.objects.filter(party__in=parties).select_related("user").order_by("-at", "-pk")[:MOST_ROWS]
    return render(request, "web/portal/looks.html", {"looks": look_lines(list(rows))})


@public
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """For a shared computer: nothing more is shown until the phone is proven again."""
    session.forget_phones(request)
    return redirect("home")
