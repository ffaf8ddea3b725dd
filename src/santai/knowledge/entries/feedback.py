"""What staff found helpful, as judged questions for `santai train-ranker`."""

from __future__ import annotations

from collections.abc import Iterator

from santai.knowledge.models import Helpfulness

Judged = dict[str, object]


def judged_questions() -> Iterator[Judged]:
    """{id, question, gold}: the articles that staff found helpful for a question and nobody of them since found not."""
    rows = Helpfulness.objects.filter(by__isnull=False, question__isnull=False).exclude(article="")
    gold: dict[int, dict[str, bool]] = {}
    asked: dict[int, tuple[str, str]] = {}
    for row in rows.select_related("question").order_by("question", "pk"):
        if row.question is None:
            continue
        asked[row.question.pk] = (row.question.digest[:16], row.question.text)
        gold.setdefault(row.question.pk, {})[row.article] = row.helped
    for pk, (digest, text) in asked.items():
        names = [article for article, helped in gold[pk].items() if helped]
        if names:
            yield {"id": f"feedback-{digest}", "question": text, "gold": names}
