"""`santai holidays import`: holidays and make-up days, from the package or from a CSV of the yearly notice."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localtime

from santai.workdays.imports import HOLIDAYS_A_YEAR, NotPublished, Outcome, import_file, import_package_years
from santai.workdays.models import Day, KnownYear
from santai.workdays.sheet import COLUMNS, FaultySheet


class Command(BaseCommand):
    help = "导入放假和调休安排。不带参数时导入软件自带的全部年份。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["import", "list"], help="import 导入；list 列出已有年份")
        one = parser.add_mutually_exclusive_group()
        one.add_argument("--year", type=int, help="只导入软件自带的这一年，并替换这一年已有的全国安排")
        one.add_argument("--file", type=Path, help=f"导入 CSV 文件，表头为 {','.join(COLUMNS)}")
        parser.add_argument("--complete", action="store_true", help="确认文件里的全国安排已经完整（与 --file 同用）")
        one.add_argument("--list", action="store_true", help="列出已有年份，不导入")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"] or options["action"] == "list":
            self.list_years()
        else:
            self.report(self.run_import(options))

    def run_import(self, options: dict[str, Any]) -> Outcome:
        try:
            if options["file"]:
                return import_file(options["file"], is_complete=options["complete"])
            return import_package_years([options["year"]] if options["year"] is not None else None)
        except FaultySheet as faulty:
            raise CommandError("文件有错，没有写入任何内容：\n" + "\n".join(faulty.faults)) from faulty
        except NotPublished as missing:
            raise CommandError(
                f"{missing}。请把国务院办公厅的通知整理成 CSV（表头 {','.join(COLUMNS)}），"
                f"再运行 santai holidays import --file 文件名。"
            ) from missing

    def report(self, outcome: Outcome) -> None:
        self.stdout.write(
            f"新增{outcome.added}天，改动{outcome.changed}天，删除{outcome.removed}天，原样{outcome.unchanged}天。"
        )
        if outcome.years:
            self.stdout.write(f"新标为已公布的年份：{_years(outcome.years)}。")
        for year, number in outcome.incomplete.items():
            self.stdout.write(
                f"{year}年还不完整：工作日里只有{number}天放假（减去调休上班），全年应有{HOLIDAYS_A_YEAR}天，"
                "元旦、劳动节、国庆节都要在内。内容已保存，期限仍按暂定计算；"
                "补齐后再导入一次即可，确认无误也可以加 --complete。"
            )
        if outcome.left_alone:
            self.stdout.write(
                f"{_years(outcome.left_alone)}用的是您导入的文件，没有改动；要改用软件自带的请加 --year。"
            )
        self.stdout.write(f"重新计算了{outcome.recomputed}件事项的期限。")

    def list_years(self) -> None:
        known = list(KnownYear.objects.order_by("year"))
        for year in known:
            days = Day.objects.filter(date__year=year.year, region="")
            off, made_up = days.filter(is_workday=False).count(), days.filter(is_workday=True).count()
            when = localtime(year.imported_at).strftime("%Y-%m-%d %H:%M")
            self.stdout.write(f"{year.year}年  放假{off}天  调休上班{made_up}天  导入于{when}  {year.source}")
        local = Day.objects.exclude(region="").count()
        self.stdout.write(f"共{len(known)}个年份，另有地方假日{local}天。没有列出的年份按暂定计算。")


def _years(years: list[int]) -> str:
    return "、".join(f"{year}年" for year in years)
