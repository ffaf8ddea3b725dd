from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "santai.people"
    verbose_name = "当事人"
