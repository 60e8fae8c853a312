"""What ends a batch or holds a message back: its time, the day's and the minute's limits, the server's pause."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from pmkit.mail import archive, batch as batches, log, standing
from pmkit.mail.batch import GIVEN_UP, Limits, QuotaUsed
from pmkit.mail.log import Event
from pmkit.mail.outbox import Outbox, Parcel
from pmkit.problems import Place, Stop
from tests.mail.letters import NOW, parcel, parcels
from tests.mail.test_outbox import Stand
from tests.often import often


class Clock:
    """A clock that goes on only when somebody waits."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now
        self.waits: list[float] = []

    def __call__(self) -> datetime:
        return self.now

    def pause(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += timedelta(seconds=seconds)


def status(outbox: Outbox, one: Parcel) -> str:
    return outbox.standing().entries[one.key].status


def test_a_stale_message_is_never_sent(tmp_path: Path) -> None:
    outbox, door = Outbox(tmp_path, "mara"), Stand()
    one = parcel("ana")._replace(not_after=NOW + timedelta(hours=1))
    two = parcel("bob")._replace(not_after=NOW + timedelta(hours=1))
    keys = outbox.queue([one, two], NOW).new
    assert batches.send(outbox, keys[:1], Stand("deferred"), lambda: NOW).count("deferred") == 1
    late = NOW + timedelta(hours=1, seconds=1)
    batch = batches.send(outbox, keys, door, lambda: late)
    assert [result.status for result in batch.results] == ["expired", "expired"]
    assert "its time passed; the server last said: 250 deferred" in batch.results[0].words
    assert door.through == []
    assert batches.send(outbox, keys, door, lambda: late).count("expired") == 2
    events, _ = log.events(tmp_path)
    assert [event.what for event in events].count("expired") == 2
    # Asked for anew, with a later time, it goes.
    again = one._replace(not_after=NOW + timedelta(days=1))
    assert outbox.queue([again], late).new == (one.key,)
    assert batches.send(outbox, [one.key], door, lambda: late + timedelta(seconds=1)).count("sent") == 1


@pytest.mark.parametrize("kind", ["availability", "callsheet"])
def test_a_stale_message_in_doubt_stays_in_doubt(tmp_path: Path, kind: str) -> None:
    outbox, door = Outbox(tmp_path, "mara"), Stand()
    one = parcel("ana", kind=kind)._replace(not_after=NOW + timedelta(hours=1))
    batches.send(outbox, outbox.queue([one], NOW).new, Stand("doubt"), lambda: NOW)
    batches.send(outbox, [one.key], door, lambda: NOW + timedelta(hours=2))
    assert status(outbox, one) == "doubt"
    assert door.through == []


def test_what_is_in_doubt_each_time_is_sent_again_ever_more_rarely_and_at_last_held(tmp_path: Path) -> None:
    outbox, one, clock, tries = Outbox(tmp_path, "mara"), parcel("ana", kind="report"), Clock(), []
    outbox.queue([one], NOW)
    while clock.now < NOW + timedelta(days=6):
        door = Stand("doubt")
        batches.send(outbox, [one.key], door, clock)
        tries += [clock.now] * len(door.through)
        clock.now += timedelta(minutes=10)
    assert tries[1] - tries[0] == timedelta(minutes=10)  # at once: somebody pulled the plug
    assert 6 <= len(tries) <= 9 and tries[-1] - tries[0] < timedelta(days=4)
    assert status(outbox, one) == "doubt"
    outbox.decide([outbox.standing().entries[one.key]], "resolved", clock.now, "mara", as_="resend")
    assert batches.send(outbox, [one.key], Stand(), clock).count("sent") == 1


def test_what_is_put_off_for_two_days_is_given_up_but_never_untried(tmp_path: Path) -> None:
    outbox, one = Outbox(tmp_path, "mara"), parcel("ana")
    outbox.queue([one], NOW)
    late = NOW + timedelta(days=5)  # the machine was off: no attempt yet, so none is missing
    for after in (timedelta(), timedelta(hours=1), GIVEN_UP - timedelta(hours=1)):
        batches.send(outbox, [one.key], Stand("deferred"), lambda at=late + after: at)  # type: ignore[misc]
        assert status(outbox, one) == "deferred"
        outbox.note(late + after, "resumed", "")
    batches.send(outbox, [one.key], Stand("deferred"), lambda: late + timedelta(days=4))
    assert status(outbox, one) == "deferred"  # a quota's deferral is not the recipient's
    door = Stand("deferred")
    door.quota = ""
    outbox.note(late + timedelta(days=5), "resumed", "")
    batch = batches.send(outbox, [one.key], door, lambda: late + timedelta(days=8))
    assert status(outbox, one) == "failed"
    assert "given up after two days" in batch.results[0].words


def test_the_days_limit_counts_every_clones_attempts_of_the_last_24_hours(tmp_path: Path) -> None:
    for clone, hours in (("joe", 25), ("joe", 23), ("ann", 2)):
        at = NOW - timedelta(hours=hours)
        log.append(tmp_path, clone, [log.line(at, "try", f"{hours:016}")], at)
    outbox, door = Outbox(tmp_path, "mara"), Stand()
    keys = outbox.queue(parcels(5), NOW).new
    clock = Clock()
    batch = batches.send(
        outbox, keys, door, clock, Limits(5, 30, clock.pause)
    )  # nine tenths of 5: 4, of which 2 are gone
    assert (batch.count("sent"), len(door.through)) == (2, 2)
    assert batch.stopped is not None and batch.stopped.exit_code == 75
    assert "4 mails were handed over in the last 24 hours; of 5 a day pmkit uses 4" in batch.stopped.message
    assert "after 10:00" in batch.stopped.hint  # when the one of 23 hours ago is a day old
    clock.now = NOW + timedelta(hours=1, seconds=1)
    again = batches.send(outbox, keys, door, clock, Limits(5, 30, clock.pause)).stopped
    assert again is not None and len(door.through) == 3
    assert f"after 07:00 on {NOW + timedelta(days=1):%Y-%m-%d}" in again.hint  # a day after the one of two hours ago


def test_the_minutes_limit_is_kept_by_waiting_and_never_long(tmp_path: Path) -> None:
    outbox, door, clock = Outbox(tmp_path, "mara"), Stand(), Clock()
    keys = outbox.queue(parcels(25), NOW).new
    assert batches.send(outbox, keys, door, clock, Limits(2000, 10, clock.pause)).count("sent") == 25
    assert clock.waits == [60.0, 60.0]
    tries = outbox.standing().tries
    assert all(sum(other - timedelta(minutes=1) < one <= other for one in tries) <= 10 for other in tries)
    stopped = Clock(NOW + timedelta(days=1))
    more = outbox.queue([parcel(f"q{n}") for n in range(5)], stopped.now).new
    frozen: list[float] = []
    batches.send(outbox, more, door, stopped, Limits(2000, 2, frozen.append))  # a clock that stands still
    assert frozen == [60.0] * 3


def test_a_quota_used_up_pauses_the_account_longer_each_time(tmp_path: Path) -> None:
    outbox, one = Outbox(tmp_path, "mara"), parcels(3)
    keys = outbox.queue(one, NOW).new
    at, hours = NOW, []
    for _ in range(4):
        batch = batches.send(outbox, keys, Stand("deferred"), lambda at=at: at)  # type: ignore[misc]
        assert batch.stopped is not None and batch.stopped.exit_code == 75
        pause = outbox.standing().pause(at)
        assert pause is not None and pause.words == "250 deferred"
        hours.append((pause.until - at).total_seconds() / 3600)
        door = Stand()
        held = batches.send(outbox, keys, door, lambda: pause.until - timedelta(seconds=1))  # noqa: B023
        assert held.stopped is not None and "takes no more from this account until" in held.stopped.message
        assert door.through == []
        at = pause.until + timedelta(hours=6)  # so that the message itself is due again
    assert hours == [1, 4, 24, 1]


def test_another_clones_pause_holds_here_too_and_a_wrong_clock_cannot_hold_it_for_ever(tmp_path: Path) -> None:
    joe, mara = Outbox(tmp_path, "joe"), Outbox(tmp_path, "mara")
    keys = mara.queue(parcels(1), NOW).new
    joe.note(NOW, "quota", "", until="2099-01-01T00:00:00+00:00", words="550 5.4.5 enough")
    assert batches.send(mara, keys, Stand(), lambda: NOW + timedelta(hours=23)).stopped is not None
    joe.note(NOW + timedelta(hours=23), "resumed", "")
    assert batches.send(mara, keys, Stand(), lambda: NOW + timedelta(hours=23, minutes=1)).count("sent") == 1
    joe.note(NOW + timedelta(days=2), "quota", "", until="2099-01-01T00:00:00+00:00")
    assert mara.standing().pause(NOW + timedelta(days=3, seconds=1)) is None


def test_a_login_refused_for_too_many_pauses_too(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path, "mara")
    keys = outbox.queue(parcels(2), NOW).new
    batch = batches.send(outbox, keys, Stand(QuotaUsed("454 4.7.0 too many login attempts", exit_code=75)), lambda: NOW)
    assert batch.stopped is not None
    assert outbox.standing().pause(NOW + timedelta(minutes=59)) is not None


def test_a_fault_of_ours_at_one_message_stops_no_other(tmp_path: Path) -> None:
    class Broken(Stand):
        def deliver(self, sender, recipient, data, before):  # type: ignore[no-untyped-def]
            if recipient.startswith("p000"):
                raise AttributeError("secret inner words")
            if recipient.startswith("p001"):
                before()
                raise ValueError
            return super().deliver(sender, recipient, data, before)

    outbox = Outbox(tmp_path, "mara")
    batch = batches.send(outbox, outbox.queue(parcels(4), NOW).new, Broken(), lambda: NOW)
    assert [result.status for result in batch.results] == ["deferred", "doubt", "sent", "sent"]
    assert batch.results[0].words == "a fault of pmkit (AttributeError)"


def test_a_rehearsal_and_the_real_thing_keep_apart(tmp_path: Path) -> None:
    outbox, door = Outbox(tmp_path, "mara"), Stand()
    real, played = parcel("ana"), parcel("bob")._replace(rehearsal=True)
    keys = outbox.queue([real, played], NOW).new
    assert batches.send(outbox, keys, door, lambda: NOW, only_to="me@example.com").count("sent") == 0
    assert batches.send(outbox, keys, door, lambda: NOW, only_to="bob@example.com").count("sent") == 1
    assert batches.send(outbox, keys, door, lambda: NOW).count("sent") == 2
    assert door.through == ["bob@example.com", "ana@example.com"]


def test_a_new_revision_or_address_takes_back_what_still_waits_of_the_old(tmp_path: Path) -> None:
    outbox, door = Outbox(tmp_path, "mara"), Stand("failed")
    old, gone, other = parcel("ana"), parcel("bob"), parcel("eve")
    outbox.queue([old, gone, other], NOW)
    batches.send(outbox, [gone.key], Stand(), lambda: NOW)
    batches.send(outbox, [old.key], door, lambda: NOW)
    corrected = old._replace(key="00000000000000aa")
    second = gone._replace(key="00000000000000bb", revision=2)
    outbox.queue([corrected, second], NOW)
    found = outbox.standing().entries
    assert (found[old.key].status, found[old.key].words) == ("cancelled", "replaced by a later one")
    assert (found[gone.key].status, found[other.key].status) == ("sent", "queued")
    agent_and_artist = [parcel("dana")._replace(who="ana"), parcel("ana2")._replace(who="ana")]
    outbox.queue([*agent_and_artist, corrected], NOW)
    assert {outbox.standing().entries[p.key].status for p in [*agent_and_artist, corrected]} == {"queued"}


def test_the_archive_keeps_what_went_as_long_as_it_is_told(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path, "mara")
    sent, taken_back, waits = parcels(3)
    outbox.queue([sent, taken_back, waits], NOW)
    batches.send(outbox, [sent.key], Stand(), lambda: NOW)
    outbox.decide([outbox.standing().entries[taken_back.key]], "cancelled", NOW, "mara")
    (tmp_path / "mail" / "outbox" / "notes.txt").write_text("mine")
    now = datetime.now().astimezone()
    archive.tidy(outbox, outbox.standing().entries, now)
    kept = archive.path_of(tmp_path, sent.key)
    assert kept is not None and kept.read_bytes() == sent.sealed.data
    assert sorted(path.name for path in (tmp_path / "mail" / "outbox").iterdir()) == sorted(
        ["notes.txt", f"{waits.key}.eml", f"{waits.key}.yaml"]
    )
    archive.tidy(outbox, outbox.standing().entries, now + timedelta(days=364))
    assert archive.path_of(tmp_path, sent.key) is not None
    archive.tidy(outbox, outbox.standing().entries, now + timedelta(days=366))
    assert archive.path_of(tmp_path, sent.key) is None
    assert archive.path_of(tmp_path, "../../../etc") is None


def test_what_was_refused_or_ran_out_does_not_lie_in_the_outbox_for_ever(tmp_path: Path) -> None:
    outbox, (refused, late, waits) = Outbox(tmp_path, "mara"), parcels(3)
    outbox.queue([refused, late, waits], NOW)
    outbox.note(NOW, "failed", refused.key)
    outbox.note(NOW, "expired", late.key)

    def left(days: int, keep: int) -> set[str]:
        archive.tidy(outbox, outbox.standing().entries, NOW + timedelta(days=days), keep)
        return {path.stem for path in (tmp_path / "mail" / "outbox").iterdir()}

    assert left(29, 0) == {refused.key, waits.key}  # it may be tried again
    assert left(31, 365) == {refused.key, waits.key}
    assert left(366, 365) == {waits.key}
    assert outbox.queue([late], NOW + timedelta(days=2)).new == (late.key,) and late.key in left(2, 365)


EVENTS = st.tuples(
    st.sampled_from(["wanted", "queued", "try", "sent", "deferred", "failed", "expired", "requeued", "cancelled"]),
    st.sampled_from(["mara", "joe"]),
)


@settings(max_examples=often(200), deadline=None)
@given(st.lists(EVENTS, max_size=14))
def test_whatever_the_clones_told_what_is_sent_stays_sent(events: list[tuple[str, str]]) -> None:
    told = [
        Event(NOW + timedelta(seconds=number), who, what, "k", {"kind": "hold"}, Place("mail/log"))
        for number, (what, who) in enumerate(events)
    ]
    found = standing.fold(told).entries.get("k")
    senders = {event.actor for event in told if event.what == "sent"}
    if senders:
        assert found is not None and found.status == "sent" and set(found.senders) == senders
        assert bool(standing.sent_twice([found])) == (len(senders) > 1 or bool(found.perhaps_twice))
    elif told:
        assert found is not None and found.status != "sent"
        assert found.status == "doubt" or told[-1].what != "try"


def test_a_decision_counts_from_after_what_is_known_whatever_the_clock_says(tmp_path: Path) -> None:
    mara, joe, one = Outbox(tmp_path, "mara"), Outbox(tmp_path, "joe"), parcel("ana")
    mara.queue([one], NOW)
    joe.decide([joe.standing().entries[one.key]], "cancelled", NOW - timedelta(hours=3), "joe", "no")
    assert status(mara, one) == "cancelled"
    mara.queue([one], NOW - timedelta(hours=1))
    assert status(mara, one) == "queued"


def test_a_clock_that_was_a_year_ahead_holds_back_nothing(tmp_path: Path) -> None:
    mara, joe, one = Outbox(tmp_path, "mara"), Outbox(tmp_path, "joe"), parcel("ana")
    ahead, limits = NOW + timedelta(days=365), Limits(3, 1)
    joe.note(ahead, "quota", "", until=(ahead + timedelta(hours=1)).isoformat(), words="enough")
    mara.queue([one], ahead)

    def deferred(clock: Clock) -> str:
        door = Stand("deferred")
        door.quota = ""
        assert batches.send(mara, [one.key], door, clock, limits._replace(pause=clock.pause)).stopped is None
        return status(mara, one)

    clock = Clock(ahead)
    mara.note(ahead, "resumed", "")
    assert deferred(clock) == "deferred"
    clock = Clock()  # the clock is right again: it is tried again, waits as it should, and is given up in time
    for tries in (2, 3):
        assert deferred(clock) == "deferred"
        entry = mara.standing().entries[one.key]
        assert entry.tries == tries and not batches.due(entry, clock.now)
        clock.now += timedelta(hours=25)
    assert deferred(clock) == "failed" and clock.waits == []
    two = parcel("bob")
    waited = limits._replace(pause=clock.pause)
    assert batches.send(mara, mara.queue([two], clock.now).new, Stand(), clock, waited).count("sent") == 1


def test_a_stop_of_the_disk_is_no_ones_message(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path, "mara")
    keys = outbox.queue(parcels(2), NOW).new
    batch = batches.send(outbox, keys, Stand(Stop("disk full")), lambda: NOW)
    assert batch.results == () and batch.stopped is not None
