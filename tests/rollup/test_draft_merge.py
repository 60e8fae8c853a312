"""The three sides of a merge: what the draft changed is taken, what people wrote stays."""

from __future__ import annotations

from typing import Any

from hypothesis import given, strategies as st

from pmkit.model.breakdown import Scene
from pmkit.model.pages import Eighths
from pmkit.model.tree import Mapping, Scalar
from pmkit.problems import Place
from pmkit.rollup.draft_merge import Merge, SceneNews, merged
from pmkit.rollup.draft_scenes import DraftScene

NAMES = {"1": "LENA", "2": "JUNE", "5": "YUSUF"}


def drafted(number: str, text: str = "", omitted: bool = False, **fields: Any) -> DraftScene:
    heading = {"heading": f"INT. ROOM {number or text} - DAY"}
    given_ = {"omitted": "true"} if omitted else {**heading, **fields}
    return DraftScene(number, given_, (text,) if text else (), Place("x", 1))


def written(number: str, **fields: Any) -> Scene:
    """A scene as typed in the breakdown."""
    fields = {"heading": f"INT. ROOM {number} - DAY", **fields}
    keys = {key: Scalar("b", 1, 1, 1, 0, 1, key) for key in fields}
    node = Mapping("b", 1, 1, 1, 0, 1, keys, dict(keys))
    if "pages" in fields:
        fields["pages"] = Eighths(fields["pages"])
    return Scene(number=number, **fields).standing_at(node)


def scenes(*many: Scene) -> dict[str, Scene]:
    return {one.number: one for one in many}


def merge(draft: list[DraftScene], base: list[DraftScene] | None, *ours: Scene) -> Merge:
    return merged(draft, base, scenes(*ours), NAMES)


def only(found: Merge) -> SceneNews:
    (news,) = found.news
    return news


def fields(news: SceneNews) -> dict[str, tuple[Any, Any, bool]]:
    return {one.key: (one.before, one.after, one.kept) for one in news.fields}


def test_a_field_only_the_draft_changed_is_taken() -> None:
    news = only(merge([drafted("1", synopsis="New.")], [drafted("1", synopsis="Old.")], written("1", synopsis="Old.")))
    assert (news.kind, fields(news)) == ("changed", {"synopsis": ("Old.", "New.", False)})


def test_a_field_people_changed_stays_when_the_draft_did_not() -> None:
    news = only(merge([drafted("1", synopsis="Old.")], [drafted("1", synopsis="Old.")], written("1", synopsis="Mine.")))
    assert (news.kind, news.fields) == ("same", ())


def test_where_both_changed_people_s_stays_and_both_are_known() -> None:
    news = only(merge([drafted("1", synopsis="New.")], [drafted("1", synopsis="Old.")], written("1", synopsis="Mine.")))
    assert (news.kind, fields(news)) == ("kept", {"synopsis": ("Mine.", "New.", True)})
    taken_out = only(merge([drafted("1", synopsis="New.")], [drafted("1", synopsis="Old.")], written("1")))
    assert fields(taken_out) == {"synopsis": ("", "New.", True)}


def test_without_a_last_draft_only_what_is_missing_is_filled_in() -> None:
    news = only(
        merge([drafted("1", synopsis="New.", cast=("1",), pages="3/8", estimated="true")], None, written("1", pages=2))
    )
    assert fields(news) == {"synopsis": ("", "New.", False), "cast": ((), ("1",), False)}


def test_a_draft_that_says_less_takes_nothing_away_but_from_lists() -> None:
    base = drafted("1", synopsis="Old.", props=("torch", "knife"), cast=("1", "2"))
    ours = written("1", synopsis="Old.", cast=("1", "2", "5"), elements={"props": ("torch", "knife", "rope")})
    news = only(merge([drafted("1", props=("torch",), cast=("1",))], [base], ours))
    assert fields(news) == {
        "cast": (("1", "2", "5"), ("1", "5"), False),
        "props": (("torch", "knife", "rope"), ("torch", "rope"), False),
    }


def test_who_no_longer_speaks_but_is_in_the_action_stays() -> None:
    found = merge(
        [drafted("1", "June listens.", cast=("1",))],
        [drafted("1", "x", cast=("1", "2"))],
        written("1", cast=("1", "2")),
    )
    assert only(found).fields == ()
    assert only(found).notes == ("2 JUNE no longer speaks, but is still in the action and stays",)


def test_a_length_that_was_an_estimate_is_none_when_the_file_gives_it() -> None:
    base, ours = drafted("1", pages="3/8", estimated="true"), written("1", pages=3, estimated=True)
    news = only(merge([drafted("1", pages="5/8")], [base], ours))
    assert fields(news) == {"pages": ("3/8", "5/8", False), "estimated": ("true", "false", False)}


def test_pages_a_person_timed_stay() -> None:
    base, ours = drafted("1", pages="3/8", estimated="true"), written("1", pages=5)
    news = only(merge([drafted("1", pages="6/8", estimated="true")], [base], ours))
    assert fields(news) == {"pages": ("5/8", "6/8", True)}


def test_another_page_alone_is_no_change_of_the_scene() -> None:
    assert only(merge([drafted("1", page="3")], [drafted("1", page="2")], written("1", page="2"))).kind == "moved"


def test_a_rewritten_text_is_a_change_though_no_field_is() -> None:
    news = only(merge([drafted("1", "New words.")], [drafted("1", "Old words.")], written("1")))
    assert (news.kind, news.rewritten) == ("changed", (1, 1))


def test_the_light_of_a_heading_that_no_longer_leaves_it_open() -> None:
    base = drafted("1", heading="INT. A - LATER", light="day")
    ours = written("1", heading="INT. A - LATER", light="day")
    news = only(merge([drafted("1", heading="INT. A - NIGHT")], [base], ours))
    assert fields(news)["light"] == ("day", "night", False)


def test_cut_scenes_are_omitted_and_those_of_people_s_own_are_left() -> None:
    found = merge([drafted("1")], [drafted("1"), drafted("2")], written("1"), written("2"), written("X9"))
    assert [(news.kind, news.number) for news in found.news] == [("same", "1"), ("omitted", "2")]
    assert found.absent == ("X9",)


def test_a_number_that_says_omitted_omits_and_one_that_comes_back_is_restored() -> None:
    cut = merge([drafted("1", omitted=True)], [drafted("1")], written("1"))
    assert (only(cut).kind, fields(only(cut))) == ("omitted", {"omitted": ("", "true", False)})
    back = merge([drafted("1")], [drafted("1", omitted=True)], written("1", omitted=True))
    assert (only(back).kind, fields(only(back))) == ("restored", {"omitted": ("true", "false", False)})
    mine = only(merge([drafted("1")], [drafted("1")], written("1", omitted=True)))
    assert (mine.fields, mine.notes) == ((), ("omitted in the breakdown, and still in the draft",))


TALK = [
    "The truck idles on the white salt with its door open and the radio on.",
    "June opens the letter by the lamp and reads it aloud twice.",
]


def test_numbers_the_writer_moved_stay_with_their_scenes() -> None:
    base = [drafted("1", TALK[0], heading="EXT. SALT - DAWN"), drafted("2", TALK[1], heading="INT. MOTEL - NIGHT")]
    new = [drafted("1", TALK[0], heading="EXT. SALT - DAWN"), drafted("2", "Rain falls.", heading="EXT. YARD - DAY")]
    new.append(drafted("3", TALK[1], heading="INT. MOTEL - NIGHT"))
    ours = (written("1", heading="EXT. SALT - DAWN"), written("2", heading="INT. MOTEL - NIGHT"))
    found = merge(new, base, *ours)
    assert [(news.kind, news.number) for news in found.news] == [("same", "1"), ("added", "1A"), ("same", "2")]
    assert [(one.code, one.message) for one in found.problems] == [
        ("moved-number", "the draft numbers 3 what the breakdown has as scene 2; it keeps 2")
    ]
    later = merge(new, new, *ours, written("1A", heading="EXT. YARD - DAY"))
    assert [(news.kind, news.number) for news in later.news] == [("same", "1"), ("same", "1A"), ("same", "2")]


def test_a_number_twice_in_a_draft_is_said_and_another_proposed() -> None:
    found = merge([drafted("1A", "One."), drafted("1a", "Two.")], None)
    assert [(news.number, news.proposed) for news in found.news] == [("1A", False), ("2", True)]
    assert [one.code for one in found.problems] == ["duplicate-scene"]


SYNOPSIS = st.sampled_from(["", "a", "b", "c"])
ITEMS = st.lists(st.sampled_from(["torch", "rope", "knife", "dog"]), unique=True, max_size=4).map(tuple)


@given(SYNOPSIS, SYNOPSIS, SYNOPSIS, ITEMS, ITEMS, ITEMS)
def test_nothing_a_person_wrote_is_ever_lost(
    then: str, mine: str, now: str, base_items: tuple[str, ...], my_items: tuple[str, ...], new_items: tuple[str, ...]
) -> None:
    base = drafted("1", **{key: value for key, value in {"synopsis": then, "props": base_items}.items() if value})
    new = drafted("1", **{key: value for key, value in {"synopsis": now, "props": new_items}.items() if value})
    ours = {"synopsis": mine} if mine else {}
    news = only(merge([new], [base], written("1", **ours, elements={"props": my_items} if my_items else {})))
    after: dict[str, Any] = {"synopsis": mine, "props": my_items} | {one.key: one.after for one in news.taken}
    if mine != then:
        assert after["synopsis"] == mine or not mine
    assert set(after["props"]) >= set(my_items) - set(base_items)
    assert set(after["props"]) <= set(my_items) | set(new_items)
    assert set(after["props"]) >= set(new_items) - set(base_items)
    again = only(
        merge(
            [new],
            [base],
            written(
                "1",
                **({"synopsis": after["synopsis"]} if after["synopsis"] else {}),
                elements={"props": after["props"]} if after["props"] else {},
            ),
        )
    )
    assert again.taken == ()
