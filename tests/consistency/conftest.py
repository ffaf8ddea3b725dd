"""What the consistency tests read: the source itself, not what it does."""

import ast
import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


class Source:
    """The files under src/santai, by the path one would say aloud (`casework/actions.py`)."""

    def __init__(self) -> None:
        self.root = ROOT / "src" / "santai"

    def files(self, *kinds: str) -> Iterator[tuple[str, str]]:
        for path in sorted(self.root.rglob("*")):
            if path.suffix[1:] in kinds and "migrations" not in path.parts:
                yield str(path.relative_to(self.root)), path.read_text()

    def trees(self) -> Iterator[tuple[str, ast.Module]]:
        for path, text in self.files("py"):
            yield path, ast.parse(text)

    def templates(self) -> dict[str, str]:
        """Text by template name, as `{% include %}` spells it."""
        return {path.partition("templates/")[2]: text for path, text in self.files("html") if "templates/" in path}


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def source() -> Source:
    return Source()


@pytest.fixture(scope="session")
def tool() -> Callable[[str], ModuleType]:
    def load(name: str) -> ModuleType:
        spec = importlib.util.spec_from_file_location(f"santai_tool_{name}", ROOT / "tools" / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
        return module

    return load
