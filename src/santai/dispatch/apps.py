from django.apps import AppConfig


class DispatchConfig(AppConfig):
    name = "santai.dispatch"
    verbose_name = "分配"
