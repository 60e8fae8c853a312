"""How often a property is tried: a quarter in `make test`, all of it in `make soak`."""

from __future__ import annotations

import os


def often(examples: int) -> int:
    return examples if "SOAK_MINUTES" in os.environ else max(8, examples // 4)
