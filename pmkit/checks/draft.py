"""The breakdown against the draft it was made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pmkit.model.pages import Eighths
from pmkit.model.production import Production
from pmkit.problems import Problem


def pages_differ(production: Production, draft: str, lengths: Mapping[str, Eighths]) -> Iterator[Problem]:
    """A scene has other pages in the breakdown than the imported draft gives it.

    `lengths` are the scenes whose length the draft itself gives, by number; what was estimated
    from the page is nobody's word against anybody's. A length belongs to a draft, so this is
    told and never fails.
    """
    for number, pages in lengths.items():
        scene = production.scene(number)
        if scene is None or scene.omitted or scene.pages == pages:
            continue
        message = f"scene {scene.number} is {scene.pages} pages here, and {pages} in {draft}"
        hint = f"write pages: {pages}, or waive it if the breakdown is right"
        yield Problem("pages-differ", scene.place("pages"), message, hint, "warning")
