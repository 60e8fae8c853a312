"""What is tagged in a Final Draft file: its categories, which keep their ids from file to file, as ours."""

from __future__ import annotations

from typing import Final

from pmkit.exchange.xml_tree import Element
from pmkit.model.screenplay import Tag

# Final Draft's own ids of its categories (versions 10 to 13; Fade In and Beat write the same).
CATEGORIES: Final = {
    "01fc9642-84ff-4366-b37c-a3068dee57e8": "cast",
    "028a4e2b-b507-4d09-88ab-90e3edae9071": "background",
    "0377dbe6-77a3-41af-bda8-86eb2468fdbf": "stunts",
    "04721a56-f54b-49c8-80ad-d53887d6b851": "vehicles",
    "05c556eb-6bc1-4a3a-b09f-f8b5ba1b6afa": "props",
    "069e18b8-2109-4f3d-94e7-d802027a60a8": "special_effects",
    "0726fa85-1e65-4ab8-87de-bf21d09b01f0": "wardrobe",
    "08ae1eef-32ce-415f-9a9b-0982d2453ec4": "makeup",
    "09cb0d1c-ce01-4f22-bb64-b5f2e6c491c6": "animals",
    "0ae40617-cc7c-48e6-ae2b-5aaecc09986f": "animal_handler",
    "0b0b44c9-aa4b-4c40-88b1-d94472ad7a26": "music",
    "0ce7d308-096d-4603-8fe8-349f72cd89ff": "sound",
    "0debb71b-5743-4c53-80cc-e17e841ce645": "set_dressing",
    "0e7a8fc5-5441-4bad-a9bf-5ddd3fe51c69": "greenery",
    "0ff5cda4-4d43-4cfe-940f-91380c46fdad": "special_equipment",
    "109d0eaa-0334-4823-ac0c-b44d3f209dc4": "security",
    "1179a4b1-70ee-4011-b4a2-809a0af09e92": "labour",
    "12ab0932-e3b9-4b4a-bcd0-3da1b4e61d5e": "vfx",
    "135cc9d1-c4d5-4d00-83d9-571f584ea9cd": "mechanical_effects",
    "148267ae-50ae-4746-8202-659fb7447b55": "miscellaneous",
    "15b6f4fd-4e74-4ad8-9971-b239d88c2997": "notes",
    "216f33fd-fc42-4269-be01-b05b18f815a0": "notes",
    "47b02ff1-5161-4137-b736-f36eebba7643": "camera",
    "63c140da-ef2b-491a-b416-b46f461abb89": "script_day",
    "70877d87-30ef-45b6-be46-c6fa94b83a71": "sequence",
    "849f1ebf-5507-4f33-bff6-3a5b4d73be14": "unit",
    "8e5e75c2-713b-47df-a75f-f12648b98ded": "synopsis",
    "c5e89e4d-f83e-4c28-950c-92a63f1b5f26": "location",
    "c86eae40-3b01-41c3-a7de-6859e6ec971d": "art",
    "ce04f547-f7ee-40c9-ab66-d95a0c98034e": "miscellaneous",
}
# The same by the names other programs and older versions give them.
NAMES: Final = {
    "cast": "cast", "cast member": "cast", "cast members": "cast", "characters": "cast",
    "background": "background", "background actors": "background", "extras": "background",
    "extras (atmosphere)": "background", "extras (silent)": "background", "atmosphere": "background",
    "stunts": "stunts", "stunt": "stunts",
    "vehicles": "vehicles", "vehicle": "vehicles", "picture vehicles": "picture_vehicles",
    "vehicles/animals": "vehicles",
    "props": "props", "prop": "props", "camera": "camera", "special effects": "special_effects", "sfx": "special_effects",
    "wardrobe": "wardrobe", "costume": "wardrobe", "costumes": "wardrobe",
    "makeup/hair": "makeup", "makeup": "makeup", "make-up": "makeup", "hair": "makeup", "makeup & hair": "makeup",
    "animals": "animals", "animal": "animals", "livestock": "animals", "animal handler": "animal_handler",
    "animal wrangler": "animal_handler", "music": "music", "sound": "sound", "sound effects": "sound",
    "art department": "art", "art": "art", "set dressing": "set_dressing", "greenery": "greenery",
    "special equipment": "special_equipment", "security": "security", "additional labor": "labour",
    "additional labour": "labour", "visual effects": "vfx", "vfx": "vfx", "optical fx": "vfx",
    "mechanical effects": "mechanical_effects", "mechanical fx": "mechanical_effects",
    "miscellaneous": "miscellaneous", "other": "miscellaneous", "notes": "notes", "production notes": "notes",
    "comments": "notes", "weapons": "weapons", "weapon": "weapons", "grip": "grip", "electric": "electric",
    "script day": "script_day", "unit": "unit", "sequence": "sequence", "location": "location",
    "locations": "location", "synopsis": "synopsis",
}  # fmt: skip


def labels(data: Element | None) -> dict[str, tuple[Tag, ...]]:
    """What each tag number of the text stands for; a definition without a label leaves it to the text."""
    if data is None:
        return {}
    names = {}
    categories = data.first("TagCategories")
    for one in categories.children if categories else []:
        name = " ".join(one.get("Name").split())
        names[one.get("Id")] = CATEGORIES.get(one.get("Id").lower()) or NAMES.get(name.lower(), name)
    defined: dict[str, Tag] = {}
    holder = data.first("TagDefinitions")
    for one in holder.children if holder else []:
        category = one.get("CatId")
        key = names.get(category) or CATEGORIES.get(category.lower(), "")
        if key:
            defined[one.get("Id")] = Tag(key, " ".join(one.get("Label").split()))
    tags = data.first("Tags")
    found: dict[str, tuple[Tag, ...]] = {}
    for one in tags.children if tags else []:
        meant = [defined[known.text.strip()] for known in one.all("DefId") if known.text.strip() in defined]
        found[one.get("Number")] = (*found.get(one.get("Number"), ()), *meant)
    return found
