"""A production folder read whole: files in, a `Production` and every problem out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pmkit.files.episodes import misplaced
from pmkit.files.gather import PRIVATE, Changed, Gathering
from pmkit.files.sections import MONEY, SECTIONS, Section
from pmkit.model.kinds import same_scene
from pmkit.model.production import Production, Settings
from pmkit.model.record import LEFT_OUT, Reader
from pmkit.model.schedule import Board
from pmkit.model.tree import Mapping, Node, Scalar
from pmkit.problems import Place, Problem, in_order

if TYPE_CHECKING:
    from pmkit.model.breakdown import Scene
    from pmkit.model.chart import Chart
    from pmkit.model.ledger import EfcChange, LedgerRow

# What nobody can judge without production.yaml: which units, categories and episodes there are.
UNSETTLED = frozenset({"production", "units", "breakdown", "scene"})
# The same where only one of its fields cannot be read.
UNREAD = {"units": {"units"}, "kind": UNSETTLED, "categories": UNSETTLED - {"units"}, "timezone": {"timezone"}}


class Folder:
    """What was found: the production, all problems in order, and the files' text for showing them."""

    def __init__(
        self,
        root: Path,
        production: Production,
        problems: Iterable[Problem] = (),
        files: dict[str, bytes] | None = None,
    ) -> None:
        self.root = root
        self.production = production
        self.problems = list(problems)
        self.files = files if files is not None else {}

    def line(self, file: str, number: int) -> str | None:
        """A line of a file as it stands there, without its end; None if there is none."""
        data = self.files.get(file)
        if data is None or number < 1:
            return None
        lines = data.decode("utf-8-sig", "replace").split("\n")
        return lines[number - 1].rstrip("\r") if number <= len(lines) else None

    @property
    def errors(self) -> list[Problem]:
        """The problems that are errors."""
        return [problem for problem in self.problems if problem.severity == "error"]


def read(root: Path, parts: Iterable[str] | None = None, instead: Changed | None = None) -> Folder:
    """Reads a production folder, or only the sections a document needs.

    `parts` are names of sections (`crew`, `schedule`, `budget`, `costs` …); None reads all.
    `instead` are files as they would be after a change: what would the folder say then?
    Nothing a folder holds makes this raise; `Stop` when the folder itself cannot be listed.
    """
    gathering = Gathering(root, instead or {})
    reader = Reader()
    settings = _settings(gathering, reader)
    reader.categories = settings.category_names()
    reader.series = settings.kind == "series"
    wanted = set(SECTIONS) | {"costs"} if parts is None else set(parts)
    values: dict[str, Any] = {}
    for name, section in SECTIONS.items():
        if name in wanted:
            tree = gathering.whole_section(name)
            if tree is not None and not (name == "breakdown" and "production" in reader.left_out):
                _outside(name, section, tree, reader, gathering)
                values.update(_read_section(name, section, tree, reader, gathering))
                if name in gathering.hidden:
                    _hidden_outside(name, section, gathering.hidden[name], reader)
    if "costs" in wanted:
        values["ledger"], values["efc_changes"] = _costs(gathering, settings, values, rows=parts is None)
    if parts is None:
        gathering.strangers()
    left_out = frozenset(reader.left_out | gathering.broken)
    private = (root / PRIVATE).is_dir() and not (root / PRIVATE).is_symlink()
    production = Production(settings=settings, has_private=private, left_out=left_out, **values)
    problems = _without_echoes(gathering.problems + reader.problems)
    return Folder(root, production, in_order(problems), gathering.files)


def _settings(gathering: Gathering, reader: Reader) -> Settings:
    tree = gathering.whole_section("production")
    if tree is None or not tree.values:
        if tree is not None:
            hint = "it says at least two things: pmkit: 1, and title: The Salt Road"
            gathering.problems.append(Problem("missing-field", Place(tree.file), "this file is empty", hint))
        reader.left_out |= UNSETTLED
        return Settings(pmkit=1, title="")
    settings = Settings.read(tree, reader)
    for key, unsettled in UNREAD.items():
        if key in tree.values:
            trial = Reader()
            Settings.fields[key].kind.read(tree.values[key], trial)
            if trial.problems:
                reader.left_out |= unsettled
    if not isinstance(settings, Settings):
        # What is wrong has been said; all the rest of the file still counts.
        settings = Settings.read(_filled(tree, {"pmkit": "1", "title": ""}), Reader())
    return settings if isinstance(settings, Settings) else Settings(pmkit=1, title="")


def _filled(tree: Mapping, needed: dict[str, str]) -> Mapping:
    nodes = {key: Scalar(tree.file, tree.line, tree.column, 0, 0, 0, text) for key, text in needed.items()}
    keys, values = {**tree.keys, **nodes}, {**tree.values, **nodes}
    return Mapping(tree.file, tree.line, tree.column, tree.length, tree.start, tree.end, keys, values, tree.flow)


def _read_section(
    name: str, section: Section, tree: Mapping, reader: Reader, gathering: Gathering | None = None
) -> dict[str, Any]:
    if name == "locations":
        tree, sets = _apart(tree, "sets")
        values: dict[str, Any] = {"locations": section.kind.read(tree, reader)}
        if sets is not None:
            before = len(reader.problems)
            values["sets"] = section.also.read(sets, reader) if section.also else {}
            if len(reader.problems) > before:
                reader.left_out.add("sets")
            if isinstance(sets, Mapping):
                values["set_places"] = {key: node.place for key, node in sets.values.items()}
    elif name == "schedule":
        tree, boneyard = _apart(tree, "boneyard")
        values = {"board": _board(tree, boneyard, section, reader)}
    elif name == "boards":
        boards = {}
        for key, child in tree.values.items():
            if isinstance(child, Mapping):
                rest, boneyard = _apart(child, "boneyard")
                boards[key] = _board(rest, boneyard, section, reader)
            else:
                section.kind.read(child, reader)
        values = {"boards": boards}
    elif name == "breakdown":
        values = {"scenes": _scenes(tree, section, reader)}
    elif name == "budget":
        budget = section.kind.read(tree, reader)
        typed = "" if budget is LEFT_OUT else budget.chart
        values = {"budget": budget, "chart": _chart(typed, gathering) if typed else None}
    else:
        values = {section.name: section.kind.read(tree, reader)}
    none_for = {"budget": None, "chart": None, "cashflow": None}
    return {key: none_for.get(key, {}) if value is LEFT_OUT else value for key, value in values.items()}


def _chart(typed: str, gathering: Gathering | None) -> Chart | None:
    """The chart a budget names: a file of the production's own in `charts/`, else one that comes with pmkit.

    `mine@2` is `charts/mine@2.csv`, or `charts/mine.csv` if that says it is version 2.
    """
    from pmkit.files import chart

    name, _, version = typed.partition("@")
    folders = [f"{under}{chart.FOLDER}" for under in ("", f"{PRIVATE}/")] if gathering is not None else []
    for word, folder in [(word, folder) for word in dict.fromkeys((typed, name)) for folder in folders]:
        if gathering is not None and f"{word}.csv" in gathering.names(folder):
            file = f"{folder}/{word}.csv"
            data = gathering.load(file)
            if isinstance(data, Problem):
                gathering.problems.append(data)
                return None
            gathering.files[file] = data
            found, problems = chart.read(data, file)
            if word != typed and found.version != version:
                continue
            gathering.problems += problems
            return found
    return chart.shipped(typed)


def _apart(tree: Mapping, key: str) -> tuple[Mapping, Node | None]:
    if key not in tree.values:
        return tree, None
    keys = {k: node for k, node in tree.keys.items() if k != key}
    values = {k: node for k, node in tree.values.items() if k != key}
    rest = Mapping(tree.file, tree.line, tree.column, tree.length, tree.start, tree.end, keys, values, tree.flow)
    return rest, tree.values[key]


def _board(tree: Mapping, boneyard: Node | None, section: Section, reader: Reader) -> Board:
    units = section.kind.read(tree, reader)
    strips = section.also.read(boneyard, reader) if boneyard is not None and section.also else ()
    board = Board(units={} if units is LEFT_OUT else units, boneyard=() if strips is LEFT_OUT else strips)
    return board.standing_at(tree)


def _scenes(tree: Mapping, section: Section, reader: Reader) -> dict[str, Scene]:
    """Scenes by number; in a series the first level is the episode and the key reads `101-12A`."""
    scenes: dict[str, Scene] = {}
    seen: dict[str, Scene] = {}
    levels: list[tuple[str, Node]] = list(tree.values.items()) if reader.series else [("", tree)]
    for episode, level in levels:
        if (slip := misplaced(episode, level, reader.series)) is not None:
            reader.problems.append(slip)
            reader.left_out.add("scene")
            continue
        read = section.kind.read(level, reader)
        for number, scene in ({} if read is LEFT_OUT else read).items():
            key = f"{episode}-{number}" if episode else number
            first = seen.get(same_scene(key))
            if first is not None:
                message = f"scene {number} is scene {first.number} again, which stands in line {first.key_place().line}"
                hint = "12a and 12A are one scene: keep one of the two"
                reader.problems.append(Problem("duplicate-id", _key_place(level, number), message, hint))
                continue
            seen[same_scene(key)] = scenes[key] = scene.but(episode=episode) if episode else scene
    return scenes


def _key_place(level: Node, key: str) -> Place:
    return level.key_place(key) if isinstance(level, Mapping) else level.place


def _costs(
    gathering: Gathering, settings: Settings, values: dict[str, Any], *, rows: bool
) -> tuple[Sequence[LedgerRow], tuple[EfcChange, ...]]:
    folders = [f"{under}{efc}" for under in (f"{PRIVATE}/costs", "costs") for efc in ("", "/efc")]
    files = [f"{folder}/{name}" for folder in folders for name in gathering.names(folder) if name.endswith(".csv")]
    if not files:
        return (), ()
    from pmkit.files import ledger
    from pmkit.model.ledger import Ledger, LedgerPart

    parts: list[LedgerPart] = []
    ids: list[set[str]] = []
    changes: list[EfcChange] = []
    budget = values.get("budget")
    rates = budget.currencies if budget is not None else {}
    for file in files:
        data = gathering.load(file)
        if isinstance(data, Problem):
            gathering.problems.append(data)
            continue
        gathering.files[file] = data
        if file.startswith("costs/"):
            message = "costs are money and lie outside private/"
            hint = f"move it to {PRIVATE}/{file}"
            gathering.problems.append(Problem("private-outside", Place(file), message, hint, "warning"))
        if "/efc/" in file:
            found, problems = ledger.read_efc(data, file)
            changes += found
        else:
            part, more, problems = ledger.read_part(data, file, settings.currency, rates, rows=rows)
            parts.append(part)
            ids.append(more)
        gathering.problems += problems
        if problems:
            gathering.broken.add("ledger")
    whole = Ledger(parts)
    if len(ids) > 1 and len(set().union(*ids)) < sum(map(len, ids)):
        whole, twice = ledger.once(whole, settings.currency)
        gathering.problems += twice
    return whole, tuple(changes)


def _outside(name: str, section: Section, tree: Mapping, reader: Reader, gathering: Gathering) -> None:
    """A whole file of money outside `private/` is said once, not once a field."""
    if name not in MONEY:
        return
    files = {tree.file, *(node.file for node in tree.values.values())}
    for file in sorted(f for f in files if not f.startswith(f"{PRIVATE}/")):
        reader.quiet.add(file)
        message = f"{MONEY[name]} money and {'lies' if MONEY[name].endswith('is') else 'lie'} outside private/"
        hint = f"move it to {PRIVATE}/{file}"
        gathering.problems.append(Problem("private-outside", Place(file), message, hint, "warning"))


def _hidden_outside(name: str, section: Section, outer: Mapping, reader: Reader) -> None:
    """What is private and lies in the outer file, also where `private/` says it otherwise and is believed."""
    trial = Reader()
    trial.categories, trial.series, trial.quiet = reader.categories, reader.series, reader.quiet
    _read_section(name, section, outer, trial)
    said = {problem.place for problem in reader.problems if problem.code == "private-outside"}
    found = (problem for problem in trial.problems if problem.code == "private-outside" and problem.place not in said)
    reader.problems += found


def _without_echoes(problems: list[Problem]) -> list[Problem]:
    """A secret is said once: as a secret, not as an unknown field too."""
    secret = {(p.place.file, p.place.line) for p in problems if p.code == "secret-in-folder"}
    return [p for p in problems if p.code != "unknown-field" or (p.place.file, p.place.line) not in secret]
