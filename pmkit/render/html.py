"""Documents and mails as HTML, for phone, screen and browser print.

One way to build the environment: everything from a report is escaped, a name that does not
exist is an error, no script runs and nothing is fetched. A production's own templates come
before the shipped ones and run in a sandbox, whoever wrote them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from numbers import Number
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from jinja2.exceptions import SecurityError, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.loaders import BaseLoader
from jinja2.runtime import Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from pmkit import shipped
from pmkit.problems import Stop
from pmkit.render import filters, json
from pmkit.render.filters import Formats

CONTENT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
_LONGEST = 1_000_000


def page(
    template: str, report: object, formats: Formats, own: Path | None = None, issued: str = "", **extra: object
) -> str:
    """A report through an HTML template (`callsheet.html.j2`).

    The template sees `report`, `formats`, `issued` (the footer's words: when it was issued, or
    NOT ISSUED with the content's mark) and whatever else is given. `own` is the production's
    `templates/` folder.
    """
    return written(environment(formats, own, escaped=True), template, report, formats, issued, extra)


@lru_cache(maxsize=16)
def environment(formats: Formats, own: Path | None, escaped: bool) -> Environment:
    """The one template environment, for HTML (`escaped`) or for plain text."""
    loaders: list[BaseLoader] = [FileSystemLoader(shipped.templates())]
    kind: type[Environment] = _House
    if own is not None and own.is_symlink():
        raise Stop("the production's templates/ is a link to somewhere else", "templates lie in the folder itself")
    if own is not None and own.is_dir():
        loaders.insert(0, _OwnLoader(own))
        kind = _Guest
    env = kind(
        loader=ChoiceLoader(loaders),
        autoescape=escaped,
        undefined=StrictUndefined,
        finalize=_escapable if escaped else _printable,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.filters.update(filters.named(formats))
    env.globals["content_policy"] = CONTENT_POLICY
    return env


def written(
    env: Environment, template: str, report: object, formats: Formats, issued: str, extra: dict[str, object]
) -> str:
    """A template filled in. What a production's own template gets wrong is a `Stop` in words."""
    line = json.issued_line(report, issued)
    try:
        return env.get_template(template).render(report=report, formats=formats, issued=line, **extra)
    except (TemplateError, TypeError, ValueError, OverflowError, MemoryError) as error:
        if not isinstance(env, _Guest):
            raise
        raise Stop(_said(template, error), f"look at the production's own templates/{template}") from error


def _escapable(value: object) -> object:
    return value if isinstance(value, Markup) or not isinstance(value, str) else filters.plain(value)


def _printable(value: object) -> object:
    return filters.plain(value) if isinstance(value, str) else value


class _Words(Environment):
    """`row.from` and `row.in` in templates, whatever the code must call them."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        found = super().getattr(obj, attribute)
        other = super().getattr(obj, attribute + "_") if isinstance(found, Undefined) else found
        return found if isinstance(other, Undefined) else other


class _House(_Words):
    """For the shipped templates."""


class _Guest(_Words, ImmutableSandboxedEnvironment):
    """For a production's own templates: no way to the machine, no text without end."""

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Multiplication, as long as what comes of it can be printed."""
        sizes = [len(side) if isinstance(side, (str, list, tuple)) else side for side in (left, right)]
        if operator == "**" or not all(isinstance(size, Number) for size in sizes):
            raise SecurityError("this arithmetic")
        if sizes != [left, right] and sizes[0] * sizes[1] > _LONGEST:
            raise SecurityError("text that long")
        return super().call_binop(context, operator, left, right)


class _OwnLoader(BaseLoader):
    """Templates of the production's folder: plain files inside it, never through a link."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        path = self.folder / template
        inside = path.resolve() == path and path.is_relative_to(self.folder)
        if not inside or not path.is_file():
            raise TemplateNotFound(template)
        seen = path.stat().st_mtime_ns
        try:
            return path.read_text(encoding="utf-8"), str(path), lambda: path.stat().st_mtime_ns == seen
        except UnicodeDecodeError:
            raise Stop(f"templates/{template} is not UTF-8 text", "save it as UTF-8") from None


def _said(template: str, error: Exception) -> str:
    match error:
        case TemplateSyntaxError():
            return f"templates/{error.name or template}:{error.lineno}: {error.message}"
        case SecurityError():
            return f"templates/{template} asks for what a template may not have: {error}"
        case TemplateNotFound():
            return f"templates/{template} names a template that does not exist: {error.name}"
        case _:
            return f"templates/{template} cannot be filled in: {error}"
