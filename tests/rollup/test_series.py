"""A series' budget and costs by episode: patterns, amortisation, and rows and columns that add up."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from pmkit.rollup.budget import of_production
from pmkit.rollup.costs import costs
from pmkit.rollup.dimension import by
from pmkit.rollup.series import amortisation, by_episode, costs_by_episode
from pmkit.rollup.shares import shared_by

FILES = {
    "production": "pmkit: 1\ntitle: Test\nkind: series\nepisodes: {101: One, 102: Two, 103: Three}\n",
    "breakdown": """101:
  1: {heading: EXT. A - DAY, pages: 4}
102:
  1: {heading: EXT. A - DAY, pages: 2}
  2: {heading: EXT. A - DAY, pages: 1}
103:
  1: {heading: EXT. A - DAY, pages: 1}
""",
    "schedule": """main:
  2025-10-16: {strips: [101-1]}
  2025-10-17: {strips: [101-1, 102-1]}
  2025-10-20: {strips: [102-2, 103-1]}
""",
}
BUDGET = """series: {amortise: %s}
accounts:
  1101:
    name: Writers
    level: atl
    lines:
      - {what: Script, rate: 1000, episode: pattern}
      - {what: Polish, rate: 600, episode: 102}
  2301:
    name: Sets
    level: production
    lines:
      - {what: Stage build, rate: 1000.01, episode: amort}
      - {what: Office, rate: 99.99}
charges: [{name: Contingency, rate: 10%%}]
"""


def found(production, how: str):
    one = production(**FILES, **{"private/budget": BUDGET % how}).production
    return by_episode(of_production(one), one)


@pytest.mark.parametrize(
    ("how", "shares"),
    [
        ("equal", ("1/3", "1/3", "1/3")),
        ("days", ("1/2", "1/3", "1/6")),
        ("pages", ("1/2", "3/8", "1/8")),
        ("{shares: {101: 50%, 102: 30%, 103: 20%}}", ("1/2", "3/10", "1/5")),
        ("{how: shares, shares: {101: 2, 103: 2}}", ("1/2", "0", "1/2")),
    ],
)
def test_amortisation_is_by_the_rule_of_the_budget(production, how: str, shares: tuple[str, ...]) -> None:
    one = production(**FILES, **{"private/budget": BUDGET % how}).production
    assert tuple(amortisation(one).values()) == tuple(Fraction(share) for share in shares)


def test_each_episode_has_its_pattern_its_own_and_its_share(production) -> None:
    told = found(production, "equal")
    writers, sets = told.accounts
    assert writers.by_episode == {"101": 100000, "102": 160000, "103": 100000}
    assert (sets.amortised, sets.own) == (110000, {"101": 0, "102": 0, "103": 0})
    assert sets.by_episode == {"101": 36667, "102": 36667, "103": 36666}
    (contingency,) = told.charges
    assert contingency.total == 47000
    assert told.total.total == 360000 + 110000 + 47000
    assert sum(told.total.by_episode.values()) == told.total.total


def test_the_pattern_may_be_for_some_episodes_only(production) -> None:
    text = (BUDGET % "equal").replace("series: {", "series: {pattern: [101, 103], ")
    one = production(**FILES, **{"private/budget": text}).production
    told = by_episode(of_production(one), one)
    assert told.accounts[0].by_episode == {"101": 100000, "102": 60000, "103": 100000}


def test_costs_under_no_episode_are_shared_by() -> None:
    costs = {"101": 5000, "amort": 100, "": 1}
    assert costs_by_episode(costs, ("101", "102"), {"101": 1, "102": 2}) == ({"101": 5034, "102": 67}, 101)
    assert costs_by_episode({}, ("101",), {}) == ({"101": 0}, 0)


@given(st.integers(-(10**9), 10**9), st.dictionaries(st.text(max_size=3), st.integers(0, 999), min_size=1, max_size=9))
def test_what_is_shared_out_adds_up_and_each_is_within_a_cent(cents: int, shares: dict[str, int]) -> None:
    told = shared_by(cents, shares)
    assert sum(told.values()) == cents
    whole = sum(shares.values())
    for key, share in shares.items():
        exact = Fraction(cents * share, whole) if whole else Fraction(cents, len(shares))
        assert abs(told[key] - exact) < 1


@given(
    st.lists(st.decimals(-5000, 50000, places=3), min_size=4, max_size=4), st.sampled_from(["equal", "days", "pages"])
)
def test_rows_and_columns_add_up(production_at_random, rates, how: str) -> None:
    told = production_at_random(rates, how)
    for row in (*told.accounts, *told.charges, told.total):
        assert sum(row.by_episode.values()) == row.total
        assert sum(row.own.values()) + row.amortised == row.total
    for key in told.episodes:
        assert sum(row.by_episode[key] for row in (*told.accounts, *told.charges)) == told.total.by_episode[key]


@pytest.fixture(scope="module")
def production_at_random(tmp_path_factory):
    from pmkit.files import folder as folders
    from tests.productions import write

    base = folders.read(
        write(tmp_path_factory.mktemp("series"), {**FILES, "private/budget": BUDGET % "equal"})
    ).production

    def make(rates, how: str):
        from pmkit.model.frozen import but
        from pmkit.model.series import Amortise, Series

        accounts = {}
        left = iter(rates)
        for number, account in base.budget.accounts.items():
            lines = tuple(line.but(rate=f"{next(left):f}") for line in account.lines)
            accounts[number] = account.but(lines=lines)
        budget = base.budget.but(accounts=accounts, series=Series(amortise=Amortise(how=how)))
        one = but(base, budget=budget)
        return by_episode(of_production(one), one)

    return make


def test_what_an_episode_is_short_of_in_one_account_it_gets_in_the_next(production) -> None:
    accounts = "".join(f"  {n}: {{level: atl, lines: [{{what: x, rate: 0.01}}]}}\n" for n in range(1101, 1200))
    one = production(**FILES, **{"private/budget": f"series: {{amortise: equal}}\naccounts:\n{accounts}"}).production
    told = by_episode(of_production(one), one)
    assert told.total.by_episode == {"101": 33, "102": 33, "103": 33}


def test_parts_that_nearly_come_to_nothing_stay_what_they_are(production) -> None:
    text = """accounts:
  1101:
    level: atl
    lines: [{what: a, rate: 1000, episode: 101}, {what: b, rate: -999.996, episode: 102}, {what: c, rate: -5, episode: 103}]
charges: [{name: Contingency, flat: 7}]
"""
    one = production(**FILES, **{"private/budget": text}).production
    told = by_episode(of_production(one), one)
    assert told.accounts[0].own == {"101": 100000, "102": -100000, "103": -500}
    assert told.charges[0].by_episode == {"101": 700, "102": 0, "103": 0}


@pytest.mark.parametrize("post", ["account", "category", "budget"])
def test_fringes_are_in_the_episode_of_their_line_wherever_they_are_posted(production, post: str) -> None:
    budget = f"""posting: {post}
categories: {{A: {{name: Staff, level: production}}}}
fringes: {{f: {{rate: 10%}}}}
accounts: {{A1: {{lines: [{{what: x, rate: 1000, episode: 101, fringes: [f]}}, {{what: y, rate: 1000, episode: 102}}]}}}}
"""
    one = production(**FILES, **{"private/budget": budget}).production
    made = costs(one, None)
    assert by_episode(made.budget, one).total.by_episode == {"101": 110000, "102": 100000, "103": 0}
    assert {key: sums.revised for key, sums in by(one, made, "episode").items()} == {"101": 110000, "102": 100000}
