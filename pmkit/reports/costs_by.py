"""The cost report turned round: a row a category, account, episode, location, set, unit or vendor."""

from __future__ import annotations

from collections.abc import Iterator

from pmkit.model import scene_number, set_name
from pmkit.model.money import amount_of
from pmkit.model.production import Production
from pmkit.reports.costs import CostLine, CostReport
from pmkit.reports.episodes import shares_in_words
from pmkit.reports.table import Cell, Column, Row, Table
from pmkit.rollup.costs import Costs
from pmkit.rollup.dimension import BUDGETED, DIMENSIONS, ESTIMATED, NOT_CODED, Sums, by, spread

BY = ("category", "account", *DIMENSIONS)


def table(production: Production, costs: Costs, report: CostReport, dimension: str) -> Table:
    """The report by a dimension; its last row is the report's own total."""
    coded = dimension not in DIMENSIONS
    columns, rows = _by_coding(report, dimension) if coded else _by_value(production, costs, dimension)
    shot = f"{report.days_shot} of {report.days} days shot" if report.days else ""
    wanted = ("All figures", "Variance") if coded or dimension in ESTIMATED else ("All figures",)
    return Table(
        title=report.title,
        document=f"{report.name} by {dimension}",
        columns=columns,
        rows=rows,
        subtitle=" · ".join(word for word in (report.company, shot, f"all figures {report.currency}") if word),
        period=report.period,
        notes=(
            *_notes(production, dimension),
            *(note for note in report.notes if note.startswith(wanted)),
            *report.attention,
        ),
        landscape=True,
    )


_MONEY = {
    "period": Column("period", "This period", "money"),
    "to_date": Column("to_date", "Cost to date", "money"),
    "commitments": Column("commitments", "Commitments", "money"),
    "total": Column("total", "Total cost", "money"),
    "etc": Column("etc", "Est. to complete", "money"),
    "efc": Column("efc", "Est. final cost", "money", strong=True),
    "revised": Column("revised", "Revised budget", "money"),
    "variance": Column("variance", "Variance", "money", strong=True),
    "standing": Column("standing", ""),
    "change": Column("change", "Change", "money"),
}


def _by_coding(report: CostReport, dimension: str) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    columns = (Column("number", "Acct"), Column("name", dimension.capitalize()), *_MONEY.values())
    rows = [Row(_cells(line)) for line in _coded(report, dimension)]
    rows += [Row(_cells(line)) for line in report.charges]
    rows.append(Row(_cells(report.total, "GRAND TOTAL"), "total"))
    return columns, tuple(rows)


def _coded(report: CostReport, dimension: str) -> Iterator[CostLine]:
    for level in report.levels:
        for category in level.categories:
            if dimension == "category":
                yield category.total
            else:
                yield from category.accounts


def _cells(line: CostLine, name: str = "") -> tuple[Cell, ...]:
    return (line.number, name or line.name or "–", *(getattr(line, key) for key in _MONEY))


def _by_value(production: Production, costs: Costs, dimension: str) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    keys = ["period", "to_date", "commitments", "total"]
    if dimension in ESTIMATED:
        keys += ["etc", "efc", "revised", "variance", "standing"]
    elif dimension in BUDGETED:
        keys += ["revised"]
    found = by(production, costs, dimension)
    shared = spread(production, costs, found) if _amortises(production, dimension) else {}
    names = _names(production, dimension)
    over = costs.settings.variance == "budget_minus_efc"
    total = Sums(*(sum(figures) for figures in zip(*found.values(), strict=True))) if found else Sums()
    columns = [Column(dimension, dimension.capitalize()), Column("name", "Name"), *(_MONEY[key] for key in keys)]
    if shared:
        columns.insert(-3, Column("amortised", "Of that amortised", "money"))
        keys.insert(-3, "amortised")
        rows = [
            Row((key, names.get(key, ""), *_sums(own, keys, over, part.efc))) for key, (own, part) in shared.items()
        ]
        whole = sum(part.efc for _, part in shared.values())
        return tuple(columns), (*rows, Row(("", "GRAND TOTAL", *_sums(total, keys, over, whole)), "total"))
    values = sorted(
        (value for value in found if value != NOT_CODED), key=lambda v: _order(v, found[v], dimension, names)
    )
    rows = [Row((value, _name(value, dimension, names), *_sums(found[value], keys, over))) for value in values]
    if NOT_CODED in found:
        rows.append(Row(("", f"no {dimension} given", *_sums(found[NOT_CODED], keys, over))))
    rows.append(Row(("", "GRAND TOTAL", *_sums(total, keys, over)), "total"))
    return tuple(columns), tuple(rows)


def _amortises(production: Production, dimension: str) -> bool:
    return dimension == "episode" and bool(production.settings.episodes)


def _sums(sums: Sums, keys: list[str], over: bool, amortised: int = 0) -> Iterator[Cell]:
    variance = sums.revised - sums.efc if over else sums.efc - sums.revised
    told = {"variance": variance, "amortised": amortised}
    for key in keys:
        if key == "standing":
            yield "OVER" if sums.efc > sums.revised else "UNDER" if sums.efc < sums.revised else ""
        else:
            yield amount_of(told[key] if key in told else getattr(sums, key))


def _names(production: Production, dimension: str) -> dict[str, str]:
    if dimension == "episode":
        return dict(production.settings.episodes)
    if dimension == "unit":
        return dict(production.settings.units)
    if dimension == "location":
        return {key: location.name for key, location in production.locations.items()}
    if dimension == "vendor":
        return {key: vendor.name for key, vendor in production.vendors.items()}
    places = {set_name.same(name): where for name, where in production.sets.items()}
    return {name: production.locations[key].name for name, key in places.items() if key in production.locations}


def _order(value: str, sums: Sums, dimension: str, names: dict[str, str]) -> tuple[object, ...]:
    """Episodes and units in the order the production names them, then by number; the rest by cost, most first."""
    if dimension in ("episode", "unit"):
        known = list(names)
        return (known.index(value) if value in known else len(known), scene_number.sort_key(value))
    return (-sums.total, value)


def _name(value: str, dimension: str, names: dict[str, str]) -> str:
    return names.get(set_name.same(value) if dimension == "set" else value, "")


def _notes(production: Production, dimension: str) -> Iterator[str]:
    if dimension not in DIMENSIONS:
        return
    if _amortises(production, dimension):
        yield (
            "A row of the ledger names its episode, or takes it from its order. What names none of the series is "
            f"amortised, {shares_in_words(production)}. The rows add up to the cost report."
        )
    else:
        yield (
            f"A row of the ledger names its {dimension}, or takes it from its order. What names none stands in a row "
            "of its own, so the rows add up to the cost report."
        )
    if dimension == "location":
        yield "What names a set and no location counts at the set's location."
    if dimension in ESTIMATED:
        yield (
            "The EFC is kept by account: what each account still takes is spread over the episodes by what is left of "
            "their budgets, else by their budgets, else by what was spent on them."
        )
    else:
        kept = "The EFC is" if dimension in BUDGETED else "Budget and EFC are"
        yield f"{kept} kept by account, so there is none by {dimension}."
