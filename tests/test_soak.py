"""Long fuzzing, bounded by SOAK_MINUTES: whatever bytes a folder holds, nothing raises and nothing hangs."""

from __future__ import annotations

import os
import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pmkit import cli
from pmkit.files import dialect, ledger
from tests.conftest import SAMPLE

pytestmark = pytest.mark.soak
# Three fuzzers share the time, and the rest of the soak has the other half of it.
SECONDS = float(os.environ.get("SOAK_MINUTES", "10")) * 60 / 6
SEED = 20251013
HOSTILE = [
    b"\x00", b"\xff\xfe", b"\xc3", b"\xed\xa0\x80", b"\t", b"&a ", b"*a", b"!!x ", b"<<: ", b"---\n", b"...\n", b"%YAML 1.1\n",
    b"<<<<<<< HEAD\n", b"=======\n", b"? ", b": ", b"- ", b"[", b"]", b"{", b"}", b'"', b"'", b"|", b">", b"#", b"\\u2028",
    b"\xe2\x80\xa8", b"\xe2\x80\xae", b"\r\n", b"\r", b"~", b"1e400", b"99999999999999999999", b"2025-02-30", b"26:61", b"\n  \n",
]  # fmt: skip


def texts() -> list[bytes]:
    """Every file of the sample, as something to break."""
    return [path.read_bytes() for path in sorted(SAMPLE.rglob("*.yaml"))]


def broken(data: bytes, chance: random.Random) -> bytes:
    """The bytes with a few slips, hostile or ordinary."""
    for _ in range(chance.randint(1, 4)):
        at, length = chance.randint(0, len(data)), chance.choice((0, 1, 2, 9, 200))
        piece = chance.choice([*HOSTILE, chance.randbytes(3), data[at : at + length] * 2])
        data = data[:at] + piece + data[at + length :]
    return data


def rounds() -> Iterator[random.Random]:
    """Chances, for as long as the soak lasts; the same ones every time."""
    end, count = time.monotonic() + SECONDS, 0
    while time.monotonic() < end:
        yield random.Random(SEED + count)
        count += 1
    print(f"{count} rounds")


def test_no_bytes_make_the_dialect_raise_or_linger() -> None:
    sources = texts()
    for chance in rounds():
        data = broken(chance.choice(sources), chance)
        begin = time.monotonic()
        tree, problems = dialect.read(data, "x.yaml")
        assert tree is not None or problems
        assert time.monotonic() - begin < 5


def test_no_bytes_make_the_ledger_raise() -> None:
    sources = [path.read_bytes() for path in sorted((SAMPLE / "private" / "costs").glob("*.csv"))]
    for chance in rounds():
        rows, problems = ledger.read_costs(broken(chance.choice(sources), chance), "x.csv", "USD", {})
        assert rows or problems


def test_no_folder_ends_in_a_fault_of_ours(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = tmp_path / "salt"
    shutil.copytree(SAMPLE, root, ignore=shutil.ignore_patterns("build", ".pmkit", "mail"))
    files = sorted(path for path in root.rglob("*") if path.suffix in (".yaml", ".csv"))
    whole = {path: path.read_bytes() for path in files}
    commands = (
        ["validate"],
        ["callsheet", "3"],
        ["callsheet", "14", "jun-ito"],
        ["costs"],
        ["costs", "3607"],
        ["crewlist"],
        ["castlist"],
        ["request", "send", "grips-2nd-unit", "-o", str(tmp_path), "--date", "2025-10-14"],
    )
    for chance in rounds():
        struck = chance.sample(files, chance.randint(1, 3))
        for path in struck:
            path.write_bytes(broken(whole[path], chance))
        words = chance.choice(commands)
        code = cli.run(["-C", str(root), *words])
        told = capsys.readouterr()
        assert code in (0, 1, 2, 3, 4, 75), (words, [str(path) for path in struck], told.err)
        assert "Traceback" not in told.out + told.err
        for path in struck:
            path.write_bytes(whole[path])
