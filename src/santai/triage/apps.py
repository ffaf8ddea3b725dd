from django.apps import AppConfig


class TriageConfig(AppConfig):
    name = "santai.triage"
    verbose_name = "分类"
