from django.apps import AppConfig


class PublicationConfig(AppConfig):
    name = "santai.publication"
    verbose_name = "公示"

    def ready(self) -> None:
        from santai.publication import listening

        listening.listen()
