import pytest

from santai.config import wsgi


@pytest.fixture
def address_seen(monkeypatch, settings):
    """The visitor's address as pages and limits see it, for one request."""
    seen = []
    monkeypatch.setattr(wsgi, "django", lambda environ, start_response: seen.append(environ["REMOTE_ADDR"]) or [])

    def ask(*, secure, **headers):
        settings.ENV = settings.ENV.model_copy(update={"secure": secure})
        wsgi.application({"REMOTE_ADDR": "127.0.0.1", **headers}, lambda *_: None)
        return seen[-1]

    return ask


def test_behind_the_proxy_a_visitor_has_an_address_of_his_own(address_seen):
    assert address_seen(secure=True, HTTP_X_REAL_IP="203.0.113.9") == "203.0.113.9"
    assert address_seen(secure=True) == "127.0.0.1"


def test_without_a_proxy_nobody_chooses_an_address(address_seen):
    assert address_seen(secure=False, HTTP_X_REAL_IP="203.0.113.9") == "127.0.0.1"
