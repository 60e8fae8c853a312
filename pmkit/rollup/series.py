"""The budget of a series by episode: its own lines, its share of the pattern, its share of what is amortised.

A line of an episode is that episode's. A line of the `pattern` is paid for each episode that
follows it. Every other line, and whatever is posted to `amort`, is shared out among all episodes
by the rule of `series: {amortise: …}`: equally, by shooting days, by pages of the breakdown, or
by typed shares. A shooting day on which several episodes are shot counts for them in equal parts.

All is in whole cents: an account's total is rounded once and shared out by the largest
remainder, so that rows and columns add up exactly. What an episode is short or over by in one row
is made up for in the next, so that its column is within a cent of its share too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from pmkit.model.budget import Budget
from pmkit.model.frozen import frozen
from pmkit.model.production import Production
from pmkit.model.series import AMORT, PATTERN
from pmkit.rollup import board
from pmkit.rollup.coding import Coding
from pmkit.rollup.commitments import to_minor
from pmkit.rollup.pieces import FRINGES, pieces
from pmkit.rollup.shares import Share, shared_by, whole_parts
from pmkit.rollup.totals import BudgetTotals


@frozen
class EpisodeRow:
    """An account or a charge by episode, in cents: each episode's own, what is amortised, and each one's whole."""

    coding: Coding
    own: dict[str, int]
    amortised: int
    by_episode: dict[str, int]
    total: int


@frozen
class SeriesTotals:
    """A budget by episode: accounts, then charges; the sum of each column, and the rule that shares out.

    `shares` are each episode's part of what is amortised; they add up to one.
    """

    episodes: tuple[str, ...]
    rule: str
    shares: dict[str, Fraction]
    accounts: tuple[EpisodeRow, ...]
    charges: tuple[EpisodeRow, ...]
    total: EpisodeRow


def following(production: Production) -> list[str]:
    """The episodes that follow the pattern: those that the budget names, else all of the series."""
    episodes = production.settings.episodes
    series = (production.budget or Budget()).series
    return [key for key in (series.pattern or episodes) if key in episodes]


def amortisation(production: Production) -> dict[str, Fraction]:
    """Each episode's share of what is amortised, by the budget's rule; equal when the rule has nothing to count."""
    episodes = list(production.settings.episodes)
    series = (production.budget or Budget()).series
    rule = series.amortise.rule
    weights: dict[str, Fraction] = dict.fromkeys(episodes, Fraction(0))
    if rule == "shares":
        weights |= {key: Fraction(share) for key, share in series.amortise.shares.items() if key in weights}
    elif rule == "pages":
        for scene in production.scenes.values():
            if scene.episode in weights and not scene.omitted:
                weights[scene.episode] += int(scene.pages or 0)
    elif rule == "days":
        for day in board.all_days(production):
            scenes = [production.scene(strip.scene) for strip in day.slot.scenes()]
            shot = dict.fromkeys(s.episode for s in scenes if s is not None and s.episode in weights)
            for episode in shot:
                weights[episode] += Fraction(1, len(shot))
    whole = sum(weights.values(), Fraction(0))
    if not whole:
        return {key: Fraction(1, len(episodes)) for key in episodes}
    return {key: weight / whole for key, weight in weights.items()}


def costs_by_episode(
    cents: Mapping[str, int], episodes: Sequence[str], shares: Mapping[str, Share]
) -> tuple[dict[str, int], int]:
    """Costs by the word of their `episode`, shared out: each episode's whole, and how much of it all was amortised.

    What stands under no episode of the series (none, `amort`, an episode nobody knows) is amortised.
    """
    amortised = sum(amount for word, amount in cents.items() if word not in episodes)
    found = shared_by(amortised, {key: shares.get(key, 0) for key in episodes}) if episodes else {}
    return {key: cents.get(key, 0) + found[key] for key in episodes}, amortised


def by_episode(totals: BudgetTotals, production: Production) -> SeriesTotals:
    """A budget by episode. An account's own parts are its lines', a charge's in proportion to all accounts."""
    episodes = tuple(production.settings.episodes)
    series = (production.budget or Budget()).series
    pattern = following(production)
    shares = amortisation(production)
    exact: dict[str, dict[str, Fraction]] = {}
    codings: dict[str, Coding] = {}
    for piece in pieces(totals.levels):
        own = exact.setdefault(piece.coding.number, dict.fromkeys((*episodes, AMORT), Fraction(0)))
        codings[piece.coding.number] = piece.coding
        word = piece.line.episode if piece.line is not None else AMORT
        if word == PATTERN and pattern:
            for key in pattern:
                own[key] += Fraction(piece.figure.value) / len(pattern)
        else:
            own[word if word in episodes else AMORT] += Fraction(piece.figure.value)
    whole = {account.coding.number: to_minor(account.total.value) for account in totals.accounts()}
    shared = _Amortised(episodes, shares)
    rows = []
    for number in (number for number in whole if number in exact):
        parts = whole_parts(whole[number], [amount * 100 for amount in exact[number].values()])
        rows.append(shared.row(codings[number], dict(zip(exact[number], parts, strict=True)), whole[number]))
    over_all = {key: sum(row.own[key] for row in rows) for key in episodes}
    over_all[AMORT] = sum(row.amortised for row in rows)
    weights = {key: max(cents, 0) for key, cents in over_all.items()}
    if not any(weights.values()):
        weights[AMORT] = 1
    charges = []
    for charge in totals.charges:
        cents, coding = (
            to_minor(charge.total.value),
            Coding(charge.charge.account, charge.charge.name, "", "", "charge"),
        )
        if charge.of_fringes:  # no charge: they are with their lines in an episode
            posted = whole_parts(cents, [amount * 100 for amount in exact[FRINGES].values()])
            charges.append(shared.row(coding, dict(zip(exact[FRINGES], posted, strict=True)), cents))
        else:
            charges.append(shared.row(coding, shared_by(cents, weights), cents))
    total = _sum(Coding("", "All accounts and charges", "", "", ""), [*rows, *charges], episodes)
    return SeriesTotals(episodes, series.amortise.rule, shares, tuple(rows), tuple(charges), total)


class _Amortised:
    """Shares out what is amortised row by row, and remembers what each episode was short of its share so far."""

    def __init__(self, episodes: tuple[str, ...], shares: Mapping[str, Fraction]) -> None:
        self._shares = shares
        self._short = dict.fromkeys(episodes, Fraction(0))

    def row(self, coding: Coding, parts: dict[str, int], cents: int) -> EpisodeRow:
        """A row of so many cents, of which `parts` are each episode's own and what is amortised."""
        amortised = parts[AMORT]
        due = {key: amortised * self._shares[key] + short for key, short in self._short.items()}
        spread = dict(zip(due, whole_parts(amortised, list(due.values())), strict=True)) if due else {}
        self._short = {key: due[key] - spread[key] for key in due}
        own = {key: parts[key] for key in due}
        return EpisodeRow(coding, own, amortised, {key: own[key] + spread[key] for key in due}, cents)


def _sum(coding: Coding, rows: Sequence[EpisodeRow], episodes: tuple[str, ...]) -> EpisodeRow:
    return EpisodeRow(
        coding,
        {key: sum(row.own[key] for row in rows) for key in episodes},
        sum(row.amortised for row in rows),
        {key: sum(row.by_episode[key] for row in rows) for key in episodes},
        sum(row.total for row in rows),
    )
