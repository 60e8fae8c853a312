"""`pmkit request new`: a request's file, written from what is said at the prompt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from pmkit.commands import completion, options
from pmkit.model.request import KINDS
from pmkit.problems import Fault, Stop

if TYPE_CHECKING:
    from pmkit.files.folder import Folder
    from pmkit.files.notation import Value

_HELP = """Write requests/NAME.yaml. A rate that is a figure goes to private/requests/NAME.yaml.

\b
Examples:
  pmkit request new grips --ask k-moss --ask j-bird --dates 2025-11-12..2025-11-14 --rate deal
  pmkit request new night-crew --department grip --works tomorrow --kind custom --text "Call is pushed."
  pmkit request new best-boy --kind hold --rank 1 --role "Best Boy" --candidate k-moss --candidate j-bird \\
      --dates 2025-11-12 --respond-by "2025-11-03 12:00" --remind "1 day before" --then next
  pmkit request new truckers --agency desert-extras --heads 12 --role truckers --dates 2025-11-12
  pmkit request new memos --kind dealmemo --department camera --respond-by 2025-10-10
"""


@click.command(name="new", help=_HELP)
@click.argument("name")
@click.option("--kind", type=click.Choice(KINDS), default="availability", help="availability unless said.")
@click.option(
    "--ask",
    "ask",
    multiple=True,
    metavar="ID",
    shell_complete=completion.people,
    help="A person, by id or name; again for more.",
)
@click.option(
    "--department", multiple=True, metavar="ID", shell_complete=completion.departments, help="Everybody of it."
)
@click.option("--works", metavar="DAY", default="", help="Who works then: tomorrow, or a date.")
@click.option("--except", "without", multiple=True, metavar="ID", help="Whom not to ask.")
@click.option("--role", default="", help="The position or part.")
@click.option(
    "--candidate", multiple=True, metavar="ID", shell_complete=completion.people, help="Ranked: the first first."
)
@click.option("--agency", metavar="ID", default="", help="A vendor, asked for --heads.")
@click.option("--heads", metavar="N", default="", help="How many an agency is asked for.")
@click.option(
    "--dates", multiple=True, metavar="DATES", help="2025-11-12, 2025-11-12..2025-11-14, or several with commas."
)
@click.option("--unit", metavar="ID", default="", shell_complete=completion.units, help="For which unit.")
@click.option("--location", metavar="ID", default="", help="Where, when the board does not say.")
@click.option("--rate", default="", help="deal, or a rate: 450/day.")
@click.option("--rank", default="", metavar="N", help="Of a hold: 1 is the first.")
@click.option("--respond-by", default="", metavar="WHEN", help="2025-11-03 12:00.")
@click.option("--expires", default="", metavar="WHEN", help="When a hold runs out.")
@click.option("--remind", multiple=True, metavar="BEFORE", help="1 day before; again for more.")
@click.option("--then", type=click.Choice(("expire", "next")), default=None, help="When nobody answers.")
@click.option("--copy", is_flag=True, help="The artist gets a copy of what the agent gets.")
@click.option("--document", default="", help="Which paper is asked for.")
@click.option("--text", default="", help="A short word of our own.")
@click.option("--dry-run", is_flag=True, help="Only show the file.")
@options.in_production
@click.pass_context
def command(ctx: click.Context, /, name: str, dry_run: bool, **given: Any) -> None:
    """Writes the file of a request, when the folder is sound with it."""
    from pmkit.files.change import Change, write

    folder = options.read()
    name = _named(name)
    if name in folder.production.requests:
        raise Stop(f"there is a request {name} already", f"change requests/{name}.yaml, or choose another name")
    for option in ("ask", "candidate", "without"):
        given[option] = tuple(_id_of(folder, word) for word in given[option])
    outer, inner = _fields(given)
    files = {f"requests/{name}.yaml": _written(outer)}
    if inner:
        if not folder.production.has_private:
            raise Stop("a rate belongs into private/, which is not here", "say --rate deal, or work where private/ is")
        files[f"private/requests/{name}.yaml"] = _written(inner)
    _refused(folder, name, files)
    if dry_run:
        for file, data in files.items():
            options.show([f"# {file}", data.decode().rstrip("\n")])
        options.say("Nothing is written: --dry-run")
        ctx.exit(0)
    for file in write(folder.root, [Change(file, None, data) for file, data in files.items()]):
        click.echo(file)
    options.say(f"Next: pmkit request send {name}")


def _named(name: str) -> str:
    from pmkit.files.sections import SECTIONS
    from pmkit.model import kinds as k

    kind = SECTIONS["requests"].kind
    assert isinstance(kind, k.MappingOf) and isinstance(kind.key, k.Value)
    found = kind.key.parse(name)
    if isinstance(found, Fault):
        raise Stop(found.message, found.hint, exit_code=2)
    return name


def _id_of(folder: Folder, word: str) -> str:
    """The id of whom a word means, an id or a name; a word that means nobody as it is, for the check to say so."""
    from pmkit.rollup.answers import root_of
    from pmkit.rollup.person import find_person

    production = folder.production
    if word in production.hires or word in production.cast_by_id:
        return word
    found = find_person(production, word)
    if not isinstance(found, Fault):
        return root_of(production, found.id)
    if found.hint.startswith("did you mean"):
        raise Stop(f"{found.message}; nothing was written", found.hint, exit_code=2)
    return word


def _fields(given: dict[str, Any]) -> tuple[dict[str, Value], dict[str, Value]]:
    """The fields of the file, in the order people read them, and those of the private one."""
    asked: dict[str, Value] = {}
    for key, option in (("department", "department"), ("works", "works"), ("people", "ask"), ("agency", "agency"),
                        ("heads", "heads"), ("role", "role"), ("candidates", "candidate"), ("except", "without")):  # fmt: skip
        value = given[option]
        if value:
            asked[key] = list(value) if isinstance(value, tuple) else value
    if asked.get("role") and not (given["candidate"] or given["agency"]):
        del asked["role"]
    people = given["ask"]
    outer: dict[str, Value] = {"kind": given["kind"], "ask": list(people) if [*asked] == ["people"] else asked}
    inner: dict[str, Value] = {}
    outer["rank"] = given["rank"]
    outer["dates"] = [part.strip() for typed in given["dates"] for part in typed.split(",") if part.strip()]
    outer["role"] = "" if "role" in asked else given["role"]
    for key in ("unit", "location"):
        outer[key] = given[key]
    (outer if given["rate"] in ("", "deal") else inner)["rate"] = given["rate"]
    for key in ("respond_by", "expires", "document"):
        outer[key] = given[key]
    outer["remind"] = list(given["remind"])
    outer["then"] = given["then"] or ""
    outer["copy"] = "true" if given["copy"] else ""
    outer["text"] = given["text"] and given["text"].rstrip() + "\n"
    return {key: value for key, value in outer.items() if value}, inner


def _written(fields: dict[str, Value]) -> bytes:
    from pmkit.files import notation

    lines = []
    for key, value in fields.items():
        on_a_line = isinstance(value, (dict, list))
        lines.append(f"{key}: {notation.flow(value)}\n" if on_a_line else f"{key}:{notation.block(value, 2)}\n")
    return ("#: coordinator\n" + "".join(lines)).encode()


def _refused(folder: Folder, name: str, files: dict[str, bytes]) -> None:
    """Stops when the folder would have a new error: a request that is wrong is not begun."""
    from pmkit import checks
    from pmkit.files import folder as folders
    from pmkit.render import problems as shown

    after = folders.read(folder.root, None, files)
    found = [*after.problems, *checks.run(after.production)]
    wrong = [problem for problem in found if problem.place.file in files]
    if wrong:
        options.say(shown.text(wrong, after.line).rstrip("\n"))
    if any(problem.severity == "error" for problem in wrong):
        raise Stop(f"requests/{name}.yaml was not written, because of the errors above", "pmkit request new --help")
