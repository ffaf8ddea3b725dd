"""What a server process runs."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "santai.config.settings")
django = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Behind the TLS proxy every visitor comes from the proxy's address: rate limits and lock-outs would count them as
    one. The proxy names the visitor; without it the header is anybody's to write and is not believed."""
    from django.conf import settings

    visitor = environ.get("HTTP_X_REAL_IP", "")
    if settings.ENV.secure and visitor:
        environ["REMOTE_ADDR"] = visitor
    return django(environ, start_response)
