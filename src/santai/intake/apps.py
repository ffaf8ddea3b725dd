from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "santai.intake"
    verbose_name = "受理"
