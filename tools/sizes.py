"""Keeps functions and files small enough to read: prints how big they are, fails when one is too big."""

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILE_LIMIT = 400
FUNCTION_LIMIT = 60
FUNCTION_P90_LIMIT = 35
MEASURED = {"src": ("py", "html", "js"), "tests": ("py",), "tools": ("py", "sh")}


def files() -> list[Path]:
    found = (
        path for folder, kinds in MEASURED.items() for kind in kinds for path in (ROOT / folder).rglob(f"*.{kind}")
    )
    return sorted(path for path in found if "migrations" not in path.parts)


def functions(path: Path) -> list[tuple[int, str]]:
    """Length in lines (decorators apart) and place of every function in a file."""
    nodes = ast.walk(ast.parse(path.read_text()))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    here = path.relative_to(ROOT)
    return [
        ((node.end_lineno or node.lineno) - node.lineno + 1, f"{here}:{node.lineno} {node.name}")
        for node in nodes
        if isinstance(node, kinds)
    ]


def share(sizes: list[int], part: float) -> int:
    """The size that this part of all (0.9: nine in ten) does not exceed."""
    return sorted(sizes)[min(int(len(sizes) * part), len(sizes) - 1)] if sizes else 0


def faults(lengths: list[tuple[int, str]], lines: dict[str, int]) -> list[str]:
    found = [f"{place}: {size} lines, at most {FUNCTION_LIMIT}" for size, place in lengths if size > FUNCTION_LIMIT]
    found += [f"{path}: {size} lines, at most {FILE_LIMIT}" for path, size in lines.items() if size > FILE_LIMIT]
    p90 = share([size for size, _ in lengths], 0.9)
    if p90 > FUNCTION_P90_LIMIT:
        found.append(f"one function in ten is longer than {p90} lines, at most {FUNCTION_P90_LIMIT}")
    return found


def main() -> int:
    lines = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in files()}
    code = [path for path in files() if path.suffix == ".py" and path.is_relative_to(ROOT / "src")]
    lengths = sorted((size for path in code for size in functions(path)), reverse=True)
    sizes = [size for size, _ in lengths]
    print(f"{len(sizes)} functions in src: median {share(sizes, 0.5)} lines, p90 {share(sizes, 0.9)}, longest:")
    for size, place in lengths[:5]:
        print(f"  {size:4} {place}")
    print(f"{len(lines)} files, {sum(lines.values())} lines; longest:")
    for path, size in sorted(lines.items(), key=lambda item: -item[1])[:5]:
        print(f"  {size:4} {path}")
    found = faults(lengths, lines)
    print(*(f"Too big: {fault}" for fault in found), sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
