"""Is this home a demo's? A marker file in it says so, and of which database; nothing real is ever built over."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from santai.casework.models import Case
from santai.registry.models import Organisation
from santai.trust.models import User

BUILDING, READY = "building", "ready"
TABLES_OF_DATA = (Organisation, User, Case)


class NotADemoHome(Exception):
    """The message says why, and what to do."""


def marker() -> Path:
    return Path(settings.HOME) / "demo"


def status() -> str:
    """BUILDING, READY, or "" when no demo was ever begun in this home with this database."""
    try:
        kept = json.loads(marker().read_text(encoding="utf-8"))
        return str(kept["status"]) if kept["database"] == _database() else ""
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def mark(new_status: str, *, at: datetime) -> None:
    words = {"status": new_status, "database": _database(), "at": at.isoformat(timespec="seconds")}
    marker().write_text(json.dumps(words, ensure_ascii=False) + "\n", encoding="utf-8")


def _database() -> str:
    kept = connection.settings_dict
    return "/".join(str(kept.get(part) or "") for part in ("ENGINE", "HOST", "PORT", "NAME"))


def check_home() -> None:
    """Raise NotADemoHome unless a demo may be built here: in its own home, or in an empty database."""
    if status():
        return
    if has_data():
        raise NotADemoHome(
            f"{_where()}里已经有数据，而且不是演示数据，为避免覆盖，没有改动任何内容。\n"
            "请换一个空的文件夹再试，例如：SANTAI_HOME=var/demo santai demo"
        )
    if (settings.ENV.secure or settings.ENV.database_url) and not settings.ENV.demo:
        raise NotADemoHome(
            "这是按正式环境配置的安装（使用外部数据库或 HTTPS）。\n"
            "确实要在这里建演示省，请加上 SANTAI_DEMO=true 再运行；否则请换一个 SANTAI_HOME。"
        )


def has_data() -> bool:
    existing = set(connection.introspection.table_names())
    return any(model._meta.db_table in existing and model._default_manager.exists() for model in TABLES_OF_DATA)


def start_afresh() -> None:
    """Put an empty database in place of the demo's own. NotADemoHome when that cannot be done safely."""
    if not status():
        raise NotADemoHome(f"{_where()}不是演示数据，不能重建。")
    if connection.vendor != "sqlite":
        raise NotADemoHome(
            "重建只支持 SQLite。使用 PostgreSQL 时，请先自己删除并新建演示用的数据库（dropdb、createdb），\n"
            "再运行 santai demo。"
        )
    connection.close()
    name = str(connection.settings_dict["NAME"])
    for file in (name, f"{name}-wal", f"{name}-shm"):
        Path(file).unlink(missing_ok=True)
    for folder in (settings.MEDIA_ROOT, settings.HOME / "cache"):
        shutil.rmtree(folder, ignore_errors=True)


def _where() -> str:
    return f"数据库 {connection.settings_dict['NAME']} "
