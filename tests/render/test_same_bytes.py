"""The same report gives the same bytes, whatever the zone, the language and the hash seed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import hashlib
from datetime import date
from decimal import Decimal
from pmkit.model.clock import Clock
from pmkit.model.pages import Eighths
from pmkit.render import json, table, workbook
from pmkit.render.filters import Formats
from pmkit.reports.table import Column, Row, Table, heading
t = Table("Salt", "Costs", (Column("a", "A"), Column("m", "M", "money"), Column("p", "P", "pages"),
          Column("c", "C", "clock"), Column("d", "D", "date")),
          (heading("ÄÖ"), Row(("Čech ليلى", Decimal("-1234.5"), Eighths(11), Clock(1470), date(2025, 11, 2)))))
f = Formats(clock="12h")
made = [table.terminal(t, f), table.markdown(t, f), table.csv(t), table.html(t, f), json.raw(t, "costs"),
        table.pdf(t, f).content, workbook.xlsx(t, f).content]
for one in made:
    print(hashlib.sha256(one.encode() if isinstance(one, str) else one).hexdigest())
"""


def run(zone: str, language: str, seed: str) -> list[str]:
    env = {
        **os.environ,
        "TZ": zone,
        "LC_ALL": language,
        "LANG": language,
        "PYTHONHASHSEED": seed,
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, env=env, check=True)
    return done.stdout.split()


def test_every_format() -> None:
    first = run("Pacific/Kiritimati", "C", "1")
    second = run("America/Los_Angeles", "de_DE.UTF-8", "2")
    assert len(first) == 7
    assert first == second
