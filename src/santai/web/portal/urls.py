"""Addresses of the public portal. None of them needs a login."""

from django.urls import path

from santai.web.portal import account, pages, progress, receipts, request, steps

urlpatterns = [
    path("", pages.home, name="home"),
    path("display", pages.display, name="display"),
    path("about", pages.about, name="about"),
    path("services", pages.services, name="services"),
    path("find", pages.find, name="find"),
    path("verify", pages.verify, name="verify"),
    path("verify/<str:code>", pages.verify_case, name="verify_case"),
    path("request/", request.what_happened, name="request"),
    path("request/who", request.who_and_where, name="request_who"),
    path("request/check", request.check, name="request_check"),
    path("request/files", request.files, name="request_files"),
    path("request/code", request.code, name="request_code"),
    path("receipt/<str:code>", receipts.receipt, name="receipt"),
    path("progress", progress.start, name="progress"),
    path("progress/code", progress.enter_code, name="progress_code"),
    path("my", progress.my_cases, name="my"),
    path("my/looks", progress.looks, name="my_looks"),
    path("my/leave", progress.leave, name="my_leave"),
    path("my/<str:code>", progress.my_case, name="my_case"),
    path("my/<str:code>/version", progress.version, name="my_version"),
    path("my/<str:code>/steps/<str:step>", steps.take, name="my_step"),
    path("my/<str:code>/letters/<str:number>", progress.letter, name="my_letter"),
    path("login", account.Login.as_view(), name="login"),
    path("logout", account.Logout.as_view(), name="logout"),
]
