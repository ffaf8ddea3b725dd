"""`santai demo`: fill this home with the demo province."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from santai.casework.models import Case
from santai.demo import home
from santai.demo.build import build_demo, stages_total
from santai.demo.logins import DEMO_PASSWORD, LOGINS, token_of
from santai.registry.models import Organisation, Practitioner

MOST_REQUESTS = 100_000


class Command(BaseCommand):
    help = "建立演示省（黑龙江省，机构、人员和诉求都是虚构的）。已经建好时什么也不改。"
    # Building touches no page; the checks of every page would only delay it.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--requests", type=int, default=3000, help="诉求的件数（默认 3000）")
        parser.add_argument(
            "--processes", type=int, default=2, help="同时工作的进程数，1 或 2（默认 2，只对 SQLite 有用）"
        )
        parser.add_argument("--force", action="store_true", help="丢掉已有的演示数据，重新建立")

    def handle(self, *args: Any, requests: int, processes: int, force: bool, **options: Any) -> None:
        if not 0 <= requests <= MOST_REQUESTS:
            raise CommandError(f"诉求的件数应在 0 到 {MOST_REQUESTS} 之间。")
        try:
            home.check_home()
            if home.status() == home.READY and not force:
                self.tell("演示省已经建好，没有改动。需要重建请运行 santai demo --force")
                return
            if home.status():
                home.start_afresh()
        except home.NotADemoHome as fault:
            raise CommandError(str(fault)) from fault
        self.build(requests, processes)

    def build(self, requests: int, processes: int) -> None:
        began, now = time.monotonic(), timezone.now()
        with tqdm(total=stages_total(requests, now=now), unit="件", ncols=88, bar_format=BAR) as bar:

            def report(stage: str, done: int) -> None:
                bar.set_description_str(stage, refresh=False)
                bar.update(done)

            build_demo(requests=requests, processes=processes, now=now, report=report)
        self.tell(f"演示省建好了，用时 {time.monotonic() - began:.0f} 秒。")

    def tell(self, opening: str) -> None:
        self.stdout.write(opening)
        self.stdout.write(
            f"  机构 {Organisation.objects.count()} 家，法律服务人员 {Practitioner.objects.count()} 人，"
            f"案件 {Case.objects.count()} 件，其中在办 {Case.objects.filter(closed_at__isnull=True).count()} 件"
        )
        self.stdout.write(f"  登录名：{'、'.join(login.username for login in LOGINS)}")
        self.stdout.write(f"  密码都是 {DEMO_PASSWORD}；接口令牌形如 {token_of('clerk')}。登录页上有说明。")
        self.stdout.write("  下一步：运行 santai serve，打开它显示的地址，从页面上的工作人员登录进去")


BAR = "{desc} {percentage:3.0f}%|{bar}| {n_fmt}/{total_fmt} [{elapsed}<{remaining}]"
