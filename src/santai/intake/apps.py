from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "santai.intake"
    verbose_name = "受理"

    def ready(self) -> None:
        from santai.casework.models import Case
        from santai.casework.signals import step_taken
        from santai.intake.calls import begin_with_the_call

        step_taken.connect(begin_with_the_call, sender=Case, dispatch_uid="a consultation on the phone begins with it")
