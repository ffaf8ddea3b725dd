from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "santai.demo"
    verbose_name = "演练"
