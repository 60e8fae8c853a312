"""Reading the folder's trees into records: what is gathered on the way, and how a value is read."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from pmkit.model.tree import Node
from pmkit.problems import Fault, Problem, Severity


class LeftOut:
    """Stands where something was too broken to read; what depends on it stays silent."""

    __slots__ = ()


LEFT_OUT = LeftOut()


class Pointer(str):
    """A word that points at a private fact without telling it, as `deal` for a rate."""

    __slots__ = ()


class Reader:
    """Reads one production: gathers every problem, and remembers what had to be left out.

    `categories` are the breakdown categories that scenes may have as keys. `left_out` holds the
    names of collections (`strips`, `cast`, `scenes`) of which something is missing, so that no
    check draws conclusions from the gap.
    """

    __slots__ = ("categories", "left_out", "problems", "quiet", "series")

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.left_out: set[str] = set()
        self.categories: dict[str, str] = {}
        self.series = False
        # Files of which it has been said already that they lie outside private/.
        self.quiet: set[str] = set()

    def add(self, fault: Fault, node: Node, severity: Severity = "error") -> LeftOut:
        """Notes what is wrong with a node and leaves its value out."""
        self.problems.append(fault.at(node.place, severity))
        return LEFT_OUT


class Kind(ABC):
    """How a value is read from a node, and how an editor is told about it."""

    __slots__ = ()

    @abstractmethod
    def read(self, node: Node, reader: Reader) -> Any:
        """The value, or `LEFT_OUT` after noting why."""

    @abstractmethod
    def schema(self, defs: dict[str, Any]) -> dict[str, Any]:
        """The JSON Schema of the value; records are put into `defs` and referred to."""
