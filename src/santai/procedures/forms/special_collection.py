"""What is filled in at each step of a "search for me" request (专题搜集)."""

from __future__ import annotations

from django import forms

from santai.procedures.forms.days import day
from santai.procedures.forms.legal_aid import choice, long_text

WANTED = [("law", "法律法规规章"), ("policy", "政策文件"), ("case", "典型案例、裁判文书"), ("answer", "办事指南、问答")]
REFUSALS = [
    ("not_legal", "不是法律、政策、案例方面的资料"),
    ("secret", "涉及国家秘密、商业秘密或者他人隐私"),
    ("not_public", "属于依申请公开的政府信息"),
    ("too_much", "要求的数量或者加工超出公共服务范围"),
]
MOST_SOURCES = 50


class Request(forms.Form):
    topic = forms.CharField(label="想找什么", max_length=120, help_text="例如：灵活就业人员工伤保险的规定。")
    wanted = forms.MultipleChoiceField(
        label="哪些种类",
        choices=WANTED,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一种。", "invalid_choice": "请从列表中选择。"},
    )
    purpose = long_text("用在什么事上", required=False, help_text="说清用途，找得更准；不写姓名和电话。")


class Clarify(forms.Form):
    question = long_text("需要说清楚什么", help_text="一次问清；以后不能再退回。")
    by = day("请在哪天前回复")


class Clarified(forms.Form):
    answer = long_text("您的说明", least=2)


class Refuse(forms.Form):
    reason = choice("不能搜集的情形", REFUSALS)
    explanation = long_text("理由说明", least=10)
    route = long_text("可以找哪里", least=4)


class Collect(forms.Form):
    kind = choice("种类", WANTED)
    sources = forms.CharField(
        label="资料",
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="每行一条：标题｜出处（文号、条款、案号）｜要点。要点可以不写。",
        error_messages={"required": "请至少写一条资料。"},
    )

    def clean_sources(self) -> list[dict[str, str]]:
        lines = [line.strip() for line in self.cleaned_data["sources"].splitlines() if line.strip()]
        if len(lines) > MOST_SOURCES:
            raise forms.ValidationError(f"一次最多{MOST_SOURCES}条，请分几次登记。")
        return [self._source(number, line) for number, line in enumerate(lines, 1)]

    def _source(self, number: int, line: str) -> dict[str, str]:
        title, citation, gist = (*(part.strip() for part in line.replace("|", "｜").split("｜", 2)), "", "")[:3]
        if not title or not citation:
            raise forms.ValidationError(f"第{number}条没有写出处，请按“标题｜出处｜要点”写。")
        return {"title": title, "citation": citation, "gist": gist}


class Deliver(forms.Form):
    summary = long_text("说明", least=10, most=3000, help_text="这些资料怎样看、哪些最有用；申请人会原样看到。")


class NothingFound(forms.Form):
    where = long_text("查了哪些地方", least=10, help_text="写明数据库、公报、网站和查询的日期。")
    advice = long_text("建议", least=4)


class LookAgain(forms.Form):
    lacking = long_text("还缺什么", least=2, help_text="写清哪些不够用、还想找什么；可以重新查找一次。")


class Extend(forms.Form):
    amount = forms.IntegerField(
        label="延长几个工作日",
        min_value=1,
        max_value=3,
        error_messages={"required": "请填写延长几个工作日。", "max_value": "最多延长3个工作日。"},
    )
    explanation = long_text("延长的理由")
