from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "santai.insight"
    verbose_name = "研判"
