"""Small productions made on the spot."""

from __future__ import annotations

from pathlib import Path


def write(root: Path, files: dict[str, str]) -> Path:
    """Writes files by name: `crew` is crew.yaml, `private/deals` is private/deals.yaml, `a__b` is a/b."""
    texts = {"production": "pmkit: 1\ntitle: Test\n", **files}
    for name, text in texts.items():
        path = root / name.replace("__", "/")
        path = path if path.suffix in (".yaml", ".csv") else path.with_name(path.name + ".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root
