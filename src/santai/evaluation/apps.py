from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "santai.evaluation"
    verbose_name = "评价"
