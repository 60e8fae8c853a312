"""The mails of a release: its own, with the first entry of a calendar that it ends, and a notice of each further one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from pmkit.commands.request_asked import copies, invited, told_by
from pmkit.commands.request_mails import Post
from pmkit.problems import Fault

if TYPE_CHECKING:
    from pmkit.commands.mails import Mail
    from pmkit.reports.asked import Person
    from pmkit.reports.request import Letter


class _Ended(NamedTuple):
    """A request of which something ended, and the number of that act among the person's bookings."""

    post: Post
    number: int


def mails(post: Post, letters: Iterable[Letter]) -> Iterator[tuple[str, Mail | Fault]]:
    """Every mail of a release, each with the request it is about; the artist's copies where the holds had them.

    Of candidates that are asked one after another only who was asked is told.
    """
    from pmkit.reports import asked, release
    from pmkit.rollup.answers import root_of

    production, request = post.folder.production, post.request
    ranked = request.asked.candidates if request.then == "next" else ()
    waits = {root_of(production, who) for who in ranked}
    posts = {post.name: post}
    for letter in letters:
        mine = post.log.get(letter.person, ())
        acts = release.told(production, request, letter.person, told_by(copies(mine, False)))
        if letter.copy or (letter.person in waits and not acts):
            continue
        yield from _to(post, letter, _ended(posts, letter, acts))
        who = asked.person(production, request, letter.person)
        own = "" if isinstance(who, Fault) or who.own.casefold() == who.email.casefold() else who.own
        acts, had = release.told(production, request, letter.person, told_by(copies(mine))), invited(copies(mine))
        copy = replace(letter, to=letter.asked, email=own, copy=True)
        with_copy = [one for one in _ended(posts, copy, acts) if one.post.name in had]
        if own and (with_copy or request.copy):
            yield from _to(post, copy, with_copy)


def _ended(posts: dict[str, Post], letter: Letter, acts: Iterable[tuple[str, int]]) -> list[_Ended]:
    """What ended for somebody and stands in a calendar."""
    first = next(iter(posts.values()))
    for name, _ in acts:
        if name not in posts:
            posts[name] = Post(first.folder, name, first.when, first.log)
    each = [_Ended(posts[name], number) for name, number in acts]
    return [one for one in each if one.post.calendar(letter, one.number) is not None]


def _to(post: Post, letter: Letter, found: list[_Ended]) -> Iterator[tuple[str, Mail | Fault]]:
    """The release to one address, and the notices that go with it: a message is about one event."""
    first = found[0].post.calendar(letter, found[0].number) if found else None
    yield post.name, post.asking(letter, first)
    for one in found[1:]:
        yield one.post.name, one.post.telling(_notice(one, letter), one.number)


def _notice(one: _Ended, letter: Letter) -> Letter:
    from pmkit.reports import asked
    from pmkit.reports.notice import notice
    from pmkit.rollup import bookings

    production = one.post.folder.production
    who: Person | Fault = asked.person(production, one.post.request, letter.person)
    act = bookings.of(production, one.post.name, letter.person)[one.number - 1]
    if isinstance(who, Fault):
        return replace(letter, text=())
    as_asked = one.post.as_asked(letter.person, one.number)
    told = notice(production, one.post.request, who, act, one.number, as_asked)
    return replace(told, to=letter.to, email=letter.email, copy=letter.copy)
