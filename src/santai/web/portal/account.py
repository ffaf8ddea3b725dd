"""Staff sign in and out. In demo mode the page offers one login per role."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from axes.helpers import get_cool_off
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.module_loading import import_string

from santai.web.context import rooms_of

FIRST_ROOMS = ("hotline", "counter")


class StaffForm(AuthenticationForm):
    error_messages = {
        "invalid_login": "登录名或密码不对，请再输一次（密码区分大小写）。连续输错 5 次会锁定 30 分钟。",
        "inactive": "这个账号已停用，请联系本单位的系统管理员。",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (("username", "登录名"), ("password", "密码")):
            self.fields[name].label = label
            self.fields[name].error_messages["required"] = f"请填写{label}。"
        self.fields["username"].widget.attrs.pop("autofocus", None)


class Login(LoginView):
    template_name = "web/portal/login.html"
    authentication_form = StaffForm
    redirect_authenticated_user = True

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, demo_logins=demo_logins())

    def get_default_redirect_url(self) -> str:
        """Whoever works at one place begins there."""
        rooms = {room["key"]: room["url"] for room in rooms_of(self.request)}
        own = [rooms[key] for key in FIRST_ROOMS if key in rooms] or list(rooms.values())
        return own[0] if own else super().get_default_redirect_url()


@method_decorator(login_not_required, name="dispatch")
class Logout(LogoutView):
    pass


def demo_logins() -> list[Any]:
    """Username, password, role and what to try, in demo mode and when the demo province is there."""
    if not settings.DEMO:
        return []
    try:
        offered: Callable[[], list[Any]] = import_string("santai.demo.logins.demo_logins")
    except ImportError:
        return []
    return offered()


def locked_out(request: HttpRequest, response: HttpResponse | None = None, credentials: Any = None) -> HttpResponse:
    """Too many wrong passwords (settings.AXES_LOCKOUT_CALLABLE)."""
    minutes = int(get_cool_off(request).total_seconds() // 60)
    context = {"minutes": minutes, "form": StaffForm(request), "locked": True, "demo_logins": demo_logins()}
    return render(request, "web/portal/login.html", context, status=429)
