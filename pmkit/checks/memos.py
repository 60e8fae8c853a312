"""Deal memos: signed before the first day of work."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pmkit.model.production import Production
from pmkit.problems import Problem
from pmkit.rollup.unsigned import unsigned


def worked_unsigned(production: Production) -> Iterator[Problem]:
    """Somebody has worked, by the daily files, before their deal memo was signed; of who has a deal, once each."""
    if not production.deals or {"deal", "deals", "hire", "crew", "daily", "strip", "scene"} & production.left_out:
        return
    said: set[str] = set()
    for day in sorted({day for day, _ in production.dailies}):
        for one in unsigned(production, day):
            if one.deal is None or one.deal.key in said:
                continue
            said.add(one.deal.key)
            name = production.name_of(one.person)
            signed = f"was signed only on {one.deal.signed}" if one.deal.signed is not None else "is not signed"
            message = f"{name} worked on {day}, and the deal memo {signed}"
            hint = f"when it is: pmkit dealmemo {one.person} --signed DATE"
            yield Problem("unsigned-memo", one.deal.key_place(), message, hint, "warning")


CHECKS: tuple[Callable[[Production], Iterator[Problem]], ...] = (worked_unsigned,)
