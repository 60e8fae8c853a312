"""The budget of a series by episode: its own lines, its share of the pattern, its share of what is amortised.

A line of an episode is that episode's. A line of the `pattern` is paid for each episode that
follows it. Every other line, and whatever is posted to `amort`, is shared out among all episodes
by the rule of `series: {amortise: …}`: equally, by shooting days, by pages of the breakdown, or
by typed shares. A shooting day on which several episodes are shot counts for them in equal parts.

All is in whole cents: an account's total is rounded once and shared out by the largest
remainder, so that rows and columns add up exactly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from pmkit.model.budget import Budget
from pmkit.model.frozen import frozen
from pmkit.model.production import Production
from pmkit.model.series import AMORT, PATTERN
from pmkit.rollup import board
from pmkit.rollup.coding import Coding
from pmkit.rollup.pieces import pieces
from pmkit.rollup.totals import BudgetTotals

Share = int | Fraction | Decimal


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


def shared_out(cents: int, shares: Mapping[str, Share]) -> dict[str, int]:
    """So many cents in whole cents by shares, which need not add up to one; the largest remainders get the odd cent.

    Of equal remainders the first gets it. With no shares at all, everything is shared equally.
    """
    weights = {key: Fraction(share) for key, share in shares.items()}
    whole = sum(weights.values(), Fraction(0))
    if not whole:
        weights, whole = dict.fromkeys(weights, Fraction(1)), Fraction(len(weights) or 1)
    exact = {key: Fraction(cents) * weight / whole for key, weight in weights.items()}
    found = {key: amount.numerator // amount.denominator for key, amount in exact.items()}
    left = cents - sum(found.values())
    for key in sorted(found, key=lambda k: found[k] - exact[k])[:left]:
        found[key] += 1
    return found


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
    found = shared_out(amortised, {key: shares.get(key, 0) for key in episodes}) if episodes else {}
    return {key: cents.get(key, 0) + found[key] for key in episodes}, amortised


def by_episode(totals: BudgetTotals, production: Production) -> SeriesTotals:
    """A budget by episode. An account's own parts are in proportion to its lines, a charge's to all accounts."""
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
    whole = {account.coding.number: _cents(account.total.value) for account in totals.accounts()}
    rows = [_row(codings[n], whole[n], exact[n], episodes, shares) for n in whole if n in exact]
    over_all = dict.fromkeys((*episodes, AMORT), Fraction(0))
    for row in rows:
        for key in episodes:
            over_all[key] += row.own[key]
        over_all[AMORT] += row.amortised
    charges = [
        _row(
            Coding(c.charge.account, c.charge.name, "", "", "charge"), _cents(c.total.value), over_all, episodes, shares
        )
        for c in totals.charges
    ]
    total = _sum(Coding("", "All accounts and charges", "", "", ""), [*rows, *charges], episodes)
    return SeriesTotals(episodes, series.amortise.rule, shares, tuple(rows), tuple(charges), total)


def _row(
    coding: Coding, cents: int, exact: dict[str, Fraction], episodes: tuple[str, ...], shares: dict[str, Fraction]
) -> EpisodeRow:
    """A row of so many cents: parts go by what they are exactly, each off by less than a cent."""
    if not sum(exact.values(), Fraction(0)):
        parts = {key: round(amount * 100) for key, amount in exact.items()}
        parts[AMORT] = cents - sum(parts[key] for key in episodes)
    else:
        parts = shared_out(cents, exact)
    amortised = parts.pop(AMORT)
    spread = shared_out(amortised, shares) if episodes else {}
    return EpisodeRow(coding, parts, amortised, {key: parts[key] + spread[key] for key in episodes}, cents)


def _sum(coding: Coding, rows: Sequence[EpisodeRow], episodes: tuple[str, ...]) -> EpisodeRow:
    return EpisodeRow(
        coding,
        {key: sum(row.own[key] for row in rows) for key in episodes},
        sum(row.amortised for row in rows),
        {key: sum(row.by_episode[key] for row in rows) for key in episodes},
        sum(row.total for row in rows),
    )


def _cents(value: Decimal) -> int:
    return int((value * 100).to_integral_value(ROUND_HALF_UP))
