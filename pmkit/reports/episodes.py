"""The budget of a series by episode: all of them side by side, or one with its own part and its share of the rest.

Rows are categories, as on a top sheet, or accounts under them. All is in whole cents, shared out so
that rows and columns add up; the grand total may differ from the top sheet's by the cents that
its accounts are rounded by.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pmkit.model.budget import Budget
from pmkit.model.chart import LEVELS
from pmkit.model.money import amount_of, half_up
from pmkit.model.production import Production
from pmkit.model.record import meant
from pmkit.problems import Fault
from pmkit.reports import topsheet
from pmkit.reports.table import Cell, Column, Row, RowKind, Table, heading
from pmkit.rollup.coding import Codes
from pmkit.rollup.series import EpisodeRow, SeriesTotals, amortisation, by_episode
from pmkit.rollup.totals import BudgetTotals

SEES = frozenset({"public", "set", "money"})
"""The privacy classes a budget by episode may show."""

_WIDE = 4


def chosen(production: Production, episode: str) -> str | Fault:
    """The episode typed, as the production writes it; a fault when there is none such."""
    episodes = production.settings.episodes
    if not episodes:
        hint = "production.yaml names them: episodes: {101: Pilot, 102: The Well}"
        return Fault("this production has no episodes", hint)
    for key, name in episodes.items():
        if typed_alike(episode, key) or typed_alike(episode, name):
            return key
    return Fault(
        f"there is no episode {episode[:40]}", meant(episode, list(episodes), f"there is {', '.join(episodes)}")
    )


def typed_alike(typed: str, word: str) -> bool:
    """Whether one is the other, but for capitals and blanks around it."""
    return bool(word) and typed.strip().casefold() == word.casefold()


def table(production: Production, totals: BudgetTotals, document: str, episode: str = "", *, accounts: bool) -> Table:
    """A budget by episode, or of one `episode`; a row for each category, or for each of the `accounts` under it."""
    series = by_episode(totals, production)
    names = production.settings.episodes
    if episode:
        columns = [
            Column("own", "Own", "money"),
            Column("amortised", "Amortised", "money"),
            Column("total", "Total", "money", strong=True),
            Column("series", "Whole series", "money"),
        ]
    else:
        columns = [Column(f"e{key}", key, "money") for key in series.episodes]
        columns += [Column("total", "Total", "money", strong=True), Column("amortised", "Of that amortised", "money")]
    return Table(
        title=production.settings.title,
        document=f"{document} of episode {episode}" if episode else f"{document} by episode",
        columns=(Column("account", "Acct"), Column("name", "Account" if accounts else "Category", width=1), *columns),
        rows=tuple(_rows(production, series, episode, accounts)),
        subtitle=" · ".join(filter(None, (production.settings.company, production.settings.currency))),
        period=names.get(episode, ""),
        notes=tuple(_notes(production, totals, series)),
        landscape=len(series.episodes) > _WIDE and not episode,
    )


def shares_in_words(production: Production) -> str:
    """The rule by which a series amortises, and each episode's share: `by shooting days: 101 50 %, 102 50 %`."""
    rule = (production.budget or Budget()).series.amortise.rule
    words = {"equal": "equally", "days": "by shooting days", "pages": "by pages", "shares": "by the shares typed"}
    told = (
        f"{key} {Decimal(round(1000 * share)).scaleb(-1).normalize():f} %"
        for key, share in amortisation(production).items()
    )
    return f"{words[rule]}: {', '.join(told)}"


def _rows(production: Production, series: SeriesTotals, episode: str, accounts: bool) -> Iterator[Row]:
    codes = Codes(production.budget, production.chart)

    def row(number: str, name: str, of: Sequence[EpisodeRow], kind: RowKind = "row") -> Row:
        return Row((number, name, *_figures(of, series, episode)), kind)

    for level in LEVELS:
        inside = [found for found in series.accounts if found.coding.level == level]
        if not inside:
            continue
        name = codes.level_name(level)
        yield heading(name)
        for category in dict.fromkeys(found.coding.category for found in inside):
            of = [found for found in inside if found.coding.category == category]
            title = of[0].coding.category_name
            if accounts:
                for found in of:
                    yield row(found.coding.number, found.coding.name or "–", [found])
                yield row(category, f"Total {title or category}", of, "subtotal")
            else:
                yield row(category, title, of)
        yield row("", f"Total {topsheet.lower(name)}", inside, "subtotal")
    if series.charges:
        yield heading("Charges")
    for charge in series.charges:
        yield row(charge.coding.number, charge.coding.name, [charge])
    yield row("", "GRAND TOTAL", [series.total], "total")


def _figures(of: Sequence[EpisodeRow], series: SeriesTotals, episode: str) -> Iterator[Cell]:
    total, amortised = sum(found.total for found in of), sum(found.amortised for found in of)
    if episode:
        own = sum(found.own[episode] for found in of)
        whole = sum(found.by_episode[episode] for found in of)
        cents = [own, whole - own, whole, total]
    else:
        cents = [*(sum(found.by_episode[key] for found in of) for key in series.episodes), total, amortised]
    for amount in cents:
        yield amount_of(amount)


def _notes(production: Production, totals: BudgetTotals, series: SeriesTotals) -> Iterator[str]:
    budget = production.budget or Budget()
    yield (
        "A line of an episode is that episode's, one of the pattern is paid for each that follows it. What is of no "
        f"episode is amortised, {shares_in_words(production)}."
    )
    if series.charges:
        yield "Charges go by what all accounts come to in each episode."
    if (apart := amount_of(series.total.total)) != half_up(totals.total.value):
        yield (
            f"Accounts are rounded to the cent here, as in the cost report, and come to {apart:,.2f}; "
            f"the top sheet, of unrounded figures, comes to {totals.total.value:,.2f}."
        )
    if budget.credits:
        yield "Credits are not told by episode: these are totals before them."
    yield from topsheet.notes(production, totals)
