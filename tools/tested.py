"""Runs pytest and refuses a green result that tested nothing: no test ran, or (`--none-skipped`) some were skipped."""

import sys

import pytest


class Count:
    def __init__(self) -> None:
        self.ran = 0
        self.skipped: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.ran += report.when == "call" and not report.skipped
        if report.skipped and not hasattr(report, "wasxfail"):
            self.skipped.append(report.nodeid)


def main(arguments: list[str]) -> int:
    count = Count()
    may_skip = "--none-skipped" not in arguments
    status = pytest.main([word for word in arguments if word != "--none-skipped"], plugins=[count])
    if not count.ran:
        print("No test ran: that is no success.", file=sys.stderr)
        return status or 1
    if count.skipped and not may_skip:
        print("Skipped, though nothing may be skipped here:", *count.skipped, sep="\n  ", file=sys.stderr)
        return status or 1
    return int(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
