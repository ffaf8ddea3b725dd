"""Asks a running platform for its front page and for every file that page needs; fails when one does not come."""

import re
import sys
import urllib.request


def get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as answer:
        return str(answer.read().decode(errors="replace"))


def main(start: str) -> None:
    page = get(start)
    files = sorted(set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page)))
    if not any(name.endswith(".css") for name in files):
        sys.exit("The front page names no style sheet.")
    for name in files:
        get(start.rstrip("/") + name)
    print(f"{start} and its {len(files)} files are there.")


if __name__ == "__main__":
    main(sys.argv[1])
