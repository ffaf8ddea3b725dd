from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "santai.casework"
    verbose_name = "办案"

    def ready(self) -> None:
        from santai.casework import other_parties, recompute, service

        recompute.listen()
        other_parties.listen()
        service.listen()
