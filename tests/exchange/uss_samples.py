"""Schedules of the shapes that programs write, made on the spot."""

from __future__ import annotations

import json
from typing import Any

START = "2022-08-03T07:00:00.000+0000"


def data(tree: Any) -> bytes:
    return json.dumps(tree, indent=2).encode()


def event(kind: str, name: str | None, date: str) -> dict[str, Any]:
    return {"id": f"e{date}{name}", "type": kind, "name": name, "date": date}


def wild(scenes: int = 173, days: int = 56) -> dict[str, Any]:
    """A long schedule as one program writes it beside the standard.

    `type: strip`, `breakdownArrays`, `doodDayCount`, categories without their elements, holidays
    and `doodTravel` as events, a loose strip between the days, links to nobody, two calendars.
    """
    categories = [(100, "Cast"), (101, "Background"), (111, "Grip"), (104, "Props"), (105, "SFX"), (0, "Set")]
    categories += [(1, "INT/EXT"), (2, "Day/Night"), (3, "Script Day"), (4, "Unit"), (6, "Location")]
    elements: list[dict[str, Any]] = []

    def element(key: str, category: int, name: str, number: str | None = None, **more: Any) -> str:
        elements.append(
            {
                "id": key,
                "category": f"c{category}",
                "elementId": number,
                "isIdLock": False,
                "isDood": True,
                "isHold": True,
                "isDrop": True,
                "doodDayCount": 10,
                "linkedElements": [],
                "events": [],
                "created": "2022-06-11T00:11:59.000Z",
                "daysOff": [],
                "name": name,
                **more,
            }
        )
        return key

    for n in range(1, 60):
        element(f"cast{n}", 100, f"PART {n}", str(n))
    elements[0].update(
        linkedElements=["nobody"],
        events=[
            event("event", "travel", "2022-06-06T07:00:00.000Z"),
            event("event", "rehearsal", "2022-06-07T07:00:00.000Z"),
        ],
    )
    elements[1]["daysOff"] = [5]
    elements[2]["events"] = [event("dayOff", "dayOff", "2022-07-12T07:00:00.000Z")]
    for key, category, name in [
        ("bg", 101, "25 Pedestrians"), ("cane", 104, "Cane"), ("snow", 105, "Snow"), ("dolly", 111, "Dolly"),
        ("int", 1, "INT"), ("ext", 1, "EXT"), ("day", 2, "DAY"), ("night", 2, "NIGHT"), ("d1", 3, "D1"),
        ("first", 4, "First"), ("stage", 6, "Stage 5"),
    ]:  # fmt: skip
        element(key, category, name)
    for n in range(20):
        element(f"set{n}", 0, f"SET {n} - SIDE")
    breakdowns: list[dict[str, Any]] = []
    for n in range(1, scenes + 1):
        breakdowns.append(
            {
                "id": f"b{n}",
                "bannerText": None,
                "type": "strip",
                "scene": "158a" if n == 158 else str(n),
                "description": f"What happens \"in\" {n}",
                "scriptPage": str(n + 1),
                "pages": [0.125, 1.625, 3, 0.5][n % 4],
                "duration": 5400000 if n % 7 == 0 else None,
                "comments": "Water safety" if n == 2 else None,
                "elements": ["int" if n % 2 else "ext", f"set{n % 20}", "day" if n % 3 else "night",
                             f"cast{n % 59 + 1}", f"cast{(n * 7) % 59 + 1}", "cane", "d1", "stage" if n == 2 else "bg", "first"],
            }
        )  # fmt: skip
    breakdowns.append(
        {"id": "banner", "bannerText": "The Title", "type": "banner", "scene": None, "description": None,
         "scriptPage": None, "pages": None, "duration": None, "comments": None, "elements": []}
    )  # fmt: skip
    every = [f"b{n}" for n in range(1, scenes + 1)]
    dealt = [every[n : scenes - 3 : days] for n in range(days)]
    board: list[Any] = [*dealt]
    board.insert(7, every[scenes - 3])
    return {
        "universalScheduleStandard": {
            "id": "x",
            "company": "RKO Pictures",
            "name": "Full Sample",
            "project": "It's Wonderful",
            "schedColor": "Blue",
            "schedDate": "2022-05-06T07:00:00.000Z",
            "scriptColor": "Pink",
            "scriptDate": "2022-05-01T07:00:00.000Z",
            "ussVersion": "1.0.0",
            "breakdowns": breakdowns,
            "categories": [{"id": f"c{number}", "ucid": number, "name": name} for number, name in categories],
            "elements": elements,
            "stripboards": [
                _stripboard("Script Order", every[:-1], [every[-1]], "push"),
                _stripboard("First Pass", board, every[scenes - 2 :], "august"),
                _stripboard("Rev. WHITE", [list(day) for day in dealt], every[scenes - 3 :], "push"),
            ],
            "calendars": [
                {
                    "id": "august",
                    "name": "Start Aug 3",
                    "daysOff": [6, 0],
                    "events": [
                        event("start", None, START),
                        event("event", "holiday", "2022-09-05T07:00:00.000+0000"),
                        event("event", "holiday", "2022-10-10T07:00:00.000+0000"),
                        event("event", "doodTravel", "2022-08-07T07:00:00.000+0000"),
                    ],
                },
                {
                    "id": "push",
                    "name": "Push",
                    "daysOff": [6, 0],
                    "events": [event("start", None, "2022-08-17T07:00:00.000Z")],
                },
            ],
        }
    }


def _stripboard(name: str, main: list[Any], boneyard: list[Any], calendar: str) -> dict[str, Any]:
    boards = [
        {"id": f"{name}s", "name": "stripboard", "breakdownArrays": main},
        {"id": f"{name}b", "name": "boneyard", "breakdownArrays": boneyard},
    ]
    return {"id": name, "name": name, "boards": boards, "calendar": calendar}


def older(**changes: Any) -> dict[str, Any]:
    """A schedule of the breakdown format that came before the standard: other keys, other numbers, day strips."""
    flags = {"doodDropAllow": True, "doodDropDays": 10, "doodHoldAllow": False, "doodInclude": True}
    elements = [
        {"id": "ext", "elementId": "", "linkedElements": [], "name": "EXT", **flags},
        {"id": "bridge", "elementId": "", "linkedElements": [], "name": "THE BRIDGE", **flags},
        {"id": "night", "elementId": "", "linkedElements": [], "name": "NIGHT", **flags},
        {
            "id": "george", "elementId": "1", "linkedElements": ["petals"], "name": "GEORGE", **flags,
            "events": [
                {"id": "1", "effect": "dayOff", "name": "dayOff", "date": "2020-07-10T07:00:00.000Z"},
                {"id": "2", "effect": "event", "type": "travel", "date": "2020-06-13T07:00:00.000Z"},
            ],
        },
        {"id": "petals", "elementId": "", "linkedElements": [], "name": "Petals", **flags},
        {"id": "tune", "elementId": "", "linkedElements": [], "name": "A tune", **flags},
        {"id": "desk", "elementId": "", "linkedElements": [], "name": "A desk", **flags},
    ]  # fmt: skip
    names = [(0, "Where", "bridge"), (1, "IE", "ext"), (2, "When", "night"), (100, "Cast Members", "george")]
    names += [(104, "Things", "petals"), (111, "Noises", "tune"), (113, "Pieces", "desk")]
    tree = {
        "name": "My schedule",
        "project": "Older",
        "breakdowns": [
            {"id": "banner", "description": "A Text Banner", "elements": [], "type": "banner"},
            {
                "id": "scene", "comments": "Must be at night", "description": "George finds them",
                "elements": ["ext", "bridge", "night", "george", "petals", "tune", "desk"],
                "pages": 0.25, "scene": "89PT1", "scriptPage": "112", "time": 5700000, "type": "scene",
            },
            {"id": "end", "elements": [], "type": "day"},
        ],
        "calendars": [
            {
                "id": "cal", "daysOff": [0, 6], "name": "c",
                "events": [
                    {"id": "1", "effect": "start", "type": None, "date": "2020-06-22T08:00:00.000Z"},
                    {"id": "2", "effect": "dayOff", "type": "holiday", "date": "2020-07-04T08:00:00.000Z"},
                    {"id": "3", "effect": "event", "type": "fitting", "date": "2020-06-16T08:00:00.000Z"},
                ],
            }
        ],
        "categories": [{"id": f"c{n}", "catId": n, "elements": [one], "name": name} for n, name, one in names],
        "elements": elements,
        "stripboards": [
            {
                "id": "s", "name": "Script Order", "calendar": "cal",
                "boards": [
                    {"id": "1", "name": "stripboard", "breakdownIds": ["scene"]},
                    {"id": "2", "name": "boneyard", "breakdownIds": ["banner", "end"]},
                ],
            },
            {
                "id": "t", "name": "First Pass", "calendar": "cal",
                "boards": [
                    {"id": "3", "name": "stripboard", "breakdownIds": ["banner", "scene", "end"]},
                    {"id": "4", "name": "boneyard", "breakdownIds": []},
                ],
            },
        ],
        **changes,
    }  # fmt: skip
    return {"entertainmentIndustryBreakdownFormat": tree}
