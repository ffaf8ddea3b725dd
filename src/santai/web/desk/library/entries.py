"""The editor's room: what is written, what waits for review, what is due; one entry with all its versions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_POST

from santai.knowledge.entries import publishing
from santai.knowledge.entries.body import blocks
from santai.knowledge.entries.refusals import Declined
from santai.knowledge.models import AskedQuestion, Entry, EntryVersion
from santai.registry.models import Region
from santai.trust.memberships import current_memberships
from santai.trust.models import User
from santai.web.desk.library.collected import begun_from, may_be_stored
from santai.web.desk.library.forms import NewEntry, WordingForm, written
from santai.web.desk.library.rights import WRITES, may_review, writers
from santai.web.guard import actor_of, user_of, visible_case
from santai.web.paging import page_of

Status = EntryVersion.Status
TABS = (("", "全部"), ("review", "待审核"), ("drafts", "草稿"), ("due", "到期要看"), ("off", "没有发布"))
LONGEST_QUERY = 60


@writers
@require_GET
def entries(request: HttpRequest) -> HttpResponse:
    show, kind, q = (request.GET.get(name, "") for name in ("show", "kind", "q"))
    rows = _wanted(show, kind, q[:LONGEST_QUERY].strip())
    page = page_of(rows, cursor=request.GET.get("cursor", ""), newest_first=True)
    context = {
        "page": page,
        "rows": [(entry, _newest(entry)) for entry in page.rows],
        "tabs": [(key, label, key == show) for key, label in TABS],
        "kinds": Entry.Kind.choices,
        "kind": kind,
        "show": show,
        "q": q,
        "waiting": EntryVersion.objects.filter(status=Status.IN_REVIEW).count(),
        "room": "knowledge",
    }
    return render(request, "web/desk/library/entries.html", context)


def _wanted(show: str, kind: str, q: str) -> QuerySet[Entry]:
    today = localdate()
    narrowed = {
        "review": Q(versions__status=Status.IN_REVIEW),
        "drafts": Q(versions__status__in=publishing.WRITABLE),
        "due": Q(published__in=publishing.to_look_at(today)),
        "off": Q(published__isnull=True),
    }
    rows: QuerySet[Entry] = Entry.objects.filter(narrowed.get(show, Q())).distinct()
    rows = rows.filter(kind=kind) if kind in Entry.Kind.values else rows
    rows = rows.filter(Q(versions__title__contains=q) | Q(slug__contains=q)).distinct() if q else rows
    return rows.select_related("published", "owner").prefetch_related("versions")


def _newest(entry: Entry) -> EntryVersion:
    return max(entry.versions.all(), key=lambda version: version.number)


@writers
def new(request: HttpRequest) -> HttpResponse:
    """From a question that nobody could answer, its words are the first way of asking; from a finished search, what was
    found is the first wording."""
    user, question = user_of(request), _question(request.GET.get("question", "") or request.POST.get("question", ""))
    if request.method != "POST":
        return _form(request, NewEntry(initial=_begun(request, question)), question=question)
    form = NewEntry(request.POST)
    if not form.is_valid():
        return _form(request, form, question=question, status=422)
    given = form.cleaned_data
    place = Region.objects.filter(pk=given["region"]).first()
    try:
        version = publishing.begin(
            given["kind"], given["slug"], form.wording, by=user, owner=_office(user), region=place
        )
    except Declined as declined:
        return _form(request, _with(form, declined), question=question, status=declined.status)
    if question:
        AskedQuestion.objects.filter(pk=question.pk).update(answered_by=version.entry)
    messages.success(request, "草稿已保存。看一遍，没有问题就交去审核。")
    return redirect("desk_entry", slug=version.entry.slug)


def _begun(request: HttpRequest, question: AskedQuestion | None) -> dict[str, Any]:
    if question:
        return {"asked": question.text, "matter": question.matter, "kind": Entry.Kind.ANSWER}
    code = request.GET.get("case", "")
    if not code:
        return {}
    case = visible_case(actor_of(request), code)
    if not may_be_stored(case, user_of(request)):
        raise Http404("这件事没有可以存进政策库的资料。")
    return begun_from(case)


@writers
@require_GET
def entry(request: HttpRequest, slug: str) -> HttpResponse:
    found, user = _entry(slug), user_of(request)
    versions = list(
        found.versions.select_related("written_by", "reviewed_by").prefetch_related("citations__article__version__law")
    )
    wanted = request.GET.get("version", "")
    shown = next((one for one in versions if str(one.number) == wanted), versions[0])
    context = {
        "entry": found,
        "versions": versions,
        "shown": shown,
        "blocks": blocks(shown.body),
        "is_own": shown.written_by_id == user.pk,
        "may_review": may_review(user),
        "may_write": shown == versions[0] and shown.status in publishing.WRITABLE,
        "may_begin": versions[0].status not in publishing.OPEN,
        "room": "knowledge",
    }
    return render(request, "web/desk/library/entry.html", context)


@writers
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Changes the open draft, or begins the next version from the newest wording."""
    found, user = _entry(slug), user_of(request)
    newest = found.versions.latest("number")
    is_open = newest.status in publishing.WRITABLE
    if request.method != "POST":
        return _form(request, WordingForm(initial=written(newest)), entry=found)
    form = WordingForm(request.POST)
    if not form.is_valid():
        return _form(request, form, entry=found, status=422)
    try:
        if is_open:
            publishing.rewrite(newest, form.wording, by=user)
        else:
            publishing.draft(found, form.wording, by=user)
    except Declined as declined:
        return _form(request, _with(form, declined), entry=found, status=declined.status)
    messages.success(request, "草稿已保存。看一遍，没有问题就交去审核。")
    return redirect("desk_entry", slug=slug)


@writers
@require_POST
def step(request: HttpRequest, slug: str, what: str) -> HttpResponse:
    """`what` is submit, publish, return or withdraw."""
    found, user = _entry(slug), user_of(request)
    if what != "submit" and not may_review(user):
        raise PermissionDenied
    note, now = request.POST.get("note", ""), timezone.now()
    newest = found.versions.latest("number")
    steps: dict[str, tuple[Callable[[], Any], str]] = {
        "submit": (lambda: publishing.submit(newest), "已交去审核，请同事看过后发布。"),
        "publish": (lambda: publishing.publish(newest, by=user, at=now, note=note), "已发布，群众现在就能看到。"),
        "return": (lambda: publishing.send_back(newest, note, by=user, at=now), "已退回，写的人会看到您的意见。"),
        "withdraw": (lambda: publishing.withdraw(found, note, by=user, at=now), "已撤下，群众看不到了。"),
    }
    if what not in steps:
        return HttpResponse(status=404)
    take, done = steps[what]
    try:
        take()
    except Declined as declined:
        messages.error(request, "；".join([*declined.problems, declined.todo]).rstrip("；"))
    else:
        messages.success(request, done)
    return redirect("desk_entry", slug=slug)


def _entry(slug: str) -> Entry:
    return get_object_or_404(Entry.objects.select_related("published", "owner", "region"), slug=slug[:80])


def _question(number: str) -> AskedQuestion | None:
    known = number if number.isascii() and number.isdigit() and len(number) < 16 else "0"
    return AskedQuestion.objects.filter(pk=int(known)).first()


def _office(user: User) -> Any:
    """The organisation in which the right to write is held answers for the entry."""
    return next((held.organisation for held in current_memberships(user) if held.role in WRITES), None)


def _with(form: WordingForm, declined: Declined) -> WordingForm:
    if not declined.fields:
        form.add_error(None, [*declined.problems, declined.todo])
    for name, faults in declined.fields.items():
        form.add_error(name if name in form.fields else None, faults)
    return form


def _form(request: HttpRequest, form: WordingForm, *, status: int = 200, **context: Any) -> HttpResponse:
    context |= {"form": form, "room": "knowledge"}
    return render(request, "web/desk/library/edit.html", context, status=status)
