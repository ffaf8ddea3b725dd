from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "santai.casework"
    verbose_name = "办案"

    def ready(self) -> None:
        from santai.casework import recompute

        recompute.listen()
