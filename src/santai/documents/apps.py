from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "santai.documents"
    verbose_name = "文书"
