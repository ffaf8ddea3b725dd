from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "santai.notices"
    verbose_name = "通知"
