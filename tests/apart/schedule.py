"""A short counter of the schedule from the raw YAML: days, cast days, days of a location. It shares no code with pmkit."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

ONE = dt.timedelta(days=1)
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
SCENE = re.compile(r"^([A-Z]*\d+[A-Z]*)(?: part .*|,.*)?$")


def load(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)


def dates(text: str) -> list[dt.date]:
    first, _, last = text.partition("..")
    start, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last or first)
    return [start + ONE * n for n in range((end - start).days + 1)]


def boards(root: Path) -> dict[str, dict[str, Any]]:
    found = {unit: days for unit, days in load(root / "schedule.yaml").items() if unit != "boneyard"}
    more = root / "schedule"
    return found | {path.stem: load(path) for path in sorted(more.glob("*.yaml"))}


class Schedule:
    """Answers `days(main)`, `cast(1).paid`, `location(salt-flat).days` of one folder."""

    def __init__(self, root: Path) -> None:
        self.settings = load(root / "production.yaml")
        self.cast = load(root / "cast.yaml")
        self.scenes = load(root / "breakdown.yaml")
        self.sets = load(root / "locations.yaml")["sets"]
        self.boards = boards(root)
        told = load(root / "calendar.yaml")
        self.events = [day for key, what in told.items() if what for day in dates(key)]
        self.shoot = {
            unit: {dt.date.fromisoformat(d): slot for d, slot in days.items() if slot.get("strips")}
            for unit, days in self.boards.items()
        }

    def count(self, function: str, argument: str, attribute: str) -> Decimal:
        """What a formula of the budget asks."""
        if function == "days":
            return Decimal(len(self.shoot[argument]))
        if function == "cast":
            return Decimal(getattr(self, f"_{attribute}")(argument))
        if function == "location":
            return Decimal(len({day for day, slot in self._days() if argument in self._places(slot)}))
        if function == "element":
            words = argument.replace("-", " ")
            return Decimal(len({day for day, slot in self._days() for s in self._on(slot) if words in self._things(s)}))
        if function == "prep" and attribute in ("", "weeks"):
            return Decimal(-(-(min(self.shoot[argument]) - min(self.events)).days // 7))
        raise AssertionError((function, argument, attribute))

    def _days(self) -> list[tuple[dt.date, Any]]:
        return [found for days in self.shoot.values() for found in days.items()]

    def _on(self, slot: Any) -> list[str]:
        found = [SCENE.match(s if isinstance(s, str) else s.get("scene", "")) for s in slot["strips"]]
        return [m[1] for m in found if m and m[1] in self.scenes]

    def _things(self, scene: str) -> list[str]:
        lists = [v for k, v in self.scenes[scene].items() if isinstance(v, list) and k != "cast"]
        return [thing.lower() for things in lists for thing in things]

    def _places(self, slot: Any) -> set[str]:
        found = {s["location"] for s in slot["strips"] if isinstance(s, dict) and "location" in s}
        for scene in self._on(slot):
            name = self.scenes[scene]["heading"].split(". ", 1)[-1].rsplit(" - ", 1)[0]
            while name not in self.sets and " - " in name:
                name = name.rsplit(" - ", 1)[0]
            found.add(self.scenes[scene].get("location") or self.sets.get(name, ""))
        return found

    def _worked(self, number: str) -> int:
        return len(self._work(number))

    def _work(self, number: str) -> list[dt.date]:
        return sorted(
            {d for d, slot in self._days() for s in self._on(slot) if number in self.scenes[s].get("cast", [])}
        )

    def _paid(self, number: str) -> int:
        """Work, holds between the first and last day, holidays and events; a drop once, if the gap is long enough."""
        work, member = self._work(number), self.cast[number]
        if not work:
            return 0
        own = {day for key in member.get("events", {}) for day in dates(key)}
        paid = {*work, *own}
        if member.get("hold") != "true":
            return len(paid)
        gone: set[dt.date] = set()
        if "drop" in member:
            words, least = member["drop"], int(re.findall(r"\d+", member["drop"])[0])
            least += words.startswith("more than")
            for a, b in pairwise(work):
                if (b - a).days - 1 >= least:
                    gone = {a + ONE * n for n in range(1, (b - a).days)}
                    break
        off = {day for stretch in _list(member.get("off")) for day in dates(stretch)}
        holidays = {day for stretch in self.settings["holidays"] for day in dates(stretch)}
        between = {work[0] + ONE * n for n in range((work[-1] - work[0]).days)}
        for day in between - gone - off - paid:
            slot = self.boards["main"].get(day.isoformat())
            if slot is not None and "off" in slot:
                free, holiday = slot["off"] != "weather", slot["off"] in ("holiday", "travel")
            else:
                holiday = day in holidays
                free = slot is None and (WEEKDAYS[day.weekday()] in self.settings["days_off"] or holiday)
            if holiday or not free:
                paid.add(day)
        return len(paid)


def _list(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or [])
