"""Where the templates, the fonts and the sample production lie.

In a checkout and in an editable install they stand at the top of the repository; in an
installed wheel they are inside the package.
"""

from __future__ import annotations

from pathlib import Path

from pmkit.problems import Stop

_PACKAGE = Path(__file__).resolve().parent
_HOMES = (_PACKAGE / "_shipped", _PACKAGE.parent)


def templates() -> Path:
    """The folder of shipped templates."""
    return _find("templates", "base.html.j2")


def fonts() -> Path:
    """The folder of shipped fonts."""
    return _find("templates", "base.html.j2") / "fonts"


def sample() -> Path:
    """The sample production."""
    return _find("sample_production", "production.yaml")


def _find(name: str, mark: str) -> Path:
    for home in _HOMES:
        if (home / name / mark).is_file():
            return home / name
    raise Stop(
        f"pmkit's own {name.replace('_', ' ')} cannot be found: this installation is not whole",
        "install it again; from a checkout, keep the repository's folders together",
    )
