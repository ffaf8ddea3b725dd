"""Addresses of the counter."""

from django.urls import path

from santai.web.counter import card, cases, letters, need, people

urlpatterns = [
    path("", people.start, name="counter"),
    path("find/<str:by>", people.find, name="counter_find"),
    path("choose", people.choose, name="counter_choose"),
    path("person", people.person, name="counter_person"),
    path("leave", people.leave, name="counter_leave"),
    path("need/<str:part>", need.ask, name="counter_need"),
    path("card", card.read, name="counter_card"),
    path("cases/<str:code>", cases.case_page, name="counter_case"),
    path("cases/<str:code>/steps/<str:step>", cases.take, name="counter_step"),
    path("cases/<str:code>/papers", cases.papers, name="counter_papers"),
    path("cases/<str:code>/rate", cases.rate, name="counter_rate"),
    path("cases/<str:code>/letters/<int:pk>/pdf", letters.pdf, name="counter_letter_pdf"),
    path("cases/<str:code>/letters/<int:pk>/sign", letters.signing, name="counter_letter_sign"),
    path("cases/<str:code>/receipt", cases.receipt, name="counter_receipt"),
]
