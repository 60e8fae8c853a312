"""One name changed in every file, and nothing else."""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

import pytest

from pmkit import cli, disk
from pmkit.files import change, dialect, folder, renaming
from pmkit.files.folder import Folder
from pmkit.files.sections import SECTIONS
from pmkit.files.splice import comments
from pmkit.model import kinds as k
from pmkit.model.cast import cast_number
from pmkit.model.production import Settings
from pmkit.rollup.mentions import NAMES, Naming
from tests.conftest import SAMPLE
from tests.productions import write


@pytest.fixture
def root(tmp_path, monkeypatch) -> Path:
    root = tmp_path / "SALT"
    shutil.copytree(SAMPLE, root, ignore=shutil.ignore_patterns("build", ".pmkit"))
    monkeypatch.chdir(root)
    return root


def files(root: Path) -> dict[str, str]:
    return {str(p.relative_to(root)): p.read_text() for p in sorted(root.rglob("*.*")) if p.suffix in (".yaml", ".csv")}


def rename(*words: str) -> int:
    return cli.run(["rename", *words])


def differing(before: dict[str, str], after: dict[str, str]) -> dict[str, list[tuple[str, str]]]:
    """The pairs of lines that differ, by file; the number of lines never changes."""
    found = {}
    for file in before.keys() & after.keys():
        old, new = before[file].splitlines(), after[file].splitlines()
        assert len(old) == len(new)
        pairs = [(a, b) for a, b in zip(old, new, strict=True) if a != b]
        if pairs:
            found[file] = pairs
    return found


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("scene", "7", "7X"), ("cast", "21", "900"), ("person", "mara-voss", "m-voss"),
        ("set", "MOTEL ROOM 6", "MOTEL ROOM 9"), ("location", "motel", "inn"), ("account", "3607", "3699"),
        *(pytest.param(*words, marks=pytest.mark.soak) for words in (
            ("scene", "12A", "12B"), ("cast", "7", "77"), ("person", "k-moss", "kit-moss"), ("person", "ana-ruiz", "ana-r"),
        )),
    ],
)  # fmt: skip
def test_every_reference_changes_and_nothing_else(root, capsys, kind, old, new):
    before = files(root)
    assert cli.run(["validate"]) == 0
    clean = capsys.readouterr().out
    assert rename(kind, old, new) == 0
    told = capsys.readouterr()
    pairs = differing(before, files(root))
    places = {
        line.partition(":")[0]: int(line.split()[1])
        for line in told.out.splitlines()
        if line.endswith(("place", "places"))
    }
    assert set(pairs) == {file for file in places if "/efc/" not in file or file in pairs}
    whole = re.compile(rf"(?<![\w-]){re.escape(old)}(?![\w-])")
    for file, changed in pairs.items():
        for was, now in changed:
            assert whole.search(was), file
            # Taking the new name back where the old one stood gives the line as it was.
            assert whole.sub(new, was).replace(new, old) == now.replace(new, old)
            assert was.partition("  #")[2] == now.partition("  #")[2]
    assert sum(places.values()) == int(re.search(r": (\d+) places? in", told.err)[1])
    cli.run(["validate"])
    out = capsys.readouterr().out
    if kind == "location":  # what the waiver is about is text, and stays: that is said
        assert "waives nothing" in out
        assert "production.yaml:48:36: this waiver is about motel in words" in told.err
    else:
        assert out.replace(new, old) == clean.replace(new, old)


def test_files_are_renamed_too(root, capsys):
    write(root, {"locations__barn": "name: Barn\n", "private__deals__x-new": "rate: 1/day\n"})
    crew = (root / "crew.yaml").read_text()
    (root / "crew.yaml").write_text(
        crew.replace(
            "production:\n  walkie: 1\n  people:\n", "production:\n  walkie: 1\n  people:\n    - {id: x-new, name: X}\n"
        )
    )
    assert rename("location", "barn", "shed") == 0
    assert (root / "locations/shed.yaml").read_text() == "name: Barn\n"
    assert not (root / "locations/barn.yaml").exists()
    assert rename("person", "x-new", "x-old") == 0
    assert sorted(p.name for p in (root / "private/deals").iterdir()) == ["x-old.yaml"]
    assert "- {id: x-old, name: X}" in (root / "crew.yaml").read_text()
    assert rename("person", "y-bergman", "yola") == 0
    assert {p.name for p in (root / "private/costs/efc").iterdir()} >= {"5-yola.csv", "7-yola.csv"}
    assert "1 renamed" not in capsys.readouterr().err.splitlines()[0]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("scene", "99", "100"), "there is no scene 99"),
        (("scene", "12", "12a"), "the scene 12a is there already"),
        (("cast", "1", "2"), "the cast number 2 is there already"),
        (("person", "k-moss", "ana-ruiz"), "the person ana-ruiz is there already"),
        (("person", "k-moss", "camera"), "camera is a department's id"),
        (("person", "k-moss", "K Moss"), "is not an id"),
        (("location", "motel", "sets"), "sets is a reserved word"),
        (("location", "motle", "inn"), "did you mean motel?"),
        (("set", "DINER", "diner kitchen"), "the set diner kitchen is there already"),
        (("set", "DINER", "CAFE: BAR"), "is no name of a set"),
        (("account", "3607", "36 07"), "is no name of an account"),
        (("account", "3607", "3609"), "the account 3609 is there already"),
    ],
)  # fmt: skip
def test_what_cannot_be_renamed_is_said_and_nothing_changes(root, capsys, words, said):
    before = files(root)
    assert rename(*words) == 3
    assert said in capsys.readouterr().err
    assert files(root) == before


def test_a_dry_run_writes_nothing(root, capsys):
    before = files(root)
    assert rename("scene", "12A", "12B", "--dry-run") == 0
    assert "Scene 12A would be 12B: 4 places in 4 files. Nothing is written" in capsys.readouterr().err
    assert files(root) == before
    assert rename("scene", "12A", "12A") == 0


def test_all_files_or_none(root, monkeypatch):
    before = files(root)
    real, written = disk.write, []

    def full_after_three(path, data, **how):
        written.append(path)
        if len(written) == 4:
            raise KeyboardInterrupt
        real(path, data, **how)

    monkeypatch.setattr(disk, "write", full_after_three)
    assert rename("person", "mara-voss", "m-voss") == cli.INTERRUPTED
    assert len(written) > 4  # those that were written were put back
    monkeypatch.setattr(disk, "write", real)
    assert files(root) == before


def test_a_file_changed_underneath_stops_all(root, capsys, monkeypatch):
    real = change.write

    def meanwhile(where, changes):
        (where / "daily/2025-10-23-main.yaml").write_text("day: 9\n")
        return real(where, changes)

    monkeypatch.setattr(change, "write", meanwhile)
    before = files(root)
    assert rename("scene", "12A", "12B") == 3
    assert "daily/2025-10-23-main.yaml has changed meanwhile; nothing was written" in capsys.readouterr().err
    assert {**files(root), "daily/2025-10-23-main.yaml": ""} == {**before, "daily/2025-10-23-main.yaml": ""}


def test_what_was_sent_stays_and_is_said(root, capsys):
    write(root, {"x": ""})
    (root / "x.yaml").unlink()
    (root / "mail/log").mkdir(parents=True)
    (root / "mail/log/2025-10.mara.jsonl").write_text('{"about": {"who": "k-moss"}}\n{"about": {"who": "j-bird"}}\n')
    assert rename("person", "k-moss", "kit-moss") == 0
    assert "mail/log/2025-10.mara.jsonl: 1 line of the past, under k-moss; they stay" in capsys.readouterr().err
    assert "k-moss" in (root / "mail/log/2025-10.mara.jsonl").read_text()


SERIES = {
    "production": "pmkit: 1\ntitle: T\nkind: series\nunits: {main: Main}\n",
    "breakdown__101": "12: {heading: INT. BAR - DAY}\n13: {heading: INT. BAR - BACK - DAY}\n",
    "breakdown": "102:\n  12: {heading: INT. BAR - DAY}   # 12\n",
    "schedule": 'main:\n  2025-10-13: {strips: ["101-12 part 1 of 2, 1/8", 102-12, {scene: 12, episode: 101, part: 2 of 2}]}\n',
    "boards": "winter:\n  boneyard: [101-12, 101-13]\n",
    "daily__2025-10-13-main": "scenes: {101-12: shot, 102-12: owed}\n",
    "locations": "pub: {name: Pub}\nsets: {BAR: pub, 'BAR, BACK': pub}\n",
    "private__budget": "globals: {n: cast(1) + location( pub ).days * location(pubs)}\naccounts: {1401: {lines: [{what: x, rate: 1, location: pub}]}}\n",
}


def test_a_series_renames_the_episodes_own_scene(tmp_path, monkeypatch, capsys):
    root = write(tmp_path, SERIES)
    monkeypatch.chdir(root)
    assert rename("scene", "101-12", "102-14") == 3
    assert "not of one episode" in capsys.readouterr().err
    assert rename("scene", "101-12", "101-12A") == 0
    assert (root / "breakdown/101.yaml").read_text().startswith("12A: {heading")
    assert (root / "breakdown.yaml").read_text() == SERIES["breakdown"]
    strips = '["101-12A part 1 of 2, 1/8", 102-12, {scene: 12A, episode: 101, part: 2 of 2}]'
    assert f"strips: {strips}" in (root / "schedule.yaml").read_text()
    assert "[101-12A, 101-13]" in (root / "boards.yaml").read_text()
    assert (root / "daily/2025-10-13-main.yaml").read_text() == "scenes: {101-12A: shot, 102-12: owed}\n"


def test_sets_within_sets_and_formulas(tmp_path, monkeypatch):
    root = write(tmp_path, SERIES)
    monkeypatch.chdir(root)
    assert rename("set", "bar", "TAVERN") == 0
    assert "INT. TAVERN - DAY" in (root / "breakdown/101.yaml").read_text()
    assert "INT. BAR - BACK - DAY" in (root / "breakdown/101.yaml").read_text()  # a set of its own
    assert "sets: {TAVERN: pub, 'BAR, BACK': pub}" in (root / "locations.yaml").read_text()
    assert rename("location", "pub", "inn") == 0
    budget = (root / "private/budget.yaml").read_text()
    assert "cast(1) + location( inn ).days * location(pubs)" in budget
    assert "location: inn}" in budget
    (root / "locations.yaml").write_text("inn: {name: Pub}\nsets: {TAVERN: inn}\n")
    (root / "breakdown.yaml").write_text("102:\n  12: {heading: INT. TAVERN - TAVERN DOOR - DAY}\n")
    assert rename("set", "TAVERN", "PUB") == 0
    assert "INT. PUB - TAVERN DOOR - DAY" in (root / "breakdown.yaml").read_text()
    (root / "breakdown.yaml").write_text("102:\n  12: {heading: INT. PUB}\n")
    assert rename("set", "PUB", "PUB - NIGHT") == 3  # the heading would be read as at night
    assert "INT. PUB}" in (root / "breakdown.yaml").read_text()


def test_every_field_that_holds_an_id_is_known_to_rename():
    """A new field of a kind that names things is listed in NAMES, or here as naming something else."""
    others = {
        ("Hire", "unit"), ("Scene", "unit"), ("Event", "unit"), ("Request", "unit"), ("Order", "unit"),
        ("Settings", "units"), ("Settings", "people"), ("Settings", "agreements"), ("Settings", "categories"),
        ("Settings", "palette"), ("DailyReport", "to"), ("Asked", "department"), ("Paper", "vendor"),
        ("Equipment", "department"), ("Equipment", "vendor"), ("Vehicle", "department"), ("Vehicle", "vendor"),
        ("Order", "vendor"), ("Deal", "fringes"), ("Line", "fringes"), ("Line", "groups"), ("Budget", "fringes"),
        ("Plan", "needs"), ("Strip", "location"), ("Account", "fringes"), ("Account", "groups"), ("Budget", "groups"),
    }  # fmt: skip
    known = {what for values, keys in NAMES.values() for what in (*values, *keys)} | others
    records, strange = [Settings], []
    seen = set()
    kinds = [section.kind for section in SECTIONS.values()] + [section.also for section in SECTIONS.values()]

    def held(kind, what):
        if isinstance(kind, k.Of):
            if kind.record not in seen:
                seen.add(kind.record)
                records.append(kind.record)
        elif isinstance(kind, k.ListOf):
            held(kind.item, what)
        elif isinstance(kind, k.MappingOf):
            held(kind.key, what)
            held(kind.value, what)
        elif isinstance(kind, k.Either):
            for form in (kind.value, kind.items, kind.fields):
                held(form, what)
        elif kind in (k.ident, k.scene, cast_number) and what is not None and what not in known:
            strange.append(what)

    for kind in kinds:
        held(kind, None)
    while records:
        record = records.pop()
        for field in record.fields.values():
            if not field.from_key:
                held(field.kind, (record.__name__, field.key))
    assert strange == []
    assert len(seen) > 30


# ---- at random


def names(read: Folder) -> list[tuple[str, str]]:
    production = read.production
    assert production.budget is not None
    return [
        *(("scene", name) for name in production.scenes),
        *(("cast", name) for name in production.cast),
        *(("person", name) for name in (*production.hires, *production.cast_by_id)),
        *(("set", name) for name in production.sets),
        *(("location", name) for name in production.locations),
        *(("account", name) for name in production.budget.accounts),
    ]


NEW = {
    "scene": "X900Y",
    "cast": "Z901",
    "person": "zz-nobody",
    "set": "ZZ PLACE 9",
    "location": "zz-place",
    "account": "9999",
}


def there_and_back(root: Path, chosen: list[tuple[str, str]]) -> None:
    """A name changed and changed back leaves every byte; between, every comment and value but the name."""
    start = folder.read(root)
    for kind, old in chosen:
        sets = tuple(start.production.sets)
        made = renaming.renamed(start, Naming(kind, old, NEW[kind], False, (*sets, old)))
        assert made.places
        there = folder.read(root, None, made.files())
        assert [p for p in there.problems if p.severity == "error"] == []
        for file, data in made.files().items():
            if data is not None and file.endswith(".yaml") and file in start.files:
                assert told(file, data) == told(file, start.files[file])
        back = renaming.renamed(there, Naming(kind, NEW[kind], old, False, (*sets, NEW[kind])))
        assert {**there.files, **back.files()} == {
            **start.files,
            **{f: d for f, d in back.files().items() if d is None},
        }


def told(file: str, data: bytes) -> list[str]:
    tree, _ = dialect.read(data, file)
    assert tree is not None
    return [text for _, text in comments(data.decode(), tree)]


def test_names_at_random_there_and_back(root):
    there_and_back(root, random.Random(3).sample(names(folder.read(root)), 6))


@pytest.mark.soak
def test_eighty_names_of_the_sample_there_and_back(root):
    there_and_back(root, random.Random(5).sample(names(folder.read(root)), 80))


def test_renames_one_after_another_keep_every_comment(root):
    chance = random.Random(11)
    before = folder.read(root)
    notes = sorted(note for file, data in before.files.items() if file.endswith(".yaml") for note in told(file, data))
    for number in range(5):
        read = folder.read(root)
        kind, old = chance.choice(names(read))
        new = {
            "scene": f"{700 + number}Q",
            "cast": f"{800 + number}",
            "account": f"{9900 + number}",
            "set": f"PLACE {number}",
        }
        made = renaming.renamed(
            read, Naming(kind, old, new.get(kind, f"new-{number}"), False, tuple(read.production.sets))
        )
        change.write(root, made.changes)
    after = folder.read(root)
    assert after.errors == []
    assert sorted(n for file, data in after.files.items() if file.endswith(".yaml") for n in told(file, data)) == notes
    assert len(after.production.scenes) == len(before.production.scenes)
    assert len(after.production.ledger) == len(before.production.ledger)
