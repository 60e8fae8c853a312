"""Codes to scan: a web address as an SVG drawing, black on white with its quiet zone."""

from __future__ import annotations

import io


def svg(address: str) -> str:
    """The code of an address, error correction M; the same address gives the same text."""
    import segno

    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False, boost_error=False).save(
        drawn, kind="svg", border=2, xmldecl=False, svgclass=None, lineclass=None, omitsize=True, nl=False, light="#fff"
    )
    return drawn.getvalue().decode()
