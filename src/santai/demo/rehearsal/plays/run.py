"""`santai rehearse --all`: every play of every script, and a table of what they reached."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Sequence

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from santai.demo.rehearsal.home import inside, own_home
from santai.demo.rehearsal.plays.clocked import OWN_HOME
from santai.demo.rehearsal.plays.coverage import Reached, reached, table
from santai.demo.rehearsal.plays.player import Outcome, Player
from santai.demo.rehearsal.plays.script import BadScript, Script, scripts

MOST_TOLD = 60


def rehearse_procedures(command: BaseCommand, url: str, only: str) -> None:
    """In a province of its own; started again inside it, where `url` says where it is served."""
    if not os.environ.get(OWN_HOME):
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
        command.stderr.write("正在建立临时的演示省……")
        with own_home(on_a_clock=True) as home:
            failed = inside(home, "rehearse", "--all", "--url", home.url, "--only", only)
            broken = home.audit()
        if failed or broken:
            raise CommandError(f"演练没有全部走通。{broken}")
        command.stdout.write("记录链全部对得上。")
        return
    logging.getLogger("httpx").setLevel(logging.WARNING)
    try:
        chosen = [script for script in scripts() if not only or script.procedure.name in only.split(",")]
    except BadScript as fault:
        raise CommandError(str(fault)) from fault
    if not chosen:
        raise CommandError(f"没有“{only}”的脚本，请核对程序的名称。")
    outcomes = play_all(Player(url), chosen)
    names = {script.procedure.name for script in chosen}
    rows = [row for row in reached(outcomes, chosen) if not only or row.procedure.name in names]
    tell(command, outcomes, rows)


def play_all(player: Player, chosen: Sequence[Script]) -> list[Outcome]:
    todo = [(script, play) for script in chosen for play in script.plays]
    outcomes = []
    with tqdm(todo, unit="场", ncols=88, desc="演练") as bar:
        for script, play in bar:
            outcomes.append(player.play(script, play))
            bar.set_postfix_str(f"没走通 {sum(bool(outcome.fault) for outcome in outcomes)}", refresh=False)
    return outcomes


def tell(command: BaseCommand, outcomes: Sequence[Outcome], rows: Sequence[Reached]) -> None:
    command.stdout.write(table(rows))
    failed = [outcome for outcome in outcomes if outcome.fault]
    for outcome in failed[:MOST_TOLD]:
        command.stderr.write(f"{outcome.script.procedure.label} · {outcome.play.name}：{outcome.fault}")
    missing = [(row.procedure, row.missing) for row in rows if row.missing]
    for procedure, names in missing:
        command.stderr.write(f"{procedure.label}（{procedure.version}）没有走到的环节：{'、'.join(names)}")
    if failed or missing:
        raise CommandError(f"{len(failed)} 场没有走通，{len(missing)} 个程序有环节没有走到。")
