"""Petty cash and cards: envelopes come to their total, in their state, and nobody holds more than the float."""

from __future__ import annotations

from collections.abc import Iterator

from pmkit.model.books import Envelope
from pmkit.model.ledger import LedgerRow
from pmkit.model.money import written
from pmkit.model.production import Production
from pmkit.model.record import meant
from pmkit.problems import Problem
from pmkit.rollup.commitments import to_minor
from pmkit.rollup.petty import KINDS, envelope_of, outstanding, spent


def envelopes(production: Production) -> Iterator[Problem]:
    """An envelope and its ledger rows do not agree.

    The rows of a posted envelope come to its total, tax included, and so do those of an audited one
    once it has some; an open one has no more than its total; a draft or void one has none. A petty cash or card row whose document is no
    envelope is told where such floats are kept.
    """
    if not production.petty or production.lacks("ledger", "petty"):
        return
    known: dict[str, Envelope] = {}
    for kept in production.petty.values():
        for number, envelope in kept.envelopes.items():
            if number in known:
                first = known[number].key_place().row
                message = f"envelope {number} stands in {first} already"
                yield Problem("duplicate-id", envelope.key_place(), message, "every envelope has a number of its own")
            known.setdefault(number, envelope)
    rows, strange = _by_envelope(production, known)
    for number, envelope in known.items():
        yield from _total(envelope, rows.get(number, []))
    for document, row in strange.items():
        what = f"envelope {document}" if document else "envelope: the row has no document"
        alike = [
            number for number in known if _figures(number) == _figures(document)
        ]  # another number is no misspelling
        hint = meant(document, alike, "add it to its holder in private/petty.yaml, with its total")
        yield Problem("unknown-envelope", row.place_of("document"), f"there is no {what}", hint, "warning")


def over_float(production: Production) -> Iterator[Problem]:
    """Somebody holds more cash of the production than their float allows."""
    if production.lacks("petty"):
        return
    for found in outstanding(production):
        if found.over:
            name = production.name_of(found.holder)
            message = f"{found.outstanding.value:,.2f} is out with {name}, {found.over:,.2f} more than the float"
            hint = "post the envelopes that are in, take cash back, or raise the float"
            yield Problem("over-float", found.float.place("float"), message, hint, "warning")


def unknown_holder(production: Production) -> Iterator[Problem]:
    """A float is with somebody who is neither crew nor cast."""
    if not production.petty or production.lacks("crew", "cast", "hire") or not production.hires:
        return
    for holder, kept in production.petty.items():
        if not production.knows_person(holder):
            hint = meant(holder, [*production.hires, *production.cast_by_id], "a float is kept under a person's id")
            yield Problem("unknown-person", kept.key_place(), f"nobody is called {holder}", hint)


def _by_envelope(
    production: Production, known: dict[str, Envelope]
) -> tuple[dict[str, list[LedgerRow]], dict[str, LedgerRow]]:
    kinds = {KINDS[kept.kind] for kept in production.petty.values()}
    rows: dict[str, list[LedgerRow]] = {}
    strange: dict[str, LedgerRow] = {}
    for row in production.ledger:
        if row.kind in kinds and row.account not in production.balance:
            number = envelope_of(row.document, known)
            if number:
                rows.setdefault(number, []).append(row)
            else:
                strange.setdefault(row.document.strip(), row)
    return rows, strange


def _figures(number: str) -> str:
    return "".join(letter for letter in number if letter.isdigit()).lstrip("0")


def _total(envelope: Envelope, rows: list[LedgerRow]) -> Iterator[Problem]:
    total, found = to_minor(envelope.total), sum(map(spent, rows))
    number, state = envelope.number, envelope.state
    if state in ("draft", "void"):
        if rows:
            hint = "a draft is still with its holder: open, audited, then posted" if state == "draft" else ""
            message = f"envelope {number} is {state} and has rows in the ledger: {rows[0].place.row}"
            yield Problem(
                "envelope-state", envelope.place("state"), message, hint or "void the rows by rows of their own"
            )
    elif found != total and (state == "posted" or found > total or (state == "audited" and rows)):
        short = total - found
        side = f"{written(short)} short of" if short > 0 else f"{written(-short)} over"
        message = f"the rows of envelope {number} come to {written(found)}, {side} its total"
        hint = f"they are in {rows[0].place.row}; receipts count with their tax" if rows else (
            f"no row has {number} as its document; until it is in the ledger it is open"
        )  # fmt: skip
        yield Problem("envelope-total", envelope.place("total"), message, hint)


CHECKS = (envelopes, over_float, unknown_holder)
