from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from jinja2.exceptions import UndefinedError

from pmkit.model.clock import Clock
from pmkit.problems import Stop
from pmkit.render import html, text
from pmkit.render.filters import Formats


@dataclass(frozen=True)
class Meal:
    from_: Clock


REPORT = {"name": "<script>alert('x')</script>", "from_": Clock(450)}
FORMATS = Formats(clock="12h")


def own(tmp_path: Path, source: str, name: str = "card.html.j2") -> Path:
    folder = tmp_path / "templates"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(source, encoding="utf-8")
    return folder


def filled(tmp_path: Path, source: str, report: object = REPORT, **extra: object) -> str:
    return html.page("card.html.j2", report, FORMATS, own(tmp_path, source), **extra)  # type: ignore[arg-type]


def test_data_is_escaped_in_text_and_attributes(tmp_path: Path) -> None:
    page = filled(tmp_path, '<p title="{{ report.name }}">{{ report.name }}</p>')
    assert page == (
        '<p title="&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;">&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;</p>'
    )


def test_data_is_never_a_template_and_holds_no_control_character(tmp_path: Path) -> None:
    assert filled(tmp_path, "{{ report.name }}", {"name": "{{7*7}}{% raw %}\x00\x1b"}) == "{{7*7}}{% raw %}"


def test_fields_have_the_folders_words(tmp_path: Path) -> None:
    assert filled(tmp_path, "{{ report.from | clock }}") == "7:30 AM"
    assert filled(tmp_path, "{{ report.from | clock }}", Meal(Clock(450))) == "7:30 AM"


def test_what_does_not_exist_is_an_error_in_words(tmp_path: Path) -> None:
    with pytest.raises(Stop, match="'dict object' has no attribute 'nobody'"):
        filled(tmp_path, "{{ report.nobody }}")
    with pytest.raises(Stop, match=r"card.html.j2:2: "):
        filled(tmp_path, "a\n{% if %}")
    with pytest.raises(Stop, match="names a template that does not exist: nowhere"):
        filled(tmp_path, '{% include "nowhere" %}')


@pytest.mark.parametrize(
    "source",
    [
        "{{ report.__class__.__mro__ }}",
        "{{ report.update({'name': 'x'}) }}",
        "{{ ''.__class__ }}",
        "{{ 'x' * 50000000 }}",
        "{{ [1] * 50000000 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{% for i in range(10000000) %}{% endfor %}",
        "{{ '{0.__class__}'.format(report) }}",
    ],
)
def test_a_productions_template_reaches_nothing(tmp_path: Path, source: str) -> None:
    with pytest.raises(Stop):
        filled(tmp_path, source)
    assert REPORT["name"] == "<script>alert('x')</script>"


def test_a_template_reads_nothing_outside_its_folder(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    folder = own(tmp_path, "")
    (folder / "linked").symlink_to(tmp_path / "secret")
    for name in ("../secret", str(tmp_path / "secret"), "linked"):
        own(tmp_path, f'{{% include "{name}" %}}')
        with pytest.raises(Stop, match="does not exist"):
            html.page("card.html.j2", REPORT, FORMATS, folder)


def test_a_templates_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    folder = own(tmp_path, "x")
    (tmp_path / "link").symlink_to(folder)
    with pytest.raises(Stop, match="is a link"):
        html.page("card.html.j2", REPORT, FORMATS, tmp_path / "link")


def test_a_productions_template_stands_before_the_shipped_one(tmp_path: Path) -> None:
    folder = own(tmp_path, '{% extends "base.html.j2" %}{% block title %}Ours{% endblock %}')
    page = html.page("card.html.j2", REPORT, FORMATS, folder)
    assert "<title>Ours</title>" in page
    assert 'Content-Security-Policy" content="default-src &#39;none&#39;' in page
    assert "<script" not in page


def test_a_fault_in_a_shipped_template_is_ours(tmp_path: Path) -> None:
    with pytest.raises(UndefinedError):
        html.page("table.html.j2", {}, FORMATS, rows=[])


def test_text_templates_print_no_control_character(tmp_path: Path) -> None:
    folder = own(tmp_path, "\x1b[2J{{ report.name }} & {{ issued }}\n", "note.txt.j2")
    page = text.page("note.txt.j2", {"name": "\x1b]0;x\x07<b>"}, FORMATS, folder, "Mon 13 Oct 2025, 6:40 PM")
    assert page == "[2J]0;x<b> & Issued Mon 13 Oct 2025, 6:40 PM\n"
