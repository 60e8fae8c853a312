"""The budget a new production begins with when a chart is chosen: the chart's accounts, empty, under its categories."""

from __future__ import annotations

from pmkit.files import notation
from pmkit.model.chart import LEVELS, Chart, ChartCategory

_HEAD = """#: line producer
# yaml-language-server: $schema=../.pmkit/schema/budget.json
# The budget on the chart {title}{version}.
# {source}
#
# Lines go under their account, one a row; amount x rate, the unit labels and does not multiply:
#   {account}: {{name: {name}, lines: [{{what: LENA, amount: cast(1).paid, unit: day, rate: 1246, fringes: [fica], person: ana-ruiz}}]}}
# Or, with more than one line:
#   {account}:
#     name: {name}
#     lines:
#       - {{what: Prep, amount: prep_weeks, unit: week, rate: 2400}}
#       - {{what: Shoot, amount: days(main), unit: day, rate: 480, groups: [second-unit]}}
# An account that is not wanted is taken out; one that is missing is added under its category.
chart: {chart}

# Figures with a name, which lines may use; formulas over them and over the schedule.
#   prep_weeks: 5
globals: {{}}

# What an employer pays on wages; a line names those that are due on it.
#   fica: {{name: Employer FICA, rate: 6.2%, ceiling: 176100, on: labour}}
fringes: {{}}

accounts:
"""


def budget(chart: Chart) -> bytes:
    """The text of `private/budget.yaml` for a chart: valid, every account at nothing, comments that say what goes where."""
    accounts = {category.number: _accounts(chart, category) for category in chart.categories}
    number, name = next(iter(accounts.values()))[0]
    out = [
        _HEAD.format(
            title=chart.title or chart.id,
            version=f", version {chart.version}" if chart.version else "",
            source=chart.source or "It says nothing of where it is from.",
            account=number,
            name=notation.scalar(name, flow=True),
            chart=f"{chart.id}@{chart.version}" if chart.version else chart.id,
        )
    ]
    level = ""
    for category in chart.categories:
        if category.level != level:
            level = category.level
            out.append(f"  # ======== {chart.levels.get(level) or LEVELS[level]}\n")
        out.append(f"  # ---- {category.number} {category.name}\n")
        for found, title in accounts[category.number]:
            out.append(f"  {notation.scalar(found)}: {{name: {notation.scalar(title, flow=True)}}}\n")
    out.append(
        "\n# Charges after the totals, each on a base of its own: levels, categories, accounts, charges above it.\n"
    )
    names = [(charge.number, charge.name) for charge in chart.charges] or [("", "Contingency")]
    for found, title in names:
        account = f", account: {notation.scalar(found, flow=True)}" if found else ""
        rate = "10%" if title == "Contingency" else "3%"
        out.append(
            f"#   - {{name: {notation.scalar(title, flow=True)}, rate: {rate}, on: [production, post]{account}}}\n"
        )
    out.append("charges: []\n")
    return "".join(out).encode()


def _accounts(chart: Chart, category: ChartCategory) -> list[tuple[str, str]]:
    """The accounts a chart lists in a category; where it lists none, the category itself is one."""
    listed = [(n, name) for n, name in chart.accounts.items() if chart.category_of(n) == category]
    return listed or [(category.first or category.number, category.name)]
