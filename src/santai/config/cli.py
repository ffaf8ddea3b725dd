"""The `santai` command. Each sub-command is a Django management command in the room it belongs to."""

import os
import sys


def main() -> None:
    if sys.argv[1:3] == ["audit", "verify-pdf"]:
        # Whoever checks a paper has no installation: neither settings nor a home are touched.
        from santai.archive.transparency.shell import main as verify_pdf

        sys.exit(verify_pdf(sys.argv[3:]))
    # A module cannot have a hyphen in its name, a command is easier to read with one.
    sys.argv[1:2] = [name.replace("-", "_") if name[0] != "-" else name for name in sys.argv[1:2] if name]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "santai.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
