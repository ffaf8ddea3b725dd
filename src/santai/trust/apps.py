from django.apps import AppConfig


class TrustConfig(AppConfig):
    name = "santai.trust"
    verbose_name = "信任"
