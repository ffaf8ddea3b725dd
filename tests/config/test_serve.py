import subprocess
import sys

CODE = """
import django, sys
django.setup()
import santai.web.management.commands.serve
sys.exit("santai.config.wsgi" in sys.modules)
"""


def test_the_application_is_not_made_before_the_static_files_are_there():
    """It lists them when it is made: on a first start every page came without its style sheets."""
    assert subprocess.run([sys.executable, "-c", CODE]).returncode == 0
