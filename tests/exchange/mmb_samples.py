"""Budgets as Movie Magic Budgeting exports them, made for the tests, and what they come to, worked out here.

No official sample is public: the shapes follow the program's screens and manual.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

FULL = [
    ["Topsheet"],
    ["THE SALT ROAD", "", "", "Budget draft: Blue"],
    ["Acct#", "Category Description", "Page", "Total"],
    ["1100", "STORY & RIGHTS", "1", "52,500"],
    ["1200", "PRODUCERS UNIT", "1", "100,000"],
    ["", "Total Above-The-Line", "", "152,500"],
    ["2000", "PRODUCTION STAFF", "2", "30,142"],
    ["3600", "LOCATIONS", "2", "2,628"],
    ["", "Total Production", "", "32,770"],
    ["4500", "EDITING", "3", "25,000"],
    ["", "Total Post Production", "", "25,000"],
    ["", "Total Below-The-Line", "", "57,770"],
    ["", "Total Above and Below-The-Line", "", "210,270"],
    ["", "Contingency : 10.0%", "", "5,777"],
    ["", "Completion Bond", "", "4,000"],
    ["", "Grand Total", "", "220,047"],
]
DETAIL = [
    [
        "Account",
        "Description",
        "Amt",
        "Unit",
        "X",
        "4x",
        "Curr",
        "Rate",
        "Subtotal",
        "Agg",
        "Frin",
        "Grp",
        "Loc",
        "Set",
        "Total",
    ],
    ["1100", "STORY & RIGHTS"],
    ["1101", "SCREENPLAY"],
    ["", "Script purchase", "1", "Flat", "1", "", "USD", "50,000.00", "50,000", "", "", "", "", "", "50,000"],
    ["", "Option", "1", "Allow", "1", "", "USD", "2,500", "2,500", "", "", "", "", "", "2,500"],
    ["", "Account Total for 1101", "", "", "", "", "", "", "", "", "", "", "", "", "52,500"],
    ["1200", "PRODUCERS UNIT"],
    ["1201", "PRODUCER"],
    ["", 'Producer: "all in", + expenses', "1", "Flat", "", "", "", "100000", "100,000"],
    ["2000", "PRODUCTION STAFF"],
    ["2001", "LINE PRODUCER / UPM"],
    ["", "Prep", "PREP", "Weeks", "1", "", "", "3,500", "21,000", "10.2", "FICA,HW", "PREP", "LA", "", ""],
    ["", "Shoot", "SHOOT/5+1", "Weeks", "", "2", "", "700", "7,000", "", "", "", "", "", ""],
    ["", "Total Fringes", "", "", "", "", "", "", "", "", "", "", "", "", "2,142"],
    ["", "Account Total for 2001", "", "", "", "", "", "", "", "", "", "", "", "", "30,142"],
    ["3600", "LOCATIONS"],
    ["3607", "SITE FEES"],
    ["", "Motel, Canada", "2", "Week", "2", "", "CAD", "900", "2,628"],
    ["", "3607 (cont'd)"],
    ["", "Total for 3607", "", "", "", "", "", "", "", "", "", "", "", "", "2,628"],
    ["4500", "EDITING"],
    ["4501", "EDITOR"],
    ["", "Editor", "10", "Week", "1", "", "", "2500", "25,000", "", "", "", "", "", "25,000"],
]
LISTS = {
    "Globals": [["Name", "Description", "Calculation", "Units"], ["PREP", "Prep weeks", "6", "W"], ["SHOOT", "Shoot days", "PREP * 2 + 8", "D"]],
    "Fringes": [
        ["ID", "Description", "Rate", "Unit", "Cutoff"],
        ["FICA", "Employer FICA", "6.2%", "Percent", "176,100"],
        ["HW", "Health & welfare", "2.3333333", "Hour", ""],
    ],
    "Currencies": [["Code", "Description", "Rate"], ["USD", "US dollar", "1.0"], ["CAD", "Canadian", "0.73"]],
    "Groups": [["Name", "Description", "Included"], ["PREP", "Preparation", "Yes"]],
}  # fmt: skip


def workbook() -> dict[str, Sequence[Sequence[object]]]:
    """The Excel export: a top sheet, the detail, the setup lists."""
    return {"Topsheet": FULL[1:], "Account Detail": DETAIL, **LISTS}


def tab(rows: Sequence[Sequence[str]]) -> bytes:
    """Rows as tab-delimited text with the line ends of Windows."""
    return "".join("\t".join(row) + "\r\n" for row in rows).encode("cp1252", "replace")


def whole_tab() -> bytes:
    """The tab-delimited export with everything in one file."""
    lists = [row for name, rows in LISTS.items() for row in ([name], *rows, [])]
    return tab([*FULL, [], *lists, ["Detail"], *DETAIL])


def records() -> bytes:
    """PROD and DETL records, a line each, as accounting systems are given them."""
    return tab(
        [
            ["PROD", "DETL", "Description", "Amt", "Unit", "X", "Rate", "Total"],
            ["11", "", "STORY & RIGHTS", "", "", "", "", ""],
            ["11", "01", "Script purchase", "1", "Flat", "1", "50000", "50000"],
            ["11", "01", "Option", "1", "Allow", "1", "2500", "2500"],
            ["20", "", "PRODUCTION STAFF", "", "", "", "", ""],
            ["20", "01", "Prep", "6", "Week", "1", "3500", "21000"],
            ["", "", "Grand Total", "", "", "", "", "73500"],
        ]
    )


Line = tuple[str, Decimal, Decimal, Decimal]


def printed(value: Decimal) -> str:
    """A total as it is printed: whole units, half up."""
    return f"{value.quantize(Decimal(1), ROUND_HALF_UP):,}"


def export_of(budget: dict[str, dict[str, list[Line]]], contingency: Decimal) -> tuple[bytes, Decimal]:
    """A budget (category, account, lines of what, amount, multiplier and rate) as a tab export, and its grand total."""
    top = [["Acct#", "Category Description", "Total"]]
    detail = [["Account", "Description", "Amt", "Unit", "X", "Rate", "Subtotal", "Total"]]
    total = Decimal(0)
    for category, accounts in budget.items():
        worth = sum((a * x * r for lines in accounts.values() for _, a, x, r in lines), Decimal(0))
        total += worth
        top.append([category, f"CATEGORY {category}", printed(worth)])
        detail.append([category, f"CATEGORY {category}"])
        for number, lines in accounts.items():
            detail.append([number, f"ACCOUNT {number}"])
            for what, amount, times, rate in lines:
                detail.append(["", what, f"{amount}", "Day", f"{times}", f"{rate:,}", printed(amount * times * rate)])
            own = sum((a * x * r for _, a, x, r in lines), Decimal(0))
            detail.append(["", f"Account Total for {number}", "", "", "", "", "", printed(own)])
    extra = total * contingency / 100
    top.append(["", f"Contingency : {contingency}%", printed(extra)])
    top.append(["", "Grand Total", printed(total + extra)])
    return tab([*top, [], *detail]), total + extra
