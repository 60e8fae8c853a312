"""JSON Schemas of the folder's files, made from the records that read them, for editors that complete and check.

They follow JSON Schema 2020-12. An editor reads YAML with its types, so text may be a number or
a yes there; what only pmkit can judge (times, dates, references) is left to `pmkit validate`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from pmkit import disk
from pmkit.files.sections import SECTIONS, Section
from pmkit.model import kinds as k
from pmkit.model.production import Settings
from pmkit.model.record import Record

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
FOLDER: Final = ".pmkit/schema"
ONE_A_FILE: Final = frozenset({"boards", "calls", "daily", "requests", "answers", "po"})
"""Sections kept one key a file: their schema is that of `NAME/KEY.yaml`."""
_PRIVATE_TOO: Final = ("crew", "cast", "requests")
_RESERVED: Final = {"locations": "sets", "schedule": "boneyard", "boards": "boneyard"}


def names() -> dict[str, str]:
    """Every schema by name, with the files it is for."""
    files = {"production": "production.yaml"}
    for name in SECTIONS:
        private = "private/" if name in ("deals", "budget", "periods", "cashflow", "po", "answers") else ""
        files[name] = f"{private}{name}/KEY.yaml" if name in ONE_A_FILE else f"{private}{name}.yaml"
        if name not in ONE_A_FILE and isinstance(SECTIONS[name].kind, k.MappingOf):
            files[f"{name}-key"] = f"{private}{name}/KEY.yaml"
    for name in _PRIVATE_TOO:
        files[f"private-{name}"] = f"private/{files[name]}"
    return files


def schema(name: str, settings: Settings) -> dict[str, Any]:
    """One schema by its name (`names`), with the production's own breakdown categories."""
    bare, defs = name.removeprefix("private-"), dict[str, Any]()
    if bare == "production":
        root, owner = k.record_schema(Settings, defs), "production manager"
    else:
        section = SECTIONS[bare.removesuffix("-key")]
        root, owner = _root(bare, section, settings, defs), section.owner
    _own_categories(defs, settings)
    made = {
        "$schema": DIALECT,
        "title": f"{names()[name]} of {settings.title}" if settings.title else names()[name],
        "description": f"Whose it is: {owner}.",
        **_as_editors_read(root),
        "$defs": {key: _as_editors_read(value) for key, value in sorted(defs.items())},
    }
    if name.startswith("private-"):
        _loosen(made)
    return made


def write(root: Path, settings: Settings) -> Path:
    """Writes every schema into the production's `.pmkit/schema/`; returns that folder."""
    folder = root / FOLDER
    disk.write_all(
        (disk.File(folder / f"{name}.json", text(schema(name, settings)).encode()) for name in names()),
        root=root,
        durable=False,
    )
    return folder


def text(made: dict[str, Any]) -> str:
    """A schema as it is printed."""
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def _root(name: str, section: Section, settings: Settings, defs: dict[str, Any]) -> dict[str, Any]:
    kind = section.kind
    one = name.endswith("-key") or (name in ONE_A_FILE and name != "boards")  # a board is read as one already
    if one and isinstance(kind, k.MappingOf):
        kind = kind.value
    if name == "breakdown" and settings.kind == "series":
        kind = k.MappingOf(k.text, kind)
    root = kind.schema(defs)
    key = _RESERVED.get(name)
    if key and section.also is not None:
        root = {**root, "properties": {key: section.also.schema(defs)}}
    if isinstance(kind, k.MappingOf) and kind.key is k.ident:
        root["propertyNames"] = {"pattern": k.ident.pattern}
    return root


def _own_categories(defs: dict[str, Any], settings: Settings) -> None:
    """Where a record takes breakdown categories as keys, exactly the production's are named."""
    records = {record.__name__: record for record in _all_records(Record)}
    for name, made in defs.items():
        if records[name].rest:
            told = next((form for form in made.get("anyOf", [made]) if "properties" in form), made)
            value = told["additionalProperties"]
            for key, title in settings.category_names().items():
                told["properties"].setdefault(key, {**value, "description": title})
            told["additionalProperties"] = False


def _all_records(record: type[Record]) -> list[type[Record]]:
    return [found for child in record.__subclasses__() for found in (child, *_all_records(child))]


def _as_editors_read(made: Any) -> Any:
    """A schema with what an editor needs told: whole patterns, plain yes and no, and keys left empty."""
    if isinstance(made, list):
        return [_as_editors_read(one) for one in made]
    if not isinstance(made, dict):
        return made
    told = {key: _as_editors_read(value) for key, value in made.items()}
    if told.get("description") == k.flag.note and "properties" not in told:
        told["type"] = "boolean"
    if isinstance(told.get("pattern"), str):
        told["pattern"] = f"^(?:{told['pattern']})$"
    if told.get("type") == "object" and "required" not in told:
        told["type"] = ["object", "null"]
    return told


def _loosen(made: Any) -> None:
    """What `private/` adds needs not be whole: the rest stands outside."""
    for value in made.values() if isinstance(made, dict) else made:
        if isinstance(value, dict):
            value.pop("required", None)
        if isinstance(value, (dict, list)):
            _loosen(value)
