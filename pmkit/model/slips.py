"""Slips of the hand, named for what they are: a comma that ended a value, a colon without its
space, a field with a letter too many.
"""

from __future__ import annotations

from collections.abc import Iterable

from pmkit.model.tree import Mapping, Node, Scalar, Sequence
from pmkit.problems import Fault, Problem

SHOWN = 14


def did_you_mean(typed: str, known: list[str]) -> str:
    """The nearest known word, or nothing."""
    from difflib import get_close_matches

    lower = {word.lower(): word for word in reversed(known)}
    close = get_close_matches(typed.lower(), list(lower), n=1, cutoff=0.6)
    return lower[close[0]] if close else ""


def meant(typed: str, known: Iterable[str], otherwise: str = "") -> str:
    """The hint about a word that is none: the nearest known one, else what to do instead."""
    close = did_you_mean(typed, list(known))
    return f"did you mean {close}?" if close else otherwise


def said(node: Node) -> str:
    """A node in a person's words: `a list`, `nothing`, `the text "x"`."""
    if isinstance(node, Mapping):
        return "fields"
    if isinstance(node, Sequence):
        return "a list"
    text = node.text if isinstance(node, Scalar) else None
    return "nothing" if text is None else f'the text "{text[:40]}"'


def listed(words: list[str]) -> str:
    """Words with commas, no more than anybody reads."""
    return f"{', '.join(words[:SHOWN])}{' …' if len(words) > SHOWN else ''}"


def unknown_key(what: str, node: Mapping, key: str, known: list[str]) -> tuple[Problem | None, str]:
    """What to say of a key that the record does not have, and the field that was probably meant.

    Nothing is said of what follows a slip and belongs to it.
    """
    place = node.key_place(key)
    if _goes_on(node, key, known):
        return None, key
    slip = key_slip(node, key, known)
    if slip is not None:
        return slip.at(place), key
    close = did_you_mean(key, known)
    hint = f"did you mean {close}?" if close else f"it has {listed(known)}"
    return Problem("unknown-field", place, f"{what} has no field {key}", hint), close


def colon_slip(text: str) -> str:
    """`name:Ana` with the space it lacks; nothing when it is no field without its space."""
    name, colon, value = text.partition(":")
    typed = colon and value.strip() and value[:1] not in " \t" and name.isidentifier() and name.islower()
    return f"{name}: {value.strip()}" if typed else ""


def missing_colon(text: str, known: list[str]) -> str:
    """`off weather` with the colon it lacks; nothing when its first word is no field."""
    name, space, value = text.partition(" ")
    return f"{name}: {value}" if space and name in known else ""


def key_slip(node: Mapping, key: str, known: list[str]) -> Fault | None:
    """In `{move: to the gas station, 1:00}` the comma ended the value: say so and quote the line."""
    child = node.values[key]
    if not (isinstance(child, Scalar) and child.text is None and child.plain):
        return None
    if spaced := colon_slip(key):
        if "\N{NO-BREAK SPACE}" in key:
            message = f"what stands after the colon in {key} is a no-break space, pasted from elsewhere"
            return Fault(message, f"write {spaced}", "missing-space")
        return Fault(f"a space is missing after the colon in {key}", f"write {spaced}", "missing-space")
    if not node.flow:
        return None
    keys = list(node.values)
    before = keys[keys.index(key) - 1] if keys.index(key) else ""
    first = node.values.get(before)
    if whole := missing_colon(key, known):
        return Fault(f"a colon is missing in {key}", f"write {whole}", "missing-colon")
    if not isinstance(first, Scalar) or not first.text:
        return Fault(f"{key} has no value", "inside { } write key: value, with commas between", "missing-colon")
    words = first.text + (", " if node.keys[key].start - first.end > 1 else ",") + key
    for later in keys[keys.index(key) + 1 :]:
        if not _goes_on(node, later, known):
            break
        words += f", {later}"
    quoted = f'{before}: "{words}"'
    return Fault(f"the comma before {key} ends the value of {before}", f"quote it: {quoted}", "comma-ends-value")


def _goes_on(node: Mapping, key: str, known: list[str]) -> bool:
    """Whether this key is text after a second comma of one slip: `address: 14 Main St, Los Angeles, CA`."""
    keys = list(node.values)
    at = keys.index(key)
    if not node.flow or at < 2 or not all(_bare(node, word) for word in (keys[at - 1], key)):
        return False
    first = next((node.values[word] for word in reversed(keys[:at]) if not _bare(node, word)), None)
    return isinstance(first, Scalar) and not any(missing_colon(w, known) or colon_slip(w) for w in (keys[at - 1], key))


def _bare(node: Mapping, key: str) -> bool:
    child = node.values[key]
    return isinstance(child, Scalar) and child.text is None and child.plain


def not_fields(what: str, node: Node, known: list[str]) -> Fault:
    """A record is wanted, and a list or a word stands there; a colon that lacks its space is named."""
    holds = next((key for key in ("people", "strips", "lines", "who") if key in known), "")
    text = node.text if isinstance(node, Scalar) and node.text else ""
    if spaced := colon_slip(text):
        return Fault(f"a space is missing after the colon in {said(node)}", f"write {spaced}", "missing-space")
    if whole := missing_colon(text, known):
        return Fault(f"a colon is missing in {said(node)}", f"write {whole}", "missing-colon")
    hint = f"write its fields, as in {known[0]}: …; they are {listed(known)}" if known else ""
    if isinstance(node, Sequence):
        hint = f"put {holds}: above it" if not node.flow else f"write {holds}: before it, in braces"
        if not holds:
            hint = f"take the dashes or brackets away; its fields are {listed(known)}"
    return Fault(f"{said(node)} stands where {what} is wanted", hint, "not-fields")
