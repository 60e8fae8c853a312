"""Frozen values that cost nothing to declare.

`@frozen` makes of a class with annotated fields what `dataclass(frozen=True)` makes of it. It
writes no source text and compiles none, which for the twenty values between a folder and its
problems is a tenth of `pmkit validate`. Reports, loaded by the command that prints them, are
ordinary dataclasses.
"""

from __future__ import annotations

from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")
FIELDS = "_frozen_fields"


@dataclass_transform(frozen_default=True)
def frozen(cls: type[T]) -> type[T]:
    """A class whose instances hold their annotated fields, compare by them, and do not change."""
    names = tuple(cls.__dict__["__annotations__"])
    defaults = {name: cls.__dict__[name] for name in names if name in cls.__dict__}
    required = frozenset(name for name in names if name not in defaults)

    def __init__(self: Any, *values: Any, **by_name: Any) -> None:
        own = self.__dict__
        if by_name or len(values) != len(names):
            own.update(defaults)
            own.update(by_name)
            own.update(zip(names, values, strict=False))
            if len(values) > len(names) or len(own) != len(names) or not required <= own.keys():
                raise TypeError(f"{cls.__name__} has the fields {', '.join(names)}")
        else:
            own.update(zip(names, values, strict=True))

    def __eq__(self: Any, other: object) -> Any:
        if type(other) is not type(self):
            return NotImplemented
        return all(self.__dict__[name] == other.__dict__[name] for name in names)

    def __hash__(self: Any) -> int:
        return hash(tuple(self.__dict__[name] for name in names))

    def __repr__(self: Any) -> str:
        return f"{cls.__name__}({', '.join(f'{name}={self.__dict__[name]!r}' for name in names)})"

    def __setattr__(self: Any, name: str, value: object) -> None:
        raise AttributeError(f"{cls.__name__} is frozen")

    # cached_property keeps what it found in the instance's dict, so there are no slots.
    for made in (__init__, __eq__, __hash__, __repr__, __setattr__):
        setattr(cls, made.__name__, made)
    setattr(cls, FIELDS, names)
    return cls


def but(value: T, **values: Any) -> T:
    """The same frozen value with some fields changed; what it had found of itself is found anew."""
    return type(value)(**{**{name: getattr(value, name) for name in fields_of(value)}, **values})


def fields_of(value: object) -> tuple[str, ...]:
    """The names of a frozen value's fields, in order; none for anything else."""
    found: tuple[str, ...] = getattr(type(value), FIELDS, ())
    return found
