"""Figures that know where they come from: a value, the rule that made it, and what it was made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from pmkit.model.frozen import frozen
from pmkit.problems import Place

T = TypeVar("T")


@frozen
class Figure(Generic[T]):
    """A computed value with its origin.

    `rule` says in the trade's words how it was made (`crew call less 0:30, camera's own call`);
    `of` holds the figures and the places in the folder it was made of. Only references are kept,
    so a figure costs no more than its value.
    """

    value: T
    rule: str
    of: tuple[Figure[Any] | Place, ...] = ()

    def places(self) -> tuple[Place, ...]:
        """Every place in the folder the figure rests on, each once, in order of use."""
        found: dict[Place, None] = {}
        waiting: list[Figure[Any] | Place] = [self]
        while waiting:
            origin = waiting.pop()
            if isinstance(origin, Place):
                found.setdefault(origin)
            else:
                waiting += reversed(origin.of)
        return tuple(found)

    def chain(self, shown: Callable[[Any], Any] = str) -> dict[str, Any]:
        """The whole chain for `--json`: value, rule, and what it was made of, down to file:line:column."""
        origins = [str(o) if isinstance(o, Place) else o.chain(shown) for o in self.of]
        return {"value": shown(self.value), "rule": self.rule, "of": origins}
