"""`python -m santai.demo.rehearsal.plays.serving PORT`: the clocked platform for the rehearsal that started it."""

from __future__ import annotations

import sys
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from django.core.management import call_command


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        return


def main(port: int) -> None:
    django.setup()
    call_command("collectstatic", interactive=False, verbosity=0)
    from santai.demo.rehearsal.plays.clocked import make_application

    with make_server("127.0.0.1", port, make_application(), handler_class=Quiet) as server:
        server.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]))
