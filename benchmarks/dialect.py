"""Times the dialect reader against PyYAML's CSafeLoader on one generated file.

`python benchmarks/dialect.py [MEGABYTES]`: a crew list of 1.5 MB unless given. The two are
interleaved and the best of seven is told. CSafeLoader gives plain values; the reader gives
text with places, and has looked at every character.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from pmkit.files import dialect

ROUNDS = 7
TARGET = 0.38


def crew(megabytes: float) -> bytes:
    """A crew list of about that size: block and flow style, quotes, accents, dates, money, comments."""
    people: list[str] = ["#: production coordinator\n", "camera:\n", "  people:\n"]
    size, number = 0, 0
    while size < megabytes * 1_000_000:
        number += 1
        person = (
            f'    - id: person-{number}\n      name: Ana Pérez {number}\n      position: "1st AC, B camera"\n'
            f"      email: ana{number}@example.com\n      phone: +1 212 555 01{number % 100:02d}\n"
            f"      call: 7:30   # unless told\n      deal: {{rate: 850/day, kit: 20/day, guarantee: 10}}\n"
            f"      days: [2025-10-16, 2025-10-17]\n      note: prefers the night bus\n"
        )
        people.append(person)
        size += len(person.encode())
    return "".join(people).encode()


def seconds(work: Callable[[], object]) -> float:
    """Processor time of one run."""
    began = time.process_time()
    work()
    return time.process_time() - began


def main() -> int:
    """Prints the times and their ratio; 1 when the ratio is over the target."""
    data = crew(float(sys.argv[1]) if len(sys.argv) > 1 else 1.5)
    assert dialect.read(data, "crew.yaml")[1] == []
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(seconds(lambda: dialect.read(data, "crew.yaml")))
        theirs.append(seconds(lambda: yaml.load(data, Loader=yaml.CSafeLoader)))
    ratio = min(ours) / min(theirs)
    print(f"{len(data) / 1e6:.1f} MB, Python {sys.version.split()[0]}, PyYAML {yaml.__version__}")
    print(f"CSafeLoader     {min(theirs) * 1000:7.0f} ms")
    print(f"dialect reader  {min(ours) * 1000:7.0f} ms, with places")
    print(f"ratio           {ratio:7.2f}    (target {TARGET})")
    return int(ratio > TARGET)


if __name__ == "__main__":
    sys.exit(main())
