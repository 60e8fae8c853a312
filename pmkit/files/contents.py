"""What stands under keys, moved from key to key, and keys and words typed anew.

The text under a key moves as it is written, with the comments inside it and at the end of its
lines; comments on lines of their own between the keys stay where they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping as Given
from typing import Any

from pmkit.files import notation, steps
from pmkit.files.notation import Value
from pmkit.files.splice import Page, Splice
from pmkit.files.steps import Step
from pmkit.model.tree import Mapping, Scalar


class Contents(Page):
    """Moving what stands under keys; typing a key or a word anew."""

    def shift(self, path: Iterable[Step], moves: Given[str, str], fresh: Given[str, Value | None]) -> None:
        """What stood under one key of a record stands under another.

        `moves` says for a key whose content it gets; `fresh` gives a key a value written anew, or
        None to take it out. A key that is not there yet comes after the last one before it in
        order.
        """
        path = [*path]
        self._settle()
        node = self._find(path)
        if not isinstance(node, Mapping):
            raise self._stop(f"{steps.said(path)} has no fields")
        wanted: dict[str, Any] = steps.below(self._wanted, path)
        texts = {key: self._text[slice(*self._stretch(node, key))] for key in node.values}
        values = dict(wanted)
        new: dict[str, str] = {}
        for key, source in moves.items():
            wanted[key] = values[source]
            new[key] = texts[source]
        gone = [key for key, value in fresh.items() if value is None]
        for key, value in fresh.items():
            if value is None:
                del wanted[key]
            else:
                wanted[key] = steps.meant(value)
                new[key] = f" {notation.flow(value)}"
        for key, text in new.items():
            if key in node.values:
                self._splices.append(Splice(*self._stretch(node, key), text))
        self._add_keys(node, {key: text for key, text in new.items() if key not in node.values}, gone)
        self._settle()

    def rekey(self, path: Iterable[Step], new: str) -> None:
        """A key is typed anew; what stands under it stays. Of several, the deepest is changed first."""
        *above, old = path
        node = self._find(above)
        if not isinstance(node, Mapping):
            raise self._stop(f"{steps.said(above)} has no fields")
        key = node.keys[str(old)]
        self._splices.append(Splice(key.start, key.end, self._retyped(key, str(old), new, node.flow)))
        wanted: dict[str, Any] = steps.below(self._wanted, above)
        kept = [(new if name == old else name, value) for name, value in wanted.items()]
        wanted.clear()
        wanted.update(kept)

    def retype(self, path: Iterable[Step], new: str) -> None:
        """One value is typed anew, in the quotes it had."""
        *above, last = path
        holder, node = self._find(above), self._find([*above, last])
        if self._conflicts(node):
            self._settle()
            holder, node = self._find(above), self._find([*above, last])
        if not isinstance(node, Scalar) or node.text is None:
            raise self._stop(f"{steps.said([*above, last])} is no text")
        flow = getattr(holder, "flow", False)
        end = self._content_end(node)
        self._splices.append(Splice(node.start, end, self._retyped(node, node.text, new, flow)))
        self._spend(node)
        steps.below(self._wanted, above)[last] = new

    def _retyped(self, node: Scalar, old: str, new: str, flow: bool) -> str:
        written = self._text[node.start : self._content_end(node)]
        if written.count(old) == 1 and written != old and not set("\\\"'\n\r\t") & set(new) and new.isprintable():
            return written.replace(old, new)
        return notation.scalar(new, flow, quoted=written[:1] in ("'", '"'))

    # ---- where the content of a key stands

    def _stretch(self, node: Mapping, key: str) -> tuple[int, int]:
        """From after the colon to the end of the content's last line, its comment included."""
        start = self._key_end(node.keys[key])
        end = max(start, self._content_end(node.values[key]))
        return start, end if node.flow else self._line_end(end)

    def _entry(self, node: Mapping, key: str, gone: list[str]) -> tuple[int, int]:
        """A key's whole lines; between braces, from its comma to the next."""
        start, end = node.keys[key].start, self._stretch(node, key)[1]
        if not node.flow:
            return self._line_start(start), self._next_line(end)
        keys = [*node.values]
        index = keys.index(key)
        if index + 1 < len(keys):
            return start, node.keys[keys[index + 1]].start
        return (self._stretch(node, keys[index - 1])[1] if index and keys[index - 1] not in gone else start), end

    def _add_keys(self, node: Mapping, new: dict[str, str], gone: list[str]) -> None:
        """New keys, each after the last key before it in order; in the place of one that goes."""
        places: dict[str, list[str]] = {key: [] for key in gone}
        for key in sorted(new):
            above = max((name for name in node.values if name < key), default="")
            if not above:
                raise self._stop("a day would stand before the first")
            places.setdefault(above, []).append(f"{notation.scalar(key, flow=node.flow)}:{new[key]}")
        pad = " " * (node.column - 1)
        for above, lines in places.items():
            if above in gone:
                start, end = self._entry(node, above, gone)
                was = self._text[start:end]
                text = ", ".join(lines) if node.flow else self._end.join(pad + line for line in lines)
                if lines and node.flow:
                    first, last = was.startswith(","), was.rstrip().endswith(",")
                    text = f"{', ' if first else ''}{text}{', ' if last else ''}"
                elif lines and was.endswith(("\n", "\r")):
                    text += self._end
                self._splices.append(Splice(start, end, text))
                continue
            end = self._stretch(node, above)[1]
            text = "".join(f", {line}" if node.flow else f"{self._end}{pad}{line}" for line in lines)
            self._splices.append(Splice(end, end, text, node.column))
