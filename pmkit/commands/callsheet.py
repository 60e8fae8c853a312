"""`pmkit callsheet`: the call sheet of a unit's day, or one person's call."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pmkit.commands import completion, options
from pmkit.problems import Fault, Stop

if TYPE_CHECKING:
    from pmkit.files.folder import Folder
    from pmkit.model.production import Production
    from pmkit.render.filters import Formats
    from pmkit.reports.callsheet_facts import DayFacts
    from pmkit.rollup.board import NumberedDay


_ENDINGS = {"text": "txt", "html": "html", "pdf": "pdf", "json": "json"}
# What a call sheet is made from; the rest of the folder is not read.
PARTS = ("crew", "cast", "locations", "breakdown", "schedule", "calls")

_HELP = """The call sheet of a day, or one person's call.

DAY is 12, second:3, a date, today or tomorrow. PERSON is a cast number, an id or a name.

\b
Examples:
  pmkit callsheet tomorrow
  pmkit callsheet 4 --format pdf          into build/, under the trade's file name
  pmkit callsheet second:3 --format html
  pmkit callsheet 4 LENA                  her own call first
  pmkit callsheet 4 jun-ito --json        with the lines each time comes from
"""


@click.command(name="callsheet", help=_HELP)
@click.argument("day", metavar="DAY", shell_complete=completion.days)
@click.argument("person", metavar="[PERSON]", required=False, shell_complete=completion.people)
@click.option(
    "--unit", metavar="UNIT", default="", shell_complete=completion.units, help="The unit, if not the main one."
)
@click.option("--format", "form", type=click.Choice(list(_ENDINGS)), help="text unless -o FILE says otherwise.")
@click.option("--json", "form", flag_value="json", help="As --format json.")
@click.option("--paper", type=click.Choice(["letter", "legal", "a4", "tabloid"]), help="If not production.yaml's.")
@click.option("-o", "output", metavar="FILE", help="Where to, - for stdout.")
@click.option("--date", metavar="DATE", help="The day that today means.")
@options.in_production
@click.pass_context
def command(
    ctx: click.Context,
    day: str,
    person: str | None,
    unit: str,
    form: str | None,
    paper: str | None,
    output: str | None,
    date: str | None,
) -> None:
    """Finds the day, makes the sheet or the card, and puts it where it belongs."""
    from pmkit.reports.callsheet import unknown
    from pmkit.reports.callsheet_facts import gathered
    from pmkit.rollup import board

    form = options.form_of(form, output, _ENDINGS)
    folder = options.read(PARTS)
    production = folder.production
    found = board.find_day(production, day, options.today(production.settings, date), unit)
    if isinstance(found, Fault):
        code = options.report_errors(folder)
        raise Stop(found.message, found.hint, exit_code=code or 2)
    facts = gathered(production, found)
    name, report = _sheet(facts) if person is None else _card(facts, person, form == "json")
    data = written(folder, facts, name, report, form, paper)
    name = f"{file_name(production, found, person and name)}.{_ENDINGS[form]}"
    options.deliver(folder.root, name, data, output or (None if form in ("html", "pdf") else options.STDOUT))
    strangers = unknown(facts)
    for line in strangers:
        options.say(f"{line}: see pmkit validate")
    ctx.exit(options.report_errors(folder) or (1 if strangers else 0))


def _sheet(facts: DayFacts) -> tuple[str, object]:
    from pmkit.reports.callsheet import callsheet, lacking

    sheet = callsheet(facts.production, facts.day, facts)
    wanting = lacking(sheet, facts)
    if wanting:
        options.say("The sheet still lacks:")
        for line in wanting:
            options.say(f"  {line}")
    return "", sheet


def _card(facts: DayFacts, person: str, explained: bool) -> tuple[str, object]:
    from pmkit.model.cast import CastMember
    from pmkit.reports.callsheet_person import personal
    from pmkit.rollup.person import find_person

    card = personal(facts.production, facts.day, person, facts, explained=explained)
    if isinstance(card, Fault):
        raise Stop(card.message, card.hint, exit_code=2 if card.code == "unknown-person" else 3)
    who = find_person(facts.production, person)
    if isinstance(who, CastMember):
        return who.id or f"cast-{who.number}", card
    return (who.id if not isinstance(who, Fault) else person), card


def file_name(production: Production, day: NumberedDay, person: str | None = None) -> str:
    """The trade's file name: `SALT_CallSheet_D03_2025-10-15_NOT-ISSUED`, `_2U` for the second unit."""
    from pmkit.rollup import board

    words = [options.title_word(production.settings), "Call" if person else "CallSheet"]
    if day.unit != board.main_unit(production):
        words.append("2U" if day.unit == "second" else day.unit)
    words += [f"D{day.number:02d}", day.date.isoformat()]
    return "_".join([*words, *([person] if person else []), "NOT-ISSUED"])


def written(folder: Folder, facts: DayFacts, name: str, report: object, form: str, paper: str | None) -> bytes:
    """A sheet, or a card of the person `name`, in one of its forms."""
    from pmkit.render import json

    settings = folder.production.settings
    if form == "json":
        return json.raw(report, "callsheet").encode()
    formats = options.formats(settings, paper=paper)
    template = "callsheet_person" if name else "callsheet"
    own = folder.root / "templates"
    if form == "pdf":
        return _pdf(folder, facts, template, report, formats)
    if form == "html":
        from pmkit.render import html

        return html.page(f"{template}.html.j2", report, formats, own, style=settings.style).encode()
    from pmkit.render import columns, text

    page = text.page(f"{template}.txt.j2", report, formats, own, style=settings.style, **columns.named())
    return columns.tidy(page).encode()


def _pdf(folder: Folder, facts: DayFacts, template: str, report: object, formats: Formats) -> bytes:
    from pmkit.render import pdf, qr
    from pmkit.render.filters import safe_url
    from pmkit.reports.callsheet_front import map_link

    links = {facts.letters[place.key]: safe_url(map_link(place)) for place in facts.locations()}
    codes = {letter: qr.svg(link) for letter, link in links.items() if link}
    if template == "callsheet":
        template = f"callsheet.{folder.production.settings.style}"
    made = pdf.compile(f"{template}.typ", report, formats, folder.root / "fonts", qr=codes)
    for warning in made.warnings:
        options.say(warning)
    return made.content
