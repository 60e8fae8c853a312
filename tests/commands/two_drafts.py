"""A script of twenty scenes in two drafts: in the second two scenes are new, one is cut, one rewritten."""

from __future__ import annotations

_SCENES: list[tuple[str, str]] = [
    ("EXT. HARBOUR - DAWN", "Gulls. A trawler with no name ties up.\n\nMARTA\nYou are late.\n\nPIET\nThe sea was."),
    ("INT. TRAWLER WHEELHOUSE - CONTINUOUS", "Charts, a kettle, a radio that only hisses.\n\nPIET\nCoffee?"),
    ("EXT. FISH MARKET - DAY", "Crates slide over wet stone.\n\nAUCTIONEER\nTen, ten, eleven.\n\nMARTA\nTwelve."),
    ("INT. MARTA'S OFFICE - DAY", "A ledger with a burnt corner lies on the desk.\n\nMARTA\nWho wrote this?"),
    ("INT. MARTA'S OFFICE - LATER", "The ledger is gone. The window stands open."),
    ("EXT. QUAY - DUSK", "Piet runs. Somebody in a yellow coat runs faster.\n\nPIET\nStop!"),
    ("INT. CHANDLERY - NIGHT", "Rope to the ceiling.\n\nOLD TOM\nWe are closed.\n\nPIET\nNot to me."),
    ("INT. CHANDLERY CELLAR - CONTINUOUS", "A crate of flares, one missing.\n\nOLD TOM\nI sold that one."),
    ("EXT. HARBOUR - NIGHT", "A red flare climbs over the breakwater and hangs there."),
    ("INT. HARBOUR POLICE - NIGHT", "INSPECTOR VAN DAM eats a herring.\n\nVAN DAM\nSit.\n\nMARTA\nI will stand."),
    ("EXT. LIGHTHOUSE - DAY", "The lamp turns in full daylight.\n\nLENE (V.O.)\nNobody looks up."),
    ("INT. LIGHTHOUSE STAIRS - DAY", "Two hundred steps. Marta counts them aloud.\n\nMARTA\nNinety-nine."),
    ("INT. LIGHTHOUSE LAMP ROOM - DAY", "LENE polishes the lens.\n\nLENE\nYou found it.\n\nMARTA\nI found you."),
    ("EXT. CLIFF PATH - DUSK", "Two figures against the sky, and a third behind them."),
    ("INT. CHURCH - NIGHT", "Model ships hang from the beams.\n\nVAN DAM\nPray for me, too."),
    ("EXT. CHURCHYARD - NIGHT", "Spades. Piet digs up a tin box.\n\nPIET\nIt is empty."),
    ("INT. TRAWLER HOLD - NIGHT", "Ice, fish, and the yellow coat, frozen stiff.\n\nMARTA\nWhose is it?"),
    ("EXT. OPEN SEA - DAWN", "The trawler heads out. Nobody is at the wheel."),
    ("INT. TRAWLER WHEELHOUSE - DAY", "The radio speaks at last.\n\nLENE (V.O.)\nTurn round.\n\nPIET\nNo."),
    ("EXT. HARBOUR - DAY", "Marta waits on the quay with two cups of coffee.\n\nMARTA\nYou are early."),
]
_NEW = [
    (
        8,
        "INT. TAXI - NIGHT",
        "Marta in the back, the ledger on her knees.\n\nDRIVER\nWhere to?\n\nMARTA\nFollow that flare.",
    ),
    (16, "EXT. CHURCHYARD GATE - NIGHT", "Van Dam blows out his lamp and waits."),
]
_CUT = 13
_REWRITTEN = (
    9,
    "Inspector Van Dam peels an orange in one long curl.\n\nVAN DAM\nThe ledger.\n\nMARTA\nI burnt it.\n\n"
    "VAN DAM\nAll of it?\n\nOLD TOM\nShe burnt the corner.",
)


def first(numbered: bool) -> str:
    """The first draft in Fountain."""
    return _fountain([(str(at), *scene) for at, scene in enumerate(_SCENES, 1)], numbered)


def second(numbered: bool) -> str:
    """The second: after 8 and after 16 a new scene, 14 cut, 10 rewritten."""
    scenes = [(str(at), *scene) for at, scene in enumerate(_SCENES, 1)]
    scenes[_REWRITTEN[0]] = ("10", scenes[_REWRITTEN[0]][1], _REWRITTEN[1])
    for after, heading, text in reversed(_NEW):
        scenes.insert(after, (f"{after}A", heading, text))
    return _fountain([scene for scene in scenes if scene[0] != str(_CUT + 1)], numbered)


def parts(numbered: bool) -> list[str]:
    """The scenes of the first draft, one by one."""
    return (
        first(numbered)
        .split("\n\n", 1)[1]
        .rstrip("\n")
        .replace("\n\nINT. ", "\x00INT. ")
        .replace("\n\nEXT. ", "\x00EXT. ")
        .split("\x00")
    )


def _fountain(scenes: list[tuple[str, str, str]], numbered: bool) -> str:
    heads = [f"{heading} #{number}#" if numbered else heading for number, heading, _ in scenes]
    body = "\n\n".join(f"{head}\n\n{text}" for head, (_, _, text) in zip(heads, scenes, strict=True))
    return f"Title: The Yellow Coat\nAuthor: Nobody\n\n{body}\n"
