"""Colours have names, and the names are given in one place."""

import re

TOKENS = "web/static/web/tokens.css"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
DECLARATION = re.compile(r"([\w-]+)\s*:\s*([^;{}]+)(?=[;}])")
NAMED = "white|black|red|green|blue|yellow|orange|purple|gray|grey|silver|navy|teal|maroon|olive|gold|pink|brown|lime"
COLOUR = re.compile(
    rf"#[0-9a-f]{{3,8}}\b|\b(?:rgb|hsl|lab|lch|oklab|oklch|hwb)a?\(|(?<![\w-])(?:{NAMED})(?![\w-])", re.IGNORECASE
)
DRAWN = re.compile(
    rf"""\b(?:fill|stroke|stop-color|color|bgcolor)\s*=\s*["'](?:#[0-9a-f]{{3,8}}|rgb|{NAMED})""", re.IGNORECASE
)


def raw_colours(css):
    return [match[0].strip() for match in DECLARATION.finditer(COMMENT.sub("", css)) if COLOUR.search(match[2])]


def test_no_style_sheet_types_a_colour_of_its_own(source):
    found = {path: raw_colours(text) for path, text in source.files("css") if path != TOKENS}
    assert {path: colours for path, colours in found.items() if colours} == {}


def test_no_template_or_drawing_types_a_colour_of_its_own(source):
    assert [path for path, text in source.files("html") if DRAWN.search(text)] == []


def test_a_colour_is_recognised_in_every_spelling():
    assert raw_colours("a:hover { color: #fff; } b { border: 1px solid red }") == [
        "color: #fff",
        "border: 1px solid red",
    ]
    assert raw_colours("#add { color: var(--ink) } .x { background: rgb(0 0 0 / 5%); }") == [
        "background: rgb(0 0 0 / 5%)"
    ]


def test_every_named_value_a_style_sheet_uses_is_defined(source):
    sheets = "".join(COMMENT.sub("", text) for _, text in source.files("css"))
    scripts_and_pages = "".join(text for _, text in source.files("js", "html"))
    defined = set(re.findall(r"(--[\w-]+)\s*:", sheets)) | set(
        re.findall(r"setProperty\(\s*[\"'](--[\w-]+)", scripts_and_pages)
    )
    assert sorted(set(re.findall(r"var\((--[\w-]+)\s*\)", sheets)) - defined) == []
