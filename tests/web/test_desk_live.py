import pytest

from santai.casework.actions import take_step
from santai.trust.roles import Role
from santai.web import live
from tests.web.staff_pages import at_desk, case_in_hand, earlier

pytestmark = pytest.mark.django_db


def progress(town, case):
    take_step(case, "progress", actor=town.actor(Role.LAWYER), data={"text": "又办了一步"}, at=earlier(1))


def test_a_stream_says_so_when_the_case_moves_and_only_then(town):
    case = case_in_hand(town)
    seconds = iter([lambda: None, lambda: progress(town, case), lambda: None])
    slept = []

    def sleep(_):
        slept.append(1)
        next(seconds, lambda: None)()

    stream = live.Stream(lambda: live.versions_of(case), live.versions_of(case), sleep=sleep)
    events = [event for event in stream if not event.startswith((b":", b"retry"))]
    assert len(events) == 1
    assert b"data: changed" in events[0]
    assert len(slept) == int(live.LASTS / live.EVERY)


def test_a_stream_begun_with_an_old_version_says_so_at_once(town):
    case = case_in_hand(town)
    events = iter(live.Stream(lambda: live.versions_of(case), "1", sleep=lambda _: None))
    assert next(events).startswith(b"retry")
    assert b"data: changed" in next(events)


def test_after_the_last_place_pages_are_told_to_ask_instead(town, settings, monkeypatch):
    monkeypatch.setattr(live, "LASTS", 0)
    settings.ENV = settings.ENV.model_copy(update={"live_streams": 1})
    case, client = case_in_hand(town), at_desk(town.staff[Role.LAWYER])
    first = client.get(f"/desk/cases/{case.code}/live")
    assert first["Content-Type"] == "text/event-stream"
    assert client.get(f"/desk/cases/{case.code}/live").status_code == 204
    assert list(first.streaming_content) == [b"retry: 1000\n\n"]
    again = client.get(f"/desk/cases/{case.code}/live")
    assert again.status_code == 200
    assert list(again.streaming_content)


def test_asking_tells_whether_the_case_moved_since(town):
    case, client = case_in_hand(town), at_desk(town.staff[Role.LAWYER])
    seen = client.get(f"/desk/cases/{case.code}/since").json()["version"]
    assert client.get(f"/desk/cases/{case.code}/since?version={seen}").json()["changed"] is False
    progress(town, case)
    assert client.get(f"/desk/cases/{case.code}/since?version={seen}").json()["changed"] is True


def test_a_stranger_hears_nothing(town):
    case = case_in_hand(town)
    for path in ("live", "since"):
        assert at_desk(town.staff[Role.MEDIATOR]).get(f"/desk/cases/{case.code}/{path}").status_code == 404
