from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "santai.archive"
    verbose_name = "归档"
