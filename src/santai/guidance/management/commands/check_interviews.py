"""`santai check-interviews`: what is wrong with the interviews, one line each; fails when anything is."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from santai.guidance.checking import faults
from santai.guidance.interview import BadInterview, interviews


class Command(BaseCommand):
    help = "检查自助问答：有没有走不到的问题、没用到的选项、没有依据的意见、走不完的路。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", nargs="*", help="只检查这几个；不写就检查全部")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            known = interviews()
        except BadInterview as fault:
            raise CommandError(str(fault)) from fault
        if strange := set(options["slug"]) - set(known):
            raise CommandError(f"没有这样的问答：{'、'.join(sorted(strange))}")
        wrong = 0
        for slug in options["slug"] or known:
            found = faults(known[slug])
            wrong += len(found)
            self.stdout.write(f"{slug}: {'；'.join(found) if found else '没有问题'}")
        if wrong:
            raise CommandError(f"共有{wrong}处要改。")
