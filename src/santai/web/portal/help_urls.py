"""Addresses of guided help: each interview begun has a key of its own in its address."""

from django.urls import path

from santai.web.portal import help_keeping, help_pages, help_results

urlpatterns = [
    path("", help_pages.choose, name="help"),
    path("resume", help_keeping.resume, name="help_resume"),
    path("leave", help_pages.leave, name="help_leave"),
    path("<str:slug>/", help_pages.about, name="help_about"),
    path("<str:slug>/start", help_pages.start, name="help_start"),
    path("<str:slug>/<str:key>/", help_pages.go_on, name="help_go_on"),
    path("<str:slug>/<str:key>/result", help_results.result, name="help_result"),
    path("<str:slug>/<str:key>/papers/<str:name>", help_results.paper, name="help_paper"),
    path("<str:slug>/<str:key>/request", help_results.to_request, name="help_request"),
    path("<str:slug>/<str:key>/keep", help_keeping.keep_for, name="help_keep"),
    path("<str:slug>/<str:key>/forget", help_keeping.forget, name="help_forget"),
    path("<str:slug>/<str:key>/ask/<str:page>", help_pages.ask, name="help_ask"),
]
