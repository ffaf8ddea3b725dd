"""Addresses of the hotline console."""

from django.urls import path

from santai.web.hotline import answering, console, telephony

urlpatterns = [
    path("", console.console, name="hotline"),
    path("ring", telephony.ring, name="hotline_ring"),
    path("call", console.answer, name="hotline_call"),
    path("answering", answering.answering, name="hotline_answering"),
    path("find", console.find, name="hotline_find"),
    path("person", console.choose, name="hotline_person"),
    path("end", console.hang_up, name="hotline_end"),
    path("preview", console.preview, name="hotline_preview"),
    path("need", console.need, name="hotline_need"),
    path("cases/<str:code>/steps/<str:step>", console.take, name="hotline_step"),
    path("cases/<str:code>/rate", console.rate, name="hotline_rate"),
]
