"""`santai serve`: answer pages and the API with gunicorn."""

from __future__ import annotations

import errno
import os
import socket
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connections
from django.db.migrations.executor import MigrationExecutor
from gunicorn.app.base import BaseApplication

MANIFEST = "staticfiles.json"
USUAL_PORT = 8000
OBSTACLES = {
    errno.EADDRINUSE: "已被别的程序占用",
    errno.EACCES: "没有权限使用这个端口",
    errno.EADDRNOTAVAIL: "本机没有这个地址",
}


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn with our options; it reads no configuration file and no arguments of its own."""

    def __init__(self, **options: Any) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        # Only now: the application lists the static files when it is imported, and on a first start they are new.
        from santai.config.wsgi import application

        return application


class Command(BaseCommand):
    help = "启动网站和接口服务。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, help=f"端口（默认取环境变量 PORT，没有则为 {USUAL_PORT}）")
        parser.add_argument("--host", default="127.0.0.1", help="监听的地址（默认只有本机能打开）")
        parser.add_argument("--workers", type=int, default=2, help="进程数（默认 2）")
        parser.add_argument("--threads", type=int, default=16, help="每个进程的线程数（默认 16）")

    def handle(self, *args: Any, host: str, workers: int, threads: int, **options: Any) -> None:
        port = options["port"] if options["port"] is not None else port_from_environment()
        check_database()
        check_port(host, port)
        if static_files_are_old():
            call_command("collectstatic", interactive=False, verbosity=0)
        # A connection opened here must not be shared with the processes that are forked now.
        connections.close_all()
        self.stdout.write(f"请在浏览器打开 http://{_address(host)}:{port}  （按 Ctrl+C 停止）")
        if settings.DEMO:
            self.stdout.write("这是演示环境：登录页上列有每个角色的登录名。")
        self.stdout.flush()
        Server(
            bind=f"{host}:{port}",
            worker_class="gthread",
            workers=workers,
            threads=threads,
            timeout=60,
            graceful_timeout=5,
            control_socket_disable=True,
            loglevel="warning",
        ).run()


def port_from_environment() -> int:
    given = os.environ.get("PORT", "").strip() or str(USUAL_PORT)
    if not given.isdecimal():
        raise CommandError(f"环境变量 PORT 应是数字，现在是“{given}”。")
    return int(given)


def check_database() -> None:
    try:
        executor = MigrationExecutor(connections["default"])
    except OperationalError as fault:
        raise CommandError(f"打不开数据库：{fault}\n请检查 SANTAI_DATABASE_URL 和 SANTAI_HOME。") from fault
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError(
            f"数据库还没有建好或版本较旧（{settings.HOME}）。\n"
            "看演示请先运行 santai demo；正式使用请先运行 santai migrate。"
        )


def check_port(host: str, port: int) -> None:
    if not 0 < port < 65536:
        raise CommandError("端口应在 1 到 65535 之间。")
    try:
        with socket.create_server((host, port)):
            pass
    except OSError as fault:
        raise CommandError(
            f"{host}:{port} 不能使用：{OBSTACLES.get(fault.errno or 0, fault.strerror)}。\n"
            f"请换一个端口，例如 santai serve --port {port % 65535 + 1}"
        ) from fault


def static_files_are_old() -> bool:
    """True when they were never collected, or when one has changed since."""
    manifest = Path(settings.STATIC_ROOT) / MANIFEST
    if not manifest.exists():
        return True
    collected_at = manifest.stat().st_mtime
    sources = (storage.path(name) for finder in finders.get_finders() for name, storage in finder.list([]))
    return any(Path(source).stat().st_mtime > collected_at for source in sources)


def _address(host: str) -> str:
    return "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104
