from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "santai.knowledge"
    verbose_name = "知识"
