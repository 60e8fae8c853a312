"""Writes a generated feature: the size DESIGN's speeds are told for, or a multiple of it.

`python benchmarks/feature.py DIR [SCALE]`: 120 crew, 30 cast, 150 scenes, 40 days, 600 budget lines
at scale 1; the ledger's size is given apart.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

DEPARTMENTS = [
    "production",
    "ads",
    "camera",
    "grip",
    "electric",
    "sound",
    "art",
    "set-dressing",
    "props",
    "wardrobe",
    "makeup",
    "locations",
    "transport",
    "stunts",
    "post",
]


def write(root: Path, scale: int = 1, ledger_lines: int = 0) -> Path:
    """The whole folder; every reference in it holds, so validation finds nothing."""
    (root / "private" / "costs").mkdir(parents=True, exist_ok=True)
    start = dt.date(2025, 9, 1)
    cast, scenes, days = 30 * scale, 150 * scale, 40 * scale
    _file(root, "production", "pmkit: 1\ntitle: Generated Feature\ncode: GEN\ncompany: Nobody LLC\ncurrency: USD\n"
          "timezone: America/Los_Angeles\nunits: {main: Main Unit}\n")  # fmt: skip
    crew = []
    for d, department in enumerate(DEPARTMENTS):
        crew.append(f"{department}:\n  call: -0:30\n  walkie: {d}\n  people:\n")
        for n in range(8 * scale):
            crew.append(
                f"    - id: {department}-{n}\n      name: Person {d}-{n}\n      position: Position {n}\n"
                f"      email: p{d}-{n}@example.com\n      phone: +1 310 555 01{n % 90 + 10}\n"
            )
    _file(root, "crew", "".join(crew))
    _file(root, "cast", "".join(
        f"{n}:\n  character: CHARACTER {n}\n  id: artist-{n}\n  performer: Artist Number {n}\n"
        "  prepare: {makeup: 0:45, wardrobe: 0:20}\n  drive: 0:35\n  hold: true\n  drop: more than 10 days\n"
        for n in range(1, cast + 1)
    ))  # fmt: skip
    places = "".join(
        f"place-{n}:\n  name: Place {n}\n  address: \"{n} Road, Town\"\n  coordinates: 34.{n:04d}, -117.0228\n"
        f"  hospital: {{name: Clinic {n}, phone: +1 760 555 0100}}\n" for n in range(10 * scale)
    )  # fmt: skip
    sets = "".join(f"  SET {n}: place-{n % (10 * scale)}\n" for n in range(40 * scale))
    _file(root, "locations", places + "sets:\n" + sets)
    _file(root, "breakdown", "".join(
        f"{n}:\n  heading: INT. SET {n % (40 * scale)} - {'NIGHT' if n % 3 else 'DAY'}\n  pages: {n % 3} {n % 7 + 1}/8\n"
        f"  page: {n}\n  script_day: {n // 9}\n  synopsis: Something happens in scene {n} and somebody leaves.\n"
        f"  cast: [{n % cast + 1}, {(n * 7) % cast + 1 if (n * 7) % cast != n % cast else (n + 1) % cast + 1}]\n"
        f"  background: [{n % 12 + 1} people]\n  props: [letter, lamp {n}]\n" for n in range(1, scenes + 1)
    ))  # fmt: skip
    board = ["main:\n"]
    share = -(-scenes // days)
    for n in range(days):
        some = range(n * share + 1, min((n + 1) * share, scenes) + 1)
        strips = ", ".join([*map(str, some), "lunch"])
        board.append(f"  {start + dt.timedelta(days=n)}: {{call: 7:00, strips: [{strips}]}}\n")
    _file(root, "schedule", "".join(board))
    _file(root, "private/budget", _budget(600 * scale))
    _file(root, "private/deals", "".join(
        f"{department}-{n}: {{rate: 850/day, guarantee: 12h, account: 2001}}\n"
        for department in DEPARTMENTS for n in range(8 * scale)
    ))  # fmt: skip
    _file(root, "private/periods", "".join(
        f"{n + 1}: {{from: {start + dt.timedelta(days=7 * n)}, to: {start + dt.timedelta(days=7 * n + 6)}}}\n" for n in range(30)
    ))  # fmt: skip
    if ledger_lines:
        write_ledger(root / "private" / "costs" / "ledger.csv", ledger_lines)
    return root


def write_ledger(path: Path, lines: int) -> None:
    """A ledger of so many lines on the generated budget's accounts."""
    start = dt.date(2025, 9, 1)
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write("id,posted,account,amount,kind,vendor,document,memo\n")
        for n in range(lines):
            posted = start + dt.timedelta(days=n % 200)
            out.write(f"L{n},{posted},{2001 + n % 60},{n % 4000}.{n % 100:02d},actual,,INV-{n},Memo {n}\n")


def _budget(lines: int) -> str:
    told = ["globals: {shoot_days: days(main), base: 850}\n",
            "fringes:\n  fica: {name: Employer FICA, rate: 6.2%, ceiling: 176100, on: labour}\n", "accounts:\n"]  # fmt: skip
    for account in range(60):
        told.append(
            f"  {2001 + account}:\n    name: Account {account}\n    level: production\n    kind: labour\n    lines:\n"
        )
        for n in range(lines // 60):
            rate = f"{400 + n}.50" if n else "base"
            told.append(f"      - {{what: Line {n}, amount: shoot_days, unit: day, rate: {rate}, fringes: [fica]}}\n")
    told.append("charges: [{name: Contingency, rate: 10%, on: [production]}]\n")
    return "".join(told)


def _file(root: Path, name: str, text: str) -> None:
    (root / f"{name}.yaml").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
