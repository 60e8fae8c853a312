"""Measures the ratios that pmkit promises, and with `--write` puts them into the README's table.

Each pair is run in turn, A B A B, as whole processes with compiled bytecode; the best of RUNS is
quoted, because everything that disturbs a run only makes it slower. Peak memory is the largest
of any run. What is not installed is said so, not guessed.
"""

from __future__ import annotations

import argparse
import compileall
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import feature

ROOT = Path(__file__).parent.parent
PMKIT = str(Path(sys.executable).with_name("pmkit"))
BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"
SAFE = (
    "import sys, yaml, pathlib\n"
    "for f in sorted(pathlib.Path(sys.argv[1]).rglob('*.yaml')):\n"
    "    with open(f) as s: yaml.load(s, Loader=yaml.CSafeLoader)\n"
)


class Run(NamedTuple):
    """The best processor time of a command in seconds, and its peak memory in MiB."""

    seconds: float
    peak: float


class Row(NamedTuple):
    """A line of the table: what, the figures, the ratio and its bound."""

    what: str
    ours: str
    theirs: str
    ratio: str
    bound: str


def once(command: Sequence[str]) -> Run:
    """Runs a command, its output thrown away; stops the whole measurement if it fails."""
    null = os.open(os.devnull, os.O_RDWR)
    child = os.posix_spawnp(
        command[0],
        list(command),
        os.environ,
        file_actions=[(os.POSIX_SPAWN_DUP2, null, 1), (os.POSIX_SPAWN_DUP2, null, 2)],
    )
    _, status, usage = os.wait4(child, 0)
    os.close(null)
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"this failed, so nothing is measured: {' '.join(command)}")
    return Run(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def pair(ours: Sequence[str], theirs: Sequence[str], runs: int) -> tuple[Run, Run]:
    """Two commands in turn; the best of each."""
    a, b = [once(ours)], [once(theirs)]
    for _ in range(runs):
        a.append(once(ours))
        b.append(once(theirs))
    return _best(a[1:]), _best(b[1:])


def _best(runs: list[Run]) -> Run:
    return Run(min(r.seconds for r in runs), max(r.peak for r in runs))


def row(what: str, ours: Run, theirs: Run, name: str, bound: float) -> Row:
    """A line of the table from two measurements."""
    ratio = ours.seconds / theirs.seconds
    return Row(what, f"{ours.seconds:.3f} s", f"{theirs.seconds:.3f} s ({name})", f"{ratio:.2f}", f"≤ {bound:g}")


def measure(runs: int, work: Path) -> list[Row]:
    """Every ratio, in the order of the table."""
    rows = []
    ours, theirs = pair([PMKIT, "--help"], [sys.executable, "-c", "import click"], runs)
    rows.append(row("`pmkit --help`", ours, theirs, "python -c 'import click'", 1.5))
    rows += validate(runs, work)
    rows += costs(runs, work)
    return rows


def validate(runs: int, work: Path) -> list[Row]:
    """Validation of the generated feature against PyYAML's fastest loader reading the same files."""
    small, large = feature.write(work / "x1", 1), feature.write(work / "x10", 10)
    ours1, theirs1 = pair([PMKIT, "-C", str(small), "validate"], [sys.executable, "-c", SAFE, str(small)], runs)
    ours10, theirs10 = pair(
        [PMKIT, "-C", str(large), "validate"], [sys.executable, "-c", SAFE, str(large)], max(3, runs // 3)
    )
    ours, theirs = ours10.seconds - ours1.seconds, theirs10.seconds - theirs1.seconds
    slope = Row(
        "`pmkit validate`, slope from 1× to 10×",
        f"{ours:.3f} s",
        f"{theirs:.3f} s (CSafeLoader)",
        f"{ours / theirs:.2f}",
        "≤ 0.8",
    )
    return [row("`pmkit validate`, generated feature", ours1, theirs1, "CSafeLoader, same files", 1.5), slope]


def costs(runs: int, work: Path) -> list[Row]:
    """The cost report of 100,000 ledger lines against the plain-text accounting programs' balance."""
    root = feature.write(work / "costs", 1, ledger_lines=100_000)
    journal = work / "costs.journal"
    _journal(root / "private" / "costs" / "ledger.csv", journal)
    rows = []
    command = [PMKIT, "-C", str(root), "costs"]
    for name, bound in (("ledger", 0.5), ("hledger", 0.1)):
        if shutil.which(name) is None:
            rows.append(
                Row("`pmkit costs`, 100,000 lines", "", f"{name} is not installed here", "not measured", f"≤ {bound:g}")
            )
            continue
        ours, theirs = pair(command, [name, "-f", str(journal), "bal"], max(3, runs // 3))
        rows.append(row("`pmkit costs`, 100,000 lines", ours, theirs, f"{name} bal", bound))
        if name == "ledger":
            memory = Row(
                "peak memory of the same", f"{ours.peak:.0f} MiB", f"{theirs.peak:.0f} MiB (ledger)",
                f"{ours.peak / theirs.peak:.2f}", "< 1",
            )  # fmt: skip
            rows.append(memory)
    return rows


def _journal(ledger: Path, journal: Path) -> None:
    with ledger.open(encoding="utf-8") as lines, journal.open("w", encoding="utf-8") as out:
        next(lines)
        for line in lines:
            number, posted, account, amount, _, _, document, memo = line.rstrip("\n").split(",")
            out.write(f"{posted} ({document}) {memo}\n    costs:{account}  {amount} USD\n    payable:{number[-1]}\n\n")


def table(rows: list[Row], runs: int) -> str:
    """The measurements as Markdown."""
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, best of {runs} interleaved pairs"
    head = "| what | pmkit | against | ratio | to hold |\n|---|---|---|---|---|\n"
    body = "".join(f"| {r.what} | {r.ours} | {r.theirs} | {r.ratio} | {r.bound} |\n" for r in rows)
    return f"{head}{body}\nProcessor seconds of whole processes; {machine}.\n"


def main() -> None:
    """Measures and prints; `--write` keeps the table in the README."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    for folder in ("pmkit", "benchmarks"):
        compileall.compile_dir(ROOT / folder, quiet=1)
    with tempfile.TemporaryDirectory() as work:
        told = table(measure(asked.runs, Path(work)), asked.runs)
    print(told)
    if asked.write:
        readme = ROOT / "README.md"
        text = readme.read_text(encoding="utf-8")
        before, rest = text.split(BEGIN)
        _, after = rest.split(END)
        readme.write_text(f"{before}{BEGIN}\n{told}{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
