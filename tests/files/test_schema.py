"""The schemas say of the folder's files what the readers say, as far as an editor can."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from pmkit import cli
from pmkit.files import dialect, folder as folders, schema
from pmkit.files.sections import SECTIONS
from pmkit.model.production import Settings
from pmkit.model.tree import Mapping, Node, Scalar, Sequence
from tests.conftest import SAMPLE

_TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}
_WORDS = {
    "type", "enum", "anyOf", "$ref", "properties", "additionalProperties", "required", "items", "propertyNames",
    "pattern", "description", "title", "$schema", "$defs",
}  # fmt: skip


def as_an_editor_reads(node: Node | None) -> Any:
    """A tree with YAML 1.2's own types, as an editor sees it."""
    if isinstance(node, Mapping):
        return {key: as_an_editor_reads(value) for key, value in node.values.items()}
    if isinstance(node, Sequence):
        return [as_an_editor_reads(item) for item in node.items]
    text = node.text if isinstance(node, Scalar) else None
    if text is None or not isinstance(node, Scalar) or not node.plain:
        return text
    if text in ("null", "Null", "NULL"):
        return None
    if text in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return text.lower() == "true"
    if re.fullmatch(r"[-+]?\d+", text):
        return int(text)
    if re.fullmatch(r"[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?", text):
        return float(text)
    return text


def faults(value: Any, told: dict[str, Any], defs: dict[str, Any], at: str = "") -> list[str]:
    """What a validator of JSON Schema would say, for the words that the schemas use."""
    assert told.keys() <= _WORDS, told.keys() - _WORDS
    if "$ref" in told:
        return faults(value, defs[told["$ref"].removeprefix("#/$defs/")], defs, at)
    found: list[str] = []
    if "anyOf" in told and all(faults(value, form, defs, at) for form in told["anyOf"]):
        found.append(f"{at}: {value!r} is none of the forms")
    if "enum" in told and value not in told["enum"]:
        found.append(f"{at}: {value!r} is not of {told['enum']}")
    types = told.get("type", [])
    types = [types] if isinstance(types, str) else types
    if types and not any(_is(value, one) for one in types):
        found.append(f"{at}: {value!r} is no {types}")
    if isinstance(value, str) and "pattern" in told and not re.search(told["pattern"], value):
        found.append(f"{at}: {value!r} does not match")
    if isinstance(value, list) and "items" in told:
        found += [fault for n, one in enumerate(value) for fault in faults(one, told["items"], defs, f"{at}[{n}]")]
    if isinstance(value, dict):
        found += [f"{at}: lacks {key}" for key in told.get("required", []) if key not in value]
        rest = told.get("additionalProperties", True)
        for key, one in value.items():
            if key in told.get("properties", {}):
                found += faults(one, told["properties"][key], defs, f"{at}.{key}")
            elif rest is False:
                found.append(f"{at}: has no {key}")
            elif isinstance(rest, dict):
                found += faults(key, told.get("propertyNames", {}), defs, f"{at} key")
                found += faults(one, rest, defs, f"{at}.{key}")
    return found


def _is(value: Any, one: str) -> bool:
    if one in ("number", "integer"):
        return isinstance(value, (int, float) if one == "number" else int) and not isinstance(value, bool)
    return isinstance(value, _TYPES[one])


def name_for(path: Path) -> str:
    """The schema of a file of the folder."""
    parts = path.with_suffix("").parts
    private = parts[0] == "private"
    section, *key = parts[private:]
    name = f"{section}-key" if key and section not in schema.ONE_A_FILE else section
    return f"private-{name}" if private and f"private-{name}" in schema.names() else name


SETTINGS = folders.read(SAMPLE, ()).production.settings
FILES = [
    path.relative_to(SAMPLE)
    for path in sorted(SAMPLE.rglob("*.yaml"))
    if path.relative_to(SAMPLE).parts[0] not in ("build", ".pmkit")
]


@pytest.mark.parametrize("file", FILES, ids=str)
def test_the_sample_follows_its_schemas(file):
    made = schema.schema(name_for(file), SETTINGS)
    tree, _ = dialect.read((SAMPLE / file).read_bytes(), str(file))
    assert faults(as_an_editor_reads(tree), made, made["$defs"]) == []


@pytest.mark.parametrize("name", schema.names())
def test_every_schema_is_whole(name):
    made = schema.schema(name, SETTINGS)
    assert made["$schema"] == schema.DIALECT
    assert json.loads(schema.text(made)) == made
    named = set(re.findall(r'"#/\$defs/(\w+)"', schema.text(made)))
    assert named <= set(made["$defs"])


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("crew", "camera: {people: [{name: Jun Ito}]}\n", ".camera.people[0]: lacks id"),
        ("crew", "camera: {poeple: []}\n", ".camera: has no poeple"),
        ("crew", "Camera: {people: []}\n", " key: 'Camera' does not match"),
        ("crew", "camera: {people: [{id: a, hired: no}]}\n", ".camera.people[0].hired: 'no' is no ['boolean']"),
        ("production", "pmkit: 1\n", ": lacks title"),
        ("production", "pmkit: 1\ntitle: X\nkind: film\n", ".kind: 'film' is not of"),
        ("breakdown", "12: {heading: X, porps: [a]}\n", ".12: has no porps"),
        ("calls", "stage: finall\n", ".stage: 'finall' is not of"),
    ],
)
def test_an_editor_sees_what_is_wrong(name, text, said):
    made = schema.schema(name, SETTINGS)
    tree, _ = dialect.read(text.encode(), "f.yaml")
    [fault] = faults(as_an_editor_reads(tree), made, made["$defs"])
    assert fault.startswith(said)


def test_the_productions_own_categories_are_keys_of_a_scene():
    keys = schema.schema("breakdown", SETTINGS)["$defs"]["Scene"]["properties"]
    assert set(SETTINGS.category_names()) <= set(keys)
    assert "tow_rig" in keys
    bare = schema.schema("breakdown", Settings(pmkit=1, title=""))["$defs"]["Scene"]["properties"]
    assert "tow_rig" not in bare
    assert "props" in bare


def test_in_a_series_the_episode_comes_first():
    made = schema.schema("breakdown", Settings(pmkit=1, title="", kind="series"))
    tree, _ = dialect.read(b"101:\n  12: {heading: INT. BAR - DAY, pages: 1}\n", "breakdown.yaml")
    assert faults(as_an_editor_reads(tree), made, made["$defs"]) == []


def test_every_section_has_a_schema():
    assert set(SECTIONS) | {"production"} <= set(schema.names())


def test_the_command_lists_prints_and_writes(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert cli.run(["schema"]) == 0
    assert ["crew", "crew.yaml"] in [line.split() for line in capsys.readouterr().out.splitlines()]
    assert cli.run(["schema", "crew"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "crew.yaml"
    assert cli.run(["schema", "crw"]) == 2
    assert "did you mean crew?" in capsys.readouterr().err
    assert cli.run(["schema", "--write"]) == 3
    capsys.readouterr()
    (tmp_path / "production.yaml").write_text("pmkit: 1\ntitle: T\ncategories: {ufos: Flying Saucers}\n")
    assert cli.run(["schema", "--write"]) == 0
    assert capsys.readouterr().out.strip() == ".pmkit/schema"
    written = json.loads((tmp_path / ".pmkit/schema/breakdown.json").read_text(encoding="utf-8"))
    assert "ufos" in written["$defs"]["Scene"]["properties"]
