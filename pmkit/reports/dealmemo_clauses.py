"""The clauses under a deal memo, in plain words. Usual ones of the trade; a deal's own stand in their place.

They are a form to begin from and no legal advice: have the production's counsel read them once.
"""

from __future__ import annotations

from dataclasses import dataclass

from pmkit.model.deal import Deal


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: its heading and its words."""

    title: str
    words: str


def clauses(deal: Deal, company: str, cast: bool) -> tuple[Clause, ...]:
    """The clauses of one memo, in order."""
    lender = f"{deal.loan_out}, which lends these services, " if deal.loan_out else ""
    who = "Performer" if cast else "Employee"
    usual_hire = (
        f"All results of these services are a work made for hire for {company}, which owns them and every right in them "
        f"from the moment they are made; so far as the law does not see it so, {lender or 'the ' + who.lower() + ' '}"
        f"assigns them to {company} for good, in all media, everywhere."
    )
    usual_end = (
        f"{company} may end this engagement at any time, paying what was worked and what is guaranteed above. It ends by "
        "itself where the production is stopped by what nobody can help. Nothing here promises work beyond the guarantee."
    )
    told = [
        Clause("Work made for hire", deal.work_for_hire or usual_hire),
        Clause("End of the engagement", deal.termination or usual_end),
        Clause(
            "Hours",
            "Nobody works overtime, a sixth or a seventh day without the production manager's word beforehand. Time is "
            "paid by signed time cards.",
        ),
        Clause(
            "Confidence",
            "Script, schedule and what is learned on set are not shared, photographed or posted without written leave.",
        ),
        Clause(
            "Safety",
            "The production's safety rules and policy against harassment have been read. Whoever sees a danger stops the "
            "work and says so.",
        ),
    ]
    if deal.kit is not None:
        told.append(
            Clause(
                "Kit",
                "Kit rental is paid for days worked, for the items of the inventory alone, and never beyond the cap. The "
                "owner insures them; loss on set is reported the same day.",
            )
        )
    if deal.agreement:
        told.append(
            Clause("Agreement", "Where a collective agreement applies and says more, it counts before this memo.")
        )
    return tuple(told)
