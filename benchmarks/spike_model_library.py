"""Which library turns the folder's text into values: the house's own reader, msgspec or pydantic.

`python benchmarks/spike_model_library.py [RECORDS]` reads 50,000 crew-like records, given as trees
of text with places, with each of the three and prints a Markdown table. Each gets the same fields,
the same patterns and, where it has no type of its own, the same parser. What turning the tree into
dictionaries costs msgspec and pydantic is counted, since places exist only in the tree. Rounds
are interleaved and the best of five told, the collector off. msgspec and pydantic are not
dependencies of the project: without them the script says so and measures the rest.
"""

from __future__ import annotations

import gc
import importlib
import importlib.util
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
ID, EMAIL, PHONE = r"^[a-z][a-z0-9_-]*$", r"^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+$", r"^\+?[0-9][0-9 ().\-/]{3,24}$"
ROUNDS = 5
# One record with five mistakes, and where each stands (line, column).
BROKEN = "id: k moss\nname: Kim Moss\nemial: kim@example.com\nstart: 2025-02-30\nhired: yes\ncall: 7:300\n"
MISTAKES = {"id": (1, 5), "emial": (3, 1), "start": (4, 8), "hired": (5, 8), "call": (6, 7)}
Outcome = tuple[Any, list[tuple[int, int, str]]]


def own() -> tuple[Callable[[Any], Outcome], Callable[[], Any]]:
    """The house's own reader: values, or problems with line, column and words."""
    from pmkit.model import clock, kinds as k
    from pmkit.model.record import LEFT_OUT, Reader, Record, field

    class Crew(Record):
        """A hire."""

        id: str = field(k.ident, "public")
        name: str = field(k.text, "public")
        position: str = field(k.text, "public", default="")
        email: str = field(k.email, "contact", default="")
        phone: str = field(k.phone, "contact", default="")
        start: date | None = field(k.day, "set", default=None)
        hired: bool = field(k.flag, "public", default=True)
        amount: Decimal | None = field(k.amount, "set", default=None)
        call: clock.Clock | None = field(k.clock_time, "set", default=None)

    reader = Reader()

    def read(node: Any) -> Outcome:
        value = Crew.read(node, reader)
        said = [(p.place.line, p.place.column, f"{p.message}; {p.hint}") for p in reader.problems]
        reader.problems.clear()
        return None if value is LEFT_OUT else value, said

    return read, lambda: k.record_schema(Crew, {})


def with_msgspec() -> tuple[Callable[[Any], Outcome], Callable[[], Any]]:
    """msgspec Structs, unknown fields forbidden; its one error is placed by its path in the tree."""
    import msgspec

    from pmkit.model import clock
    from pmkit.model.tree import plain
    from pmkit.problems import Fault

    text = {
        name: Annotated[str, msgspec.Meta(pattern=p)] for name, p in (("id", ID), ("email", EMAIL), ("phone", PHONE))
    }
    crew = msgspec.defstruct(
        "Crew",
        [
            ("id", text["id"]),
            ("name", str),
            ("position", str, ""),
            ("email", text["email"] | None, None),
            ("phone", text["phone"] | None, None),
            ("start", date | None, None),
            ("hired", bool, True),
            ("amount", Decimal | None, None),
            ("call", clock.Clock | None, None),
        ],
        frozen=True,
        forbid_unknown_fields=True,
    )

    def hook(kind: Any, value: Any) -> Any:
        parsed = clock.parse(value)
        if isinstance(parsed, Fault):
            raise ValueError(parsed.message)
        return parsed

    def read(node: Any) -> Outcome:
        try:
            return msgspec.convert(plain(node), crew, strict=False, dec_hook=hook), []
        except msgspec.ValidationError as error:
            words, _, path = str(error).partition(" - at `$.")
            return None, [placed(node, path.rstrip("`"), words)]

    return read, lambda: msgspec.json.schema(crew, schema_hook=lambda kind: {"type": "string"})


def with_pydantic() -> tuple[Callable[[Any], Outcome], Callable[[], Any]]:
    """pydantic models, extra fields forbidden; each error is placed by its path in the tree."""
    import pydantic

    from pmkit.model import clock
    from pmkit.model.tree import plain
    from pmkit.problems import Fault

    def parsed(value: Any) -> Any:
        result = clock.parse(value)
        if isinstance(result, Fault):
            raise ValueError(result.message)
        return result

    at = Annotated[Any, pydantic.PlainValidator(parsed, json_schema_input_type=str)]
    fields: dict[str, Any] = {
        "id": (Annotated[str, pydantic.Field(pattern=ID)], ...),
        "name": (str, ...),
        "position": (str, ""),
        "email": (Annotated[str, pydantic.Field(pattern=EMAIL)] | None, None),
        "phone": (Annotated[str, pydantic.Field(pattern=PHONE)] | None, None),
        "start": (date | None, None),
        "hired": (bool, True),
        "amount": (Decimal | None, None),
        "call": (at | None, None),
    }
    crew = pydantic.create_model("Crew", __config__=pydantic.ConfigDict(extra="forbid", frozen=True), **fields)
    validate = crew.__pydantic_validator__.validate_python

    def read(node: Any) -> Outcome:
        try:
            return validate(plain(node)), []
        except pydantic.ValidationError as error:
            return None, [
                placed(node, str(e["loc"][0]), e["msg"], e["type"] == "extra_forbidden") for e in error.errors()
            ]

    return read, crew.model_json_schema


def placed(node: Any, path: str, words: str, key: bool = False) -> tuple[int, int, str]:
    """Where a path like `email` stands in the tree: the value, the key, or the whole record."""
    found = node.keys.get(path) if key else node.values.get(path)
    found = found or node
    return found.line, found.column, words


LIBRARIES = {"own": ("own walker", own), "msgspec": ("msgspec", with_msgspec), "pydantic": ("pydantic", with_pydantic)}


def trees(records: int) -> list[Any]:
    """That many records as the dialect reader hands them over."""
    from pmkit.files import dialect

    made: list[Any] = []
    for begin in range(0, records, 10_000):
        text = "".join(
            f"h{n}:\n  id: h{n}\n  name: Ana Pérez {n}\n  position: Best Boy\n  email: a{n}@example.com\n"
            f"  phone: +1 212 555 01{n % 100:02d}\n  start: 2025-10-{n % 28 + 1:02d}\n  hired: true\n"
            f"  amount: {n}.50\n  call: {n % 24}:30\n"
            for n in range(begin, min(begin + 10_000, records))
        )
        root, problems = dialect.read(text.encode(), "crew.yaml")
        assert root is not None and not problems
        made += root.values.values()
    return made


def seconds(read: Callable[[Any], Outcome], nodes: list[Any]) -> float:
    """What reading all nodes takes; a problem in any of them is a mistake of this script."""
    gc.collect()
    gc.disable()
    began = time.perf_counter()
    for node in nodes:
        value, problems = read(node)
        assert value is not None and not problems
    took = time.perf_counter() - began
    gc.enable()
    return took


def import_time(name: str) -> float:
    """Milliseconds to import the library and declare the model in a fresh process, best of five."""
    path = str(Path(__file__).resolve().parents[1])
    program = (
        f"import sys; sys.path.insert(0, {path!r}); import datetime, decimal, typing\n"
        "from benchmarks import spike_model_library as s; import time; b = time.perf_counter()\n"
        f"s.LIBRARIES[{name!r}][1](); print((time.perf_counter() - b) * 1000)"
    )
    return min(float(subprocess.check_output([sys.executable, "-c", program])) for _ in range(ROUNDS))


def judged(read: Callable[[Any], Outcome]) -> tuple[str, str, str]:
    """Of the broken record: how many mistakes were named at once, how many at their place, and did-you-mean."""
    from pmkit.files import dialect

    node, _ = dialect.read(BROKEN.encode(), "crew.yaml")
    _, said = read(node)
    places = {(line, column) for line, column, _ in said}
    exact = sum(place in places for place in MISTAKES.values())
    meant = any("did you mean email" in words for _, _, words in said)
    return f"{len(said)} of {len(MISTAKES)}", f"{exact} of {len(MISTAKES)}", "yes" if meant else "no"


def main() -> None:
    """Measures and prints the table."""
    from pmkit.model.tree import plain

    records = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    present = {n: LIBRARIES[n] for n in LIBRARIES if n == "own" or importlib.util.find_spec(n)}
    for missing in LIBRARIES.keys() - present.keys():
        print(f"{missing} is not installed: not measured (pip install {missing})", file=sys.stderr)
    readers = {name: make() for name, (_, make) in present.items()}
    nodes = trees(records)
    best = dict.fromkeys(present, float("inf"))
    for _ in range(ROUNDS):
        for name, (read, _schema) in readers.items():
            best[name] = min(best[name], seconds(read, nodes))
    print(f"{records} records of 9 fields, Python {sys.version.split()[0]}\n")
    print(
        "| library | records/s | import and declare | problems of a broken record | at line:column | did you mean | schema |"
    )
    print("|---|---:|---:|---|---|---|---|")
    for name, (title, _make) in present.items():
        read, schema = readers[name]
        named, exact, meant = judged(read)
        title += "" if name == "own" else f" {importlib.import_module(name).__version__}"
        made = "yes" if schema() else "no"
        speed, imported = f"{records / best[name] / 1000:.0f}k", f"{import_time(name):.0f} ms"
        print(f"| {title} | {speed} | {imported} | {named} | {exact} | {meant} | {made} |")
    converting = min(seconds(lambda node: (plain(node), []), nodes) for _ in range(ROUNDS))
    print(f"\nOf this, trees into dictionaries, which only msgspec and pydantic need: {converting:.2f} s.")
    spent = ", ".join(f"{title} {best[name]:.2f} s" for name, (title, _make) in present.items())
    print(f"Seconds in all: {spent}.")


if __name__ == "__main__":
    main()
