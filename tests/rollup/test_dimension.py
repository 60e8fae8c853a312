"""Costs by episode, location, set, unit and vendor: whatever is coded, the rows are the report."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from pmkit.files import folder as folders
from pmkit.rollup.commitments import to_minor
from pmkit.rollup.costs import costs
from pmkit.rollup.dimension import BUDGETED, DIMENSIONS, ESTIMATED, NOT_CODED, by
from pmkit.rollup.periods import Periods
from tests.often import often
from tests.productions import write


def assert_it_adds_up(production, made, dimension: str) -> None:
    rows = by(production, made, dimension)
    total = made.total
    assert sum(row.period for row in rows.values()) == to_minor(total.period.value)
    assert sum(row.to_date for row in rows.values()) == to_minor(total.to_date.value)
    assert sum(row.commitments for row in rows.values()) == to_minor(total.commitments.value)
    assert sum(row.revised for row in rows.values()) == to_minor(total.revised.value)
    if dimension in ESTIMATED:
        assert sum(row.efc for row in rows.values()) == to_minor(total.efc.value)


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_the_sample_adds_up_in_every_period(sample, dimension: str) -> None:
    for period in Periods(sample.production.periods).all[:9]:
        assert_it_adds_up(sample.production, costs(sample.production, period), dimension)


def test_a_row_takes_from_its_order_what_it_does_not_say(production) -> None:
    files = {
        "private/po/A-1": "vendor: inn\ndate: 2025-10-01\nstate: approved\nlines:\n"
        "  - {what: Rooms, account: 100, rate: 900, location: motel}\n",
        "private/costs/x.csv": "account,posted,amount,kind,po,location\n100,2025-10-02,300,actual,A-1,\n"
        "100,2025-10-02,50,actual,,Motel\n200,2025-10-02,7,actual,A-1,\n",
    }
    folder = production(**files)
    found = by(folder.production, costs(folder.production, None), "location")
    assert found["motel"].to_date == 35000
    assert found[NOT_CODED].to_date == 700


def test_what_names_a_set_is_at_its_location_in_the_costs_as_in_the_budget(production) -> None:
    files = {
        "locations": "motel: {name: Motel}\nsets: {ROOM 6: motel}\n",
        "private/budget": "accounts: {100: {lines: [{what: Dressing, rate: 50, set: ROOM 6}, {what: Pens, rate: 2}]}}\n",
        "private/po/A-1": "vendor: inn\ndate: 2025-10-01\nstate: approved\napproved_by: x\nlines:\n"
        "  - {what: Beds, account: 100, rate: 9, set: room 6}\n",
        "private/costs/x.csv": "account,posted,amount,kind,set\n100,2025-10-02,3,actual,ROOM 6\n",
    }
    found = by((folder := production(**files)).production, costs(folder.production, None), "location")
    assert found["motel"] == (5000, 0, 300, 900, 0)


def test_what_is_measured_in_a_unit_is_not_shot_by_one(sample) -> None:
    found = by(sample.production, costs(sample.production, None), "unit")
    assert set(found) <= {NOT_CODED, *sample.production.settings.units}
    assert "unit" not in BUDGETED


episodes = st.sampled_from(["", "101", "102", "103"])
lines = st.lists(st.tuples(st.sampled_from(["100", "200"]), episodes, st.integers(0, 90_000)), min_size=1, max_size=8)
rows = st.lists(
    st.tuples(st.sampled_from(["100", "200", "300"]), episodes, st.integers(-5_000, 90_000)), min_size=1, max_size=12
)


@settings(max_examples=often(30), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines, rows, st.sampled_from(DIMENSIONS))
def test_any_coding_adds_up(tmp_path_factory, budget, ledger, dimension) -> None:
    accounts: dict[str, list[str]] = {}
    for account, episode, cents in budget:
        said = f", episode: '{episode}', location: l{episode}" if episode else ""
        accounts.setdefault(account, []).append(f"      - {{what: x, rate: {cents / 100:.2f}{said}}}")
    text = "accounts:\n" + "".join(f"  {n}:\n    lines:\n" + "\n".join(found) + "\n" for n, found in accounts.items())
    body = "".join(f"{a},2025-10-0{n % 9 + 1},{c / 100:.2f},actual,{e}\n" for n, (a, e, c) in enumerate(ledger))
    files = {
        "private/budget": text + "charges: [{name: Contingency, rate: 10%}]\n",
        "private/costs/x.csv": "account,posted,amount,kind,episode\n" + body,
    }
    read = folders.read(write(tmp_path_factory.mktemp("any"), files)).production
    assert_it_adds_up(read, costs(read, None), dimension)
