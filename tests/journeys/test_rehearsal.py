"""`santai rehearse` against a running server: three channels, nothing lost, and loud when something is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.journey
QUESTIONS = (
    "老板拖欠工资怎么要回来？",
    "离婚后孩子归谁抚养？",
    "邻居家装修漏水把我家泡了怎么赔？",
    "骑车被汽车撞了对方不认账怎么办？",
    "朋友借了三万块钱不还，只有聊天记录能起诉吗？",
    "房东不退押金怎么办？",
    "网上买到假货怎么索赔？",
    "父亲去世没有遗嘱，房子怎么分？",
    "村里的地被占了找谁？",
    "想把房子给女儿，公证怎么办？",
    "单位不给交社保违法吗？",
    "孩子在学校受伤谁负责？",
)


def rehearse(folder: Path, url: str, *words: str) -> subprocess.CompletedProcess[str]:
    questions = folder / "questions.jsonl"
    lines = (json.dumps({"id": number, "question": text}) for number, text in enumerate(QUESTIONS))
    questions.write_text("\n".join(lines), encoding="utf-8")
    command = [sys.executable, "-c", "from santai.config.cli import main; main()", "rehearse"]
    environment = {**os.environ, "SANTAI_HOME": str(folder / "home")}
    return subprocess.run(
        [*command, "--questions", str(questions), "--url", url, *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_twelve_stories_come_to_a_rated_end_on_three_channels_and_none_is_lost(server: str, tmp_path: Path) -> None:
    done = rehearse(tmp_path, server)
    assert done.returncode == 0, done.stderr
    rows = {line.split()[0]: line.split()[1:6] for line in done.stdout.splitlines()[1:5]}
    assert rows == {name: ["4", "4", "4", "4", "0"] for name in ("网络", "热线", "窗口")} | {
        "合计": ["12", "12", "12", "12", "0"]
    }


def test_a_rehearsal_without_a_server_fails_and_says_so(tmp_path: Path) -> None:
    done = rehearse(tmp_path, "http://127.0.0.1:9", "--limit", "1")
    assert done.returncode != 0
    assert "演练没有做成" in done.stderr
