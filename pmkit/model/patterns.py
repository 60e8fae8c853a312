"""Regular expressions that are compiled when they are first used: no command needs most of them."""

from __future__ import annotations

import re
from typing import Any, cast


class _Lazy:
    def __init__(self, text: str, flags: int) -> None:
        self._given = text, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(*self._given)
        for word in ("match", "fullmatch", "search", "sub", "split", "finditer", "findall"):
            setattr(self, word, getattr(compiled, word))
        return getattr(compiled, name)


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern as `re.compile` would give it, compiled at its first use."""
    return cast("re.Pattern[str]", _Lazy(text, flags))
