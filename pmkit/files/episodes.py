"""The first level of the breakdown: the episode in a series, else the scene."""

from __future__ import annotations

from pmkit.model.tree import Mapping, Node
from pmkit.problems import Problem

# What a scene nearly always says, and an episode never.
TOLD = frozenset({"heading", "pages", "synopsis"})


def misplaced(episode: str, level: Node, series: bool) -> Problem | None:
    """A scene where an episode is wanted, or scenes inside what should be a scene."""
    if not isinstance(level, Mapping):
        return None
    if series and TOLD & level.values.keys():
        message = f"in a series the first level is the episode, and {episode} looks like a scene"
        return Problem("episode-level", level.place, message, f"put the episode above it: 101: {{{episode}: …}}")
    for key, scene in level.values.items() if not series else ():
        if isinstance(scene, Mapping) and not TOLD & scene.values.keys():
            inner = (child for child in scene.values.values() if isinstance(child, Mapping))
            if any(TOLD & child.values.keys() for child in inner):
                message = f"{key} holds scenes, as an episode does, and this is no series"
                return Problem("episode-level", level.key_place(key), message, "write kind: series in production.yaml")
    return None
