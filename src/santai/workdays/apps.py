from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save


class WorkdaysConfig(AppConfig):
    name = "santai.workdays"
    verbose_name = "工作日"

    def ready(self) -> None:
        from santai.workdays.calendar import forget
        from santai.workdays.models import Day, KnownYear

        for model in (Day, KnownYear):
            for signal in (post_save, post_delete):
                signal.connect(forget, sender=model, dispatch_uid=f"forget_calendar_{model.__name__}")
