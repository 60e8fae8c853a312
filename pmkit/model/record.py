"""What a record of the folder is, declared once.

A `Record` subclass names its fields; each field says how its text is read (a `Kind`), which
privacy class it has and its default. From that one declaration come the reader with places,
the JSON Schema for editors, the privacy filter and the glossary check. Values are frozen.

Privacy classes, DESIGN section 7: `public`, `set` (who is on set needs it), `contact`, `money`,
`identity`, `health`, `minor`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Literal, Self, TypeVar, dataclass_transform

from pmkit.model import slips
from pmkit.model.reader import (
    LEFT_OUT as LEFT_OUT,
    Kind as Kind,
    LeftOut as LeftOut,
    Pointer as Pointer,
    Reader as Reader,
)
from pmkit.model.slips import did_you_mean as did_you_mean, meant as meant, said as said
from pmkit.model.tree import Mapping, Node, Scalar, place_in
from pmkit.problems import Fault, Place, Problem

Sees = Literal["public", "set", "contact", "money", "identity", "health", "minor"]
SEES: tuple[Sees, ...] = ("public", "set", "contact", "money", "identity", "health", "minor")
# What must lie in private/, the repository of its own.
PRIVATE: frozenset[str] = frozenset({"money", "identity", "health"})


_NO_DEFAULT: Any = object()


class Field:
    """One field: its key in YAML (the Python name without a trailing underscore), kind and class."""

    __slots__ = ("default", "from_key", "key", "kind", "name", "note", "private", "required", "sees")

    def __init__(self, kind: Kind, sees: Sees, default: Any, from_key: bool, note: str) -> None:
        self.kind = kind
        self.sees: Sees = sees
        self.default = default
        self.required = default is _NO_DEFAULT and not from_key
        self.from_key = from_key
        self.private = sees in PRIVATE
        self.note = note
        self.name = ""
        self.key = ""


def field(kind: Kind, sees: Sees, *, default: Any = _NO_DEFAULT, from_key: bool = False, note: str = "") -> Any:
    """Declares a field of a record. Without a default it is required.

    `from_key` fields hold the id under which the record stands in its mapping. `note` is the
    sentence an editor shows.
    """
    if sees not in SEES:
        raise TypeError(f"unknown privacy class {sees!r}")
    return Field(kind, sees, default, from_key, note)


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
class Record:
    """A frozen value read from the folder that knows where it stands.

    A subclass may set `rest` to a field whose keys are open (breakdown categories), and may
    define `from_text` to be read from a short form.
    """

    fields: ClassVar[dict[str, Field]] = {}
    rest: ClassVar[str] = ""
    node: Node | None
    key_node: Node | None
    _key_field: ClassVar[str] = ""
    _required: ClassVar[tuple[str, ...]] = ()
    _defaults: ClassVar[dict[str, Any]] = {}
    _typed: ClassVar[dict[str, Field]] = {}

    def __init_subclass__(cls) -> None:
        fields = dict(cls.fields)
        for name in cls.__dict__.get("__annotations__", {}):
            declared = cls.__dict__.get(name)
            if isinstance(declared, Field):
                declared.name, declared.key = name, name.rstrip("_")
                fields[declared.key] = declared
                delattr(cls, name)
                if declared.from_key:
                    cls._key_field = name
        cls.fields = fields
        cls._typed = {key: f for key, f in fields.items() if not f.from_key and key != cls.rest}
        cls._required = tuple(f.key for f in fields.values() if f.required)
        cls._defaults = {f.name: None if f.default is _NO_DEFAULT else f.default for f in fields.values()}
        cls._defaults["node"] = cls._defaults["key_node"] = None

    def __init__(self, **values: Any) -> None:
        unknown = values.keys() - self._defaults.keys()
        if unknown:
            raise TypeError(f"{type(self).__name__} has no {sorted(unknown)}")
        self.__dict__.update(self._defaults)
        self.__dict__.update(values)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen")

    __delattr__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, f.name) == getattr(other, f.name) for f in self.fields.values())

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        told = (f"{f.name}={getattr(self, f.name)!r}" for f in self.fields.values())
        return f"{type(self).__name__}({', '.join(t for t in told if not t.endswith(('=None', '=()', '={}')))})"

    def __reduce__(self) -> Any:
        return (_rebuild, (type(self), dict(self.__dict__)))

    def but(self, **values: Any) -> Self:
        """The same record with some values changed."""
        return _made(type(self), {**self.__dict__, **values})

    def standing_at(self, node: Node) -> Self:
        """The same record with the node it was read from."""
        return _made(type(self), {**self.__dict__, "node": node})

    def place(self, key: str = "", item: int | str | None = None) -> Place:
        """Where the record stands, or one of its fields, or an item of a field's list or mapping."""
        return place_in(self.node, key, item)

    def key_place(self) -> Place:
        """Where the id stands under which the record is typed; the record itself when it has none."""
        return self.key_node.place if self.key_node is not None else self.place()

    def given(self, key: str) -> bool:
        """Whether the field was typed, rather than left to its default."""
        return isinstance(self.node, Mapping) and key in self.node.values

    @classmethod
    def from_text(cls, text: str) -> dict[str, Any] | Fault | None:
        """Field values of the short form, why it cannot be read, or None if there is no short form."""
        return None

    @classmethod
    def read(cls, node: Node, reader: Reader, key: Any = None) -> Self | LeftOut:
        """Reads a record; whatever is wrong goes to the reader."""
        values = dict(cls._defaults)
        values["node"] = node
        if cls._key_field:
            values[cls._key_field] = key
        if not isinstance(node, Mapping):
            return cls._read_short(node, reader, values)
        before = len(reader.problems)
        whole = _read_fields(cls, node, reader, values)
        for name in cls._required:
            if name not in node.values:
                whole = False
                if _meant(name, reader.problems[before:]):
                    continue
                reader.add(_missing(cls, name), node)
        if not whole:
            reader.left_out.add(cls.__name__.lower())
            return LEFT_OUT
        return _made(cls, values)

    @classmethod
    def _read_short(cls, node: Node, reader: Reader, values: dict[str, Any]) -> Self | LeftOut:
        short = cls.from_text(node.text) if isinstance(node, Scalar) and node.text is not None else None
        if isinstance(short, dict):
            values.update(short)
            return _made(cls, values)
        if isinstance(node, Scalar) and node.text is None and short is None and not cls._required:
            return _made(cls, values)
        fault = slips.not_fields(_word(cls), node, list(cls._typed))
        if short is not None and fault.code == "not-fields":
            fault = short
        reader.left_out.add(cls.__name__.lower())
        return reader.add(fault, node)


R = TypeVar("R", bound=Record)


def _made(cls: type[R], values: dict[str, Any]) -> R:
    record = object.__new__(cls)
    record.__dict__.update(values)
    return record


def _rebuild(cls: type[Record], values: dict[str, Any]) -> Record:
    return _made(cls, values)


def _read_fields(cls: type[Record], node: Mapping, reader: Reader, values: dict[str, Any]) -> bool:
    whole = True
    typed = cls._typed
    rest: dict[str, Any] = {}
    for key, child in node.values.items():
        known = typed.get(key)
        if known is None:
            if cls.rest and key in reader.categories:
                value = cls.fields[cls.rest].kind.read(child, reader)
                if value is not LEFT_OUT:
                    rest[key] = value
            else:
                _unknown(cls, node, key, reader)
            continue
        if type(child) is Scalar and child.text is None:
            if known.required:
                reader.add(Fault(f"{key} is empty", "fill it in", "missing-field"), node.keys[key])
                whole = False
            continue
        value = known.kind.read(child, reader)
        if value is LEFT_OUT:
            whole = whole and not known.required
            continue
        if (
            known.private
            and type(value) is not Pointer
            and not child.file.startswith("private/")
            and child.file not in reader.quiet
        ):
            reader.problems.append(_outside(key, known, node, child))
        values[known.name] = value
    if cls.rest:
        values[cls.rest] = rest
    return whole


def _outside(key: str, known: Field, node: Mapping, child: Node) -> Problem:
    where = f"private/{child.file}"
    message = f"{key} is {'money' if known.sees == 'money' else 'a private matter'} and lies outside private/"
    return Problem("private-outside", node.key_place(key), message, f"move it to {where}, same keys", "warning")


def _unknown(cls: type[Record], node: Mapping, key: str, reader: Reader) -> None:
    """Notes a key that the record does not have; what was probably meant by it is missing."""
    known = [*cls._typed, *(reader.categories if cls.rest else ())]
    problem, meant = slips.unknown_key(_word(cls), node, key, known)
    if problem is not None and problem.code == "comma-ends-value":
        keys = list(node.values)
        cut = node.values[keys[keys.index(key) - 1]].place
        reader.problems[:] = [said for said in reader.problems if said.place != cut]
    if problem is not None:
        if cls.rest and not meant:
            problem = problem._replace(
                hint=f"a category of your own is added in production.yaml: categories: {{{key}: …}}"
            )
        reader.problems.append(problem)
    if meant:
        reader.left_out.add(cls.__name__.lower())


def _meant(name: str, problems: list[Problem]) -> bool:
    """Whether a missing field is there under a misspelt key, which has been said already."""
    return any(
        (p.code == "unknown-field" and p.hint == f"did you mean {name}?")
        or (p.code in ("missing-space", "missing-colon") and p.hint.startswith(f"write {name}:"))
        for p in problems
    )


def _missing(cls: type[Record], key: str) -> Fault:
    note = getattr(cls.fields[key].kind, "note", "")
    example = f" ({note})" if ":" in note else ""
    return Fault(f"{_word(cls)} has no {key}", f"add {key}: …{example}", "missing-field")


def _word(cls: type[Record]) -> str:
    name = (cls.__doc__ or cls.__name__).partition("\n")[0].partition(":")[0].partition(",")[0].rstrip(".")
    return name[:1].lower() + name[1:]


def records_in(value: object) -> Iterator[Record]:
    """Every record inside a value, itself first; lists and mappings are walked."""
    if isinstance(value, Record):
        yield value
        for f in value.fields.values():
            yield from records_in(getattr(value, f.name))
    elif isinstance(value, dict):
        for inner in value.values():
            yield from records_in(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from records_in(inner)
