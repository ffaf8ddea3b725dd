"""A case's state is the one thing everybody relies on: only the kernel's actions write it."""

import ast

import pytest

WRITERS = {"casework/actions.py"}
MAKERS = {"create", "acreate", "get_or_create", "update_or_create", "update", "aupdate"}
MODEL = "Case"


def writes(tree: ast.AST) -> list[int]:
    """The lines that set a case's state, in whatever way Python and Django allow."""
    return [node.lineno for node in ast.walk(tree) if _is_write(node)]


def _is_write(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign | ast.Delete):
        targets = node.targets if isinstance(node, ast.Assign | ast.Delete) else [node.target]
        return any(isinstance(part, ast.Attribute) and part.attr == "state" for t in targets for part in ast.walk(t))
    if not isinstance(node, ast.Call):
        return False
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if called in MAKERS | {MODEL}:
        return any(word.arg == "state" or _names_state(word.value) for word in node.keywords)
    if called in {"setattr", "bulk_update"}:
        return any(_is_state(part) for argument in [*node.args, *_values(node)] for part in ast.walk(argument))
    return False


def _names_state(value: ast.expr) -> bool:
    """`defaults={"state": ...}`; a lookup such as `state="..."` inside a Q is none."""
    return isinstance(value, ast.Dict) and any(key is not None and _is_state(key) for key in value.keys)


def _values(call: ast.Call) -> list[ast.expr]:
    return [word.value for word in call.keywords]


def _is_state(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value == "state"


def test_only_the_actions_write_the_state_of_a_case(source):
    elsewhere = [f"{path}:{line}" for path, tree in source.trees() if path not in WRITERS for line in writes(tree)]
    assert elsewhere == []


@pytest.mark.parametrize(
    "code",
    [
        "case.state = 'done'",
        "case.state, case.version = 'done', 2",
        "del case.state",
        "Case(code='x', state='done')",
        "models.Case(state='done')",
        "Case.objects.filter(pk=1).update(state='done')",
        "Case.objects.create(state='done')",
        "Case.objects.update_or_create(pk=1, defaults={'state': 'done'})",
        "Case.objects.bulk_update(cases, ['state'])",
        "Case.objects.bulk_update(cases, fields=['due_at', 'state'])",
        "setattr(case, 'state', 'done')",
    ],
)
def test_a_write_in_disguise_is_noticed(code):
    assert writes(ast.parse(code)) == [1]


@pytest.mark.parametrize("code", ["Case.objects.filter(state='done')", "case.state == 'done'", "step.update(a=1)"])
def test_reading_the_state_is_free(code):
    assert writes(ast.parse(code)) == []
