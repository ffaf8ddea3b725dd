from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "santai.evaluation"
    verbose_name = "评价"

    def ready(self) -> None:
        from santai.casework.models import Case
        from santai.casework.signals import step_taken
        from santai.evaluation.consequences import end_false_aid
        from santai.evaluation.once import take_over_rating
        from santai.evaluation.standing import follow_penalty

        step_taken.connect(end_false_aid, sender=Case, dispatch_uid="a false commitment ends the aid")
        step_taken.connect(take_over_rating, sender=Case, dispatch_uid="who has rated is not asked again")
        step_taken.connect(follow_penalty, sender=Case, dispatch_uid="the register follows the penalty")
