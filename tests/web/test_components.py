"""Components say the same thing to eyes, ears and keyboards."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.template import Context, Template

from santai.casework.models import Case
from santai.web.dates import due_of, in_words

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)


class Sample(forms.Form):
    name = forms.CharField(label="姓名", help_text="和证件一样")
    ways = forms.MultipleChoiceField(
        label="方式", choices=[("a", "电话"), ("b", "当面")], widget=forms.CheckboxSelectMultiple, required=False
    )


def drawn(source: str, **context: object) -> str:
    return Template("{% load santai_ui %}" + source).render(Context(context))


def test_dates_are_told_as_in_a_notice() -> None:
    assert in_words(date(2026, 12, 3), today=date(2026, 3, 2)) == "12月3日(周四)"
    assert in_words(date(2027, 1, 1), today=date(2026, 3, 2)) == "2027年1月1日(周五)"


@pytest.mark.parametrize(
    ("due_at", "tone", "words"),
    [
        (NOW + timedelta(days=5), "calm", "还有 5 天"),
        (NOW + timedelta(days=2), "soon", "还有 2 天"),
        (NOW + timedelta(days=1), "soon", "明天到期"),
        (NOW + timedelta(hours=3), "soon", "今天到期"),
        (NOW - timedelta(hours=1), "late", "今天已超期"),
        (NOW - timedelta(days=3), "late", "已超期 3 天"),
    ],
)
def test_a_time_limit_is_told_in_days(due_at: datetime, tone: str, words: str) -> None:
    due = due_of(Case(due_at=due_at), now=NOW)
    assert (due.tone, due.words) == (tone, words)


def test_paused_closed_and_free_cases_have_words_of_their_own() -> None:
    assert due_of(Case(is_paused=True), now=NOW).words == "中止计时"
    assert due_of(Case(closed_at=NOW), now=NOW).words == "已了结"
    assert due_of(Case(), now=NOW).words == "没有期限"


def test_a_provisional_date_says_so() -> None:
    page = drawn("{% due case %}", case=Case(due_at=NOW + timedelta(days=5), is_provisional=True), now=NOW)
    assert "暂定" in page


def test_help_and_fault_are_joined_to_the_field() -> None:
    page = drawn("{% field form.name %}", form=Sample({"name": ""}))
    assert 'aria-describedby="id_name_help id_name_fault"' in page
    assert 'aria-invalid="true"' in page
    assert 'id="id_name_fault"' in page
    assert '<label for="id_name">' in page


def test_a_group_of_choices_is_one_field_with_one_legend() -> None:
    page = drawn("{% field form.ways %}", form=Sample({"name": "x", "ways": ["b"]}))
    assert "<legend>方式" in page
    assert page.count("<input") == 2
    assert page.count("checked") == 1


class Refusing(forms.Form):
    reason = forms.ChoiceField(label="理由", choices=[("late", "过期"), ("other", "不属于本机构")])
    kind = forms.ChoiceField(label="类别", choices=[("a", "甲"), ("b", "乙")], initial="b")
    place = forms.CharField(label="地方", widget=forms.Select(choices=[("哈尔滨", [("1", "道里区")])]))


def test_a_list_of_reasons_starts_with_none_chosen() -> None:
    page = drawn("{% field form.reason %}{% field form.place %}", form=Refusing())
    assert page.count('<option value="" selected>请选择</option>') == 2
    assert page.count("selected") == 2


def test_what_was_chosen_or_is_proposed_stays_chosen() -> None:
    sent = Refusing({"reason": "other", "kind": "a", "place": "1"})
    assert "请选择" not in drawn("{% field form.reason %}{% field form.kind %}{% field form.place %}", form=sent)
    assert "请选择" not in drawn("{% field form.kind %}", form=Refusing())


def test_a_list_sent_without_a_choice_is_told_and_still_empty() -> None:
    sent = Refusing({"reason": "", "kind": "a", "place": "1"})
    page = drawn("{% field form.reason %}", form=sent)
    assert "has-fault" in page
    assert '<option value="" selected>' in page


def test_a_value_is_kept_and_escaped() -> None:
    page = drawn("{% field form.name %}", form=Sample({"name": '"><script>x</script>'}))
    assert "<script>" not in page
    assert "&quot;&gt;&lt;script&gt;" in page


def test_a_qr_code_is_a_drawing_without_inline_style() -> None:
    page = drawn("{% qr text %}", text="http://127.0.0.1/verify/1")
    assert "<svg" in page
    assert "style=" not in page


def test_the_screens_of_a_wizard_tell_where_one_is() -> None:
    page = drawn("{% progress_stages names=names at=1 %}", names=["甲", "乙", "丙"])
    assert page.count('aria-current="step"') == 1
    assert "（已完成）" in page
