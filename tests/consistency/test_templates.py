import ast
import re

import pytest
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

# Django asks for these by a name of its own.
ASKED_BY_DJANGO = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
# Files that hand markup to a page as it is, and how often at most: each must build it from nothing a person typed.
UNESCAPED = {
    "web/templatetags/santai_ui.py": 1,  # the QR drawing, made by a library from an address of ours
}
REFERENCE = re.compile(r"""{%\s*(?:extends|include)\s+["']([^"']+)["']""")
TAG = re.compile(r"<[a-zA-Z][^>]*>")
TEMPLATE_CODE = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|{%.*?%}|{{.*?}}", re.DOTALL)


def named_in_python(tree: ast.AST) -> set[str]:
    """Template names in the code; `f"desk/{kind}.html"` counts as every name it can become."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.endswith(".html"):
            found.add(re.escape(node.value))
        if isinstance(node, ast.JoinedStr):
            parts = [re.escape(str(p.value)) if isinstance(p, ast.Constant) else r"[\w/-]+" for p in node.values]
            if parts[-1].endswith(r"\.html"):
                found.add("".join(parts))
    return found


@pytest.fixture(scope="module")
def patterns(source):
    return {name for _, tree in source.trees() for name in named_in_python(tree)}


@pytest.fixture(scope="module")
def included(source):
    return {name for text in source.templates().values() for name in REFERENCE.findall(text)}


def tags(text):
    """The HTML tags of a template, with what the template language puts into them blanked."""
    return TAG.findall(TEMPLATE_CODE.sub("x", text))


def test_every_template_can_be_read(source):
    for name in source.templates():
        get_template(name)


def test_every_template_that_is_named_exists(included, patterns):
    literal = {name.replace("\\", "") for name in patterns if "[" not in name and "/" in name}
    missing = set()
    for name in included | literal:
        try:
            get_template(name)
        except TemplateDoesNotExist:
            missing.add(name)
    assert missing == set()


def test_no_template_is_left_over(source, included, patterns):
    is_named = re.compile("|".join(f"(?:.*/)?{pattern}" for pattern in patterns) or "$.")
    used = included | ASKED_BY_DJANGO
    assert sorted(name for name in source.templates() if name not in used and not is_named.fullmatch(name)) == []


@pytest.mark.parametrize(
    "forbidden",
    [
        r"\son\w+\s*=",
        r"\shx-on\b",
        r"\sstyle\s*=",
        r"javascript:",
        r"^<style\b",
        r"^<script(?![^>]*\s(src|nonce|type=\"application/json\"))",
    ],
    ids=["event handler", "htmx handler", "style attribute", "script address", "style element", "inline script"],
)
def test_no_template_holds_what_the_content_security_policy_blocks(source, forbidden):
    pattern = re.compile(forbidden, re.IGNORECASE)
    assert [(name, tag) for name, text in source.templates().items() for tag in tags(text) if pattern.search(tag)] == []


def test_no_page_loads_anything_from_elsewhere(source):
    outside = re.compile(
        r"""(?:src|srcset|action|data|poster)\s*=\s*["']?(?:https?:)?//|<link[^>]*href=["']?(?:https?:)?//"""
    )
    found = [(name, tag) for name, text in source.templates().items() for tag in tags(text) if outside.search(tag)]
    found += [(name, "url") for name, text in source.files("css") if re.search(r"(?:https?:)?//[\w.]+", strip(text))]
    assert found == []


def strip(css):
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)


def test_markup_is_escaped_except_where_the_list_says(source):
    count = {}
    for path, text in source.files("py", "html"):
        hits = len(re.findall(r"\|\s*safe\b|\bmark_safe\(|\bSafeString\(|autoescape off|\|\s*safeseq\b", text))
        if hits:
            count[path] = hits
    assert {path: hits for path, hits in count.items() if hits > UNESCAPED.get(path, 0)} == {}


def test_every_form_that_posts_is_protected_against_forgery(source):
    for name, text in source.templates().items():
        posts = re.findall(r"<form[^>]*method=[\"']?post.*?</form>", text, re.IGNORECASE | re.DOTALL)
        assert all("csrf_token" in form for form in posts), name
