from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    name = "santai.guidance"
    verbose_name = "自助问答"
