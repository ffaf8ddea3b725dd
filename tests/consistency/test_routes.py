"""Everything asks for a login, except what public_routes.txt opens with a reason."""

from collections.abc import Iterator
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

LIST = Path(__file__).with_name("public_routes.txt")


def routes(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        path = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLResolver):
            yield from routes(entry, path)
        else:
            yield path, entry


def api_operations() -> Iterator[tuple[str, bool]]:
    """Each operation as `METHOD /path`, and whether it asks who is calling."""
    from santai.web.api.service import api

    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                for method in operation.methods:
                    address = "/".join(part.strip("/") for part in (prefix, path) if part.strip("/"))
                    yield f"{method} /{address}", bool(operation.auth_callbacks)


def open_routes() -> set[str]:
    from santai.web.api.service import api

    pages = {path for path, entry in routes(get_resolver()) if not _is_api(entry, api)}
    walked = {path: entry for path, entry in routes(get_resolver()) if path in pages}
    public = {f"/{path}" for path, entry in walked.items() if not getattr(entry.callback, "login_required", True)}
    return public | {f"api {name}" for name, is_guarded in api_operations() if not is_guarded}


def _is_api(entry: URLPattern, api: object) -> bool:
    """The API answers 401 itself, operation by operation: a redirect to the login page is no answer to a program."""
    return "ninja" in getattr(entry.callback, "__module__", "") or getattr(entry.callback, "__self__", None) is api


def listed() -> dict[str, str]:
    lines = (line.partition("#") for line in LIST.read_text().splitlines() if line.strip() and not line.startswith("#"))
    return {route.strip(): reason.strip() for route, _, reason in lines}


def test_no_page_is_open_to_everybody_unless_the_list_says_so():
    assert sorted(open_routes() - set(listed())) == []


def test_the_list_names_no_page_that_is_gone_or_closed():
    assert sorted(set(listed()) - open_routes()) == []


def test_every_open_page_has_a_reason():
    assert [route for route, reason in listed().items() if not reason] == []


def test_login_is_required_by_the_middleware(settings):
    assert "django.contrib.auth.middleware.LoginRequiredMiddleware" in settings.MIDDLEWARE


def test_no_two_pages_and_no_two_operations_share_an_address():
    from santai.web.api.service import api

    pages = [path for path, entry in routes(get_resolver()) if not _is_api(entry, api)]
    operations = [name for name, _ in api_operations()]
    assert sorted({address for address in pages if pages.count(address) > 1}) == []
    assert sorted({name for name in operations if operations.count(name) > 1}) == []
