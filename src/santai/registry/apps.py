from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "santai.registry"
    verbose_name = "名册"
