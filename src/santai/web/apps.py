from django.apps import AppConfig

from santai.web.wording import use_our_words

# Before any form is defined: a field takes its messages when it is made.
use_our_words()


class WebConfig(AppConfig):
    name = "santai.web"
    verbose_name = "网页"
