"""The deal memo: what was agreed with one person, to be signed before the first day; and the kit rental form.

After the usual forms of the trade (crew and cast deal memo, box rental inventory). It is for that person
and the production office: no other person's terms stand in it. Address, tax number and bank are
left as lines to fill in by hand: they belong to the start papers, not to this file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pmkit.model.cast import CastMember
from pmkit.model.crew import Hire
from pmkit.model.deal import Deal
from pmkit.model.money import Rate
from pmkit.model.production import Production
from pmkit.problems import Fault
from pmkit.reports.dealmemo_clauses import Clause, clauses
from pmkit.reports.signer import Signer, signer
from pmkit.rollup.person import find_person
from pmkit.rollup.unsigned import deal_of

SEES = frozenset({"public", "set", "contact", "money"})
"""The privacy classes a deal memo may show."""

_SIGNERS = ("upm", "production_manager", "line_producer", "producer")
_LETTERS = ("iatse", "sag", "aftra", "dga", "wga", "pact", "bectu", "actra", "iab", "uk", "us")


@dataclass(frozen=True, slots=True)
class Term:
    """One line of the memo: what it is, and what was agreed."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Section:
    """Terms that belong together."""

    title: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class KitLine:
    """A line of the kit inventory."""

    what: str
    quantity: int | None
    serial: str
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class Kit:
    """The kit rental: its rate, the most it comes to, the account, and the inventory it is for."""

    rate: str
    cap: str
    account: str
    lines: tuple[KitLine, ...]
    worth: Decimal | None


@dataclass(frozen=True, slots=True)
class DealMemo:
    """One person's deal memo, complete. `variant` is `crew` or `cast`; `blanks` are what nobody has filled in.

    For a minor the `guardian` signs.
    """

    production: str
    company: str
    office: tuple[str, ...]
    variant: str
    person: str
    name: str
    position: str
    lender: str
    guardian: str
    parties: tuple[Term, ...]
    sections: tuple[Section, ...]
    clauses: tuple[Clause, ...]
    kit: Kit | None
    note: str
    currency: str
    signer: Signer
    signed: date | None
    blanks: tuple[str, ...]


def dealmemo(production: Production, word: str) -> DealMemo | Fault:
    """The deal memo of whom a word means: an id, a name, a cast number."""
    found = find_person(production, word)
    if isinstance(found, Fault):
        return found
    deal = deal_of(production, found) if isinstance(found, Hire) else production.deals.get(found.id)
    person = found.id
    name = production.name_of(person)
    if deal is None:
        hint = f"add {person}: {{rate: …, account: …}} to private/deals.yaml"
        if not production.has_private:
            hint = "deals are in private/, which is not here; work in a clone that has it"
        return Fault(f"there is no deal with {name}", hint, "no-deal")
    return _memo(production, found, deal, name)


def _memo(production: Production, found: Hire | CastMember, deal: Deal, name: str) -> DealMemo:
    settings = production.settings
    cast = isinstance(found, CastMember)
    office = settings.office
    position = deal.position or (found.character if isinstance(found, CastMember) else found.position)
    sections = tuple(
        section
        for section in (
            Section("Engagement", tuple(_engagement(production, found, deal))),
            Section("Pay", tuple(_pay(deal, settings.currency))),
            Section("Allowances", tuple(_allowances(deal, settings.currency))),
            Section("Credit", (Term("Credit", deal.credit),) if deal.credit else ()),
        )
        if section.terms
    )
    return DealMemo(
        production=settings.title,
        company=settings.company or settings.title,
        office=tuple(part for part in (office.address, office.phone, office.email) if part) if office else (),
        variant="cast" if cast else "crew",
        person=found.id,
        name=name,
        position=position,
        lender=deal.loan_out,
        guardian=_guardian(found),
        parties=tuple(_parties(production, found, deal, name)),
        sections=sections,
        clauses=clauses(deal, settings.company or settings.title, cast),
        kit=_kit(deal, settings.currency),
        note=deal.note,
        currency=settings.currency,
        signer=signer(production, _SIGNERS),
        signed=deal.signed,
        blanks=tuple(_blanks(found, deal)),
    )


def _parties(production: Production, found: Hire | CastMember, deal: Deal, name: str) -> Iterator[Term]:
    yield Term("Employee" if not deal.loan_out else "Artist" if isinstance(found, CastMember) else "Services of", name)
    if deal.loan_out:
        yield Term("Loan-out company", deal.loan_out)
    if isinstance(found, CastMember):
        guardian = _guardian(found)
        if guardian:
            yield Term("Guardian", guardian)
        if found.agent is not None:
            told = [found.agent.name, found.agent.company, found.agent.email, found.agent.phone]
            yield Term("Agent", " · ".join(part for part in told if part))
        return
    first = production.hires[found.person][1] if found.person in production.hires else found
    told = [found.email or first.email, found.phone or first.phone]
    if any(told):
        yield Term("Reached at", " · ".join(part for part in told if part))
    agent = found.agent or first.agent
    if agent is not None:
        yield Term("Agent", " · ".join(part for part in (agent.name, agent.company, agent.email) if part))


def _guardian(found: Hire | CastMember) -> str:
    """The guardian of a minor, without whom a child's memo binds nobody; empty for whoever is of age."""
    if not isinstance(found, CastMember) or found.minor is None or found.guardian is None:
        return ""
    return found.guardian.name


def _engagement(production: Production, found: Hire | CastMember, deal: Deal) -> Iterator[Term]:
    settings = production.settings
    if isinstance(found, CastMember):
        yield Term("Role", f"{found.number} {found.character}".strip())
    else:
        yield Term("Position", deal.position or found.position)
        department = production.crew[production.hires[found.id][0]].title
        units = ", ".join(settings.units.get(unit, unit) for unit in found.unit)
        yield Term("Department", department + (f", {units}" if units else ""))
    start = deal.from_ or (found.from_ if isinstance(found, Hire) else None)
    end = deal.to or (found.to if isinstance(found, Hire) else None)
    if start is not None:
        yield Term("Starts", _day(start))
    if end is not None:
        yield Term("Ends", _day(end))
    if isinstance(found, Hire) and found.days and deal.from_ is None:
        from pmkit.reports.date_words import in_words

        yield Term("Days", in_words(day for stretch in found.days for day in stretch.days()))
    if deal.work:
        yield Term("Guaranteed", deal.work)
    if deal.episodes:
        yield Term("Episodes", ", ".join(deal.episodes))
    if deal.agreement:
        yield Term("Agreement", _agreement(deal.agreement))
    if deal.account:
        yield Term("Account", deal.account)


def _pay(deal: Deal, currency: str) -> Iterator[Term]:
    if deal.rate is not None:
        # the guarantee is a day's: beside a week's rate that has to be said
        of = "" if deal.rate.basis in ("hour", "day") else " a day"
        hours = f", for {_hours(int(deal.guarantee))} hours{of} guaranteed" if deal.guarantee is not None else ""
        yield Term("Rate", _rate(deal.rate, currency) + hours)
    if deal.prep is not None:
        yield Term("Prep and wrap", _rate(deal.prep, currency))
    for label, words in (
        ("Overtime", deal.overtime),
        ("Sixth day", deal.sixth_day),
        ("Seventh day", deal.seventh_day),
    ):
        if words:
            yield Term(label, words)
    unsaid = [label for label, words in (("overtime", deal.overtime), ("sixth day", deal.sixth_day),
                                         ("seventh day", deal.seventh_day)) if not words]  # fmt: skip
    if unsaid and deal.agreement:
        yield Term(", ".join(unsaid).capitalize(), f"by {_agreement(deal.agreement)}")
    if deal.agency_fee is not None:
        yield Term("Agency fee", f"{(deal.agency_fee * 100).normalize():f}% on top, to the agent")


def _allowances(deal: Deal, currency: str) -> Iterator[Term]:
    if deal.kit is not None:
        cap = f", at most {currency} {deal.kit_cap:,.2f}" if deal.kit_cap is not None else ""
        yield Term("Kit rental", _rate(deal.kit, currency) + cap)
    if deal.car is not None:
        yield Term("Car", _rate(deal.car, currency))
    if deal.phone_allowance is not None:
        yield Term("Phone", _rate(deal.phone_allowance, currency))
    if deal.per_diem is not None:
        yield Term("Per diem", f"{currency} {deal.per_diem:,.2f} a day on location")
    for label, words in (("Housing", deal.housing), ("Travel", deal.travel), ("Dressing room", deal.dressing_room)):
        if words:
            yield Term(label, words)


def _kit(deal: Deal, currency: str) -> Kit | None:
    if deal.kit is None and not deal.inventory:
        return None
    lines = tuple(KitLine(item.what, item.quantity, item.serial, item.value) for item in deal.inventory)
    known = [line.value * (line.quantity or 1) for line in lines if line.value is not None]
    return Kit(
        rate=_rate(deal.kit, currency) if deal.kit is not None else "",
        cap=f"{currency} {deal.kit_cap:,.2f}" if deal.kit_cap is not None else "",
        account=deal.account,
        lines=lines,
        worth=sum(known, Decimal()) if known else None,
    )


def _blanks(found: Hire | CastMember, deal: Deal) -> Iterator[str]:
    """What a memo should say and this one leaves to the pen."""
    if deal.rate is None:
        yield "rate"
    if deal.from_ is None and (isinstance(found, CastMember) or (found.from_ is None and not found.days)):
        yield "start date"
    if not deal.account:
        yield "account"
    if deal.kit is not None and not deal.inventory:
        yield "kit inventory"


def _rate(rate: Rate, currency: str) -> str:
    basis = "flat" if rate.basis == "flat" else f"{'an' if rate.basis[0] in 'eh' else 'a'} {rate.basis}"
    return f"{rate.currency or currency} {rate.amount:,.2f} {basis}"


def _hours(minutes: int) -> str:
    return f"{Decimal(minutes) / 60:f}".rstrip("0").rstrip(".") if minutes % 60 else str(minutes // 60)


def _day(day: date) -> str:
    from pmkit.model.dates import DAYS, MONTHS

    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def _agreement(word: str) -> str:
    """An agreement's id as people write it: `iatse-low-budget` is IATSE low budget."""
    parts = word.replace("-", " ").split(" ")
    said = " ".join(part.upper() if part.lower() in _LETTERS else part for part in parts)
    return said.replace("SAG AFTRA", "SAG-AFTRA")
