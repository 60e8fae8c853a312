"""Letters of any name in plain small ones, for ids, and for words that are compared."""

from __future__ import annotations

import unicodedata

# What has no mark that could be left off, and a plain way to be written all the same.
_WRITTEN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i"})


def plain(text: str) -> str:
    """Text in small letters without marks, as far as ASCII has them: `Łukasz Þór` is `lukasz thor`."""
    return unicodedata.normalize("NFKD", text.lower().translate(_WRITTEN)).encode("ascii", "ignore").decode()
