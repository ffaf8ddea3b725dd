import configparser
import re

# Folders of tests that tell of no single room.
WHOLE = {"consistency", "journeys", "config"}
BORROWED = {".woff", ".woff2", ".ttf", ".otf", ".eot", ".map", ".jar", ".exe", ".so", ".whl"}
BLUNT = (
    "参数错误",
    "未知错误",
    "系统错误",
    "系统异常",
    "非法请求",
    "非法参数",
    "非法操作",
    "无效参数",
    "请求失败",
    "操作失败",
)


def folders(path):
    return {entry.name for entry in path.iterdir() if entry.is_dir() and not entry.name.startswith(("_", "."))}


def test_every_room_has_its_place_in_the_import_contract(root):
    contract = configparser.ConfigParser()
    contract.read(root / ".importlinter")
    layers = set(re.findall(r"\w+", contract["importlinter:contract:rooms"]["layers"]))
    assert folders(root / "src" / "santai") == layers | {"config"}


def test_only_one_import_is_excused_from_the_contract(root):
    contract = configparser.ConfigParser()
    contract.read(root / ".importlinter")
    excused = [line for section in contract.values() for line in section.get("ignore_imports", "").split("\n") if line]
    assert excused == ["santai.casework.kernel -> santai.procedures"]


def test_the_tests_lie_in_folders_named_like_the_rooms(root):
    assert folders(root / "tests") - folders(root / "src" / "santai") - WHOLE == set()


def test_the_kernel_names_no_single_procedure(source):
    tables = {
        path[11:-3]
        for path, text in source.files("py")
        if re.match(r"procedures/\w+\.py", path) and "PROCEDURE" in text
    }
    kernel = [(path, text) for path, text in source.files("py") if path.startswith("casework/")]
    assert [(path, name) for path, text in kernel for name in tables if re.search(rf"[\"'.]{name}\b", text)] == []


def test_nothing_borrowed_lies_in_the_tree(root):
    kept = [path for top in ("src", "tests", "docs", "tools") for path in (root / top).rglob("*") if path.is_file()]
    assert [path.name for path in kept if path.suffix in BORROWED or ".min." in path.name] == []


def test_no_script_or_style_sheet_is_minified(source):
    for path, text in source.files("js", "css", "svg"):
        assert max(map(len, text.splitlines()), default=0) < 300, path
        assert "sourceMappingURL" not in text, path


def test_no_message_leaves_a_person_without_a_reason(source):
    blunt = [(path, word) for path, text in source.files("py", "html", "js", "txt") for word in BLUNT if word in text]
    assert blunt == []
