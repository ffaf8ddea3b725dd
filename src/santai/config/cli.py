"""The `santai` command. Each sub-command is a Django management command in the room it belongs to."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "santai.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
