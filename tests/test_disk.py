"""Writing is whole or not at all, whatever call of the system fails, and never leaves the folder."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pmkit import disk, lock
from pmkit.problems import Stop

CALLS = ("open", "write", "fsync", "replace", "fchmod", "close")
SICK = (errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO)


class Fails:
    """Lets the first n calls of any writing function of the system pass and fails the next one."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, after: int, code: int, partial: bool = False) -> None:
        self.left = after
        self.failed = ""
        for name in CALLS:
            monkeypatch.setattr(disk.os, name, self._wrap(name, getattr(os, name), code, partial))

    def _wrap(self, name: str, real: Callable[..., Any], code: int, partial: bool) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            if self.left == 0 and not self.failed:
                self.failed = name
                if name == "close":
                    real(*args, **kwargs)
                if name == "write" and partial:
                    real(args[0], bytes(args[1])[: len(args[1]) // 2])
                raise OSError(code, os.strerror(code))
            self.left -= 1
            return real(*args, **kwargs)

        return call


def names(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


@pytest.mark.parametrize("code", SICK)
@pytest.mark.parametrize("partial", [False, True])
def test_a_failing_call_leaves_the_old_file_whole_and_nothing_beside_it(
    tmp_path: Path, code: int, partial: bool
) -> None:
    path = tmp_path / "crew.yaml"
    failures = []
    for after in range(20):
        path.write_bytes(b"old")
        with pytest.MonkeyPatch.context() as patch:
            fails = Fails(patch, after, code, partial)
            try:
                disk.write(path, b"new bytes")
            except Stop as stop:
                assert str(path) in stop.message or str(tmp_path) in stop.message
                assert stop.hint
                assert stop.exit_code == 3
        if not fails.failed:
            break
        failures.append(fails.failed)
        # After the rename only the flush of the folder can fail: then the new bytes stand, whole.
        assert path.read_bytes() == (b"new bytes" if "replace" in failures[:-1] else b"old")
        assert names(tmp_path) == ["crew.yaml"]
    assert path.read_bytes() == b"new bytes"
    assert failures == ["open", "write", "fchmod", "fsync", "close", "replace", "open", "fsync", "close"]


@pytest.mark.parametrize("code", SICK)
@pytest.mark.parametrize("partial", [False, True])
def test_a_failing_append_takes_its_part_back(tmp_path: Path, code: int, partial: bool) -> None:
    path = tmp_path / "log.jsonl"
    seen = []
    for after in range(10):
        path.write_bytes(b"one\n")
        with pytest.MonkeyPatch.context() as patch:
            fails = Fails(patch, after, code, partial)
            try:
                disk.append_line(path, b"two\n")
            except Stop as stop:
                assert str(path) in stop.message
        if not fails.failed:
            break
        seen.append(fails.failed)
        assert path.read_bytes() in (b"one\n", b"one\ntwo\n")
        assert fails.failed in ("fsync", "close") or path.read_bytes() == b"one\n"
    assert path.read_bytes() == b"one\ntwo\n"
    assert seen == ["open", "write", "fsync", "close"]


def test_a_torn_tail_spoils_no_other_line(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_bytes(b'{"a":1}\n{"b":')
    disk.append_line(path, b'{"c":3}')
    assert path.read_bytes() == b'{"a":1}\n{"b":\n{"c":3}\n'


def test_the_mode_is_kept_or_private(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"1")
    path.chmod(0o640)
    disk.write(path, b"2")
    assert path.stat().st_mode & 0o777 == 0o640
    disk.write(path, b"3", private=True)
    assert path.stat().st_mode & 0o777 == 0o600
    disk.write(tmp_path / "deep" / "er" / "b", b"4", private=True)
    assert (tmp_path / "deep" / "er").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "deep" / "er" / "b").stat().st_mode & 0o777 == 0o600


def test_a_file_changed_underneath_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "crew.yaml"
    with pytest.raises(Stop, match="is gone"):
        disk.write(path, b"new", replaces=disk.digest(b"old"))
    disk.write(path, b"old", replaces=disk.NEW)
    with pytest.raises(Stop, match="already there"):
        disk.write(path, b"new", replaces=disk.NEW)
    disk.write(path, b"new", replaces=disk.digest(b"old"))
    with pytest.raises(Stop, match="has changed meanwhile"):
        disk.write(path, b"newer", replaces=disk.digest(b"old"))
    assert path.read_bytes() == b"new"


def test_no_link_leads_out_of_the_folder(tmp_path: Path) -> None:
    outside, root = tmp_path / "outside", tmp_path / "SALT"
    outside.mkdir()
    root.mkdir()
    (outside / "secret").write_bytes(b"mine")
    (root / "build").symlink_to(outside)
    (root / "link").symlink_to(outside / "secret")
    (root / "round").symlink_to(root / "round")
    (root / ".pmkit").symlink_to(outside)
    for call in (
        lambda: disk.write(root / "build" / "x", b"1", root=root),
        lambda: disk.write(root / "link", b"1", root=root),
        lambda: disk.write(root / ".." / "y", b"1", root=root),
        lambda: disk.write(root / "round", b"1", root=root),
        lambda: disk.append_line(root / "build" / "log", b"1", root=root),
        lambda: lock.folder_lock(root).__enter__(),
    ):
        with pytest.raises(Stop):
            call()
    assert names(outside) == ["secret"]
    assert (outside / "secret").read_bytes() == b"mine"
    assert names(tmp_path) == ["SALT", "outside"]
    (root / ".pmkit").unlink()
    (root / ".pmkit").mkdir()
    (root / ".pmkit" / "lock.holder").symlink_to(outside / "secret")
    with lock.folder_lock(root):
        assert (outside / "secret").read_bytes() == b"mine"
    (root / "crew.yaml").write_bytes(b"1")
    (root / "inside").symlink_to(root / "crew.yaml")
    disk.write(root / "inside", b"2", root=root)
    assert (root / "crew.yaml").read_bytes() == b"2"
    assert (root / "inside").is_symlink()


def test_what_a_dead_run_left_is_swept_and_what_a_live_one_writes_is_not(tmp_path: Path) -> None:
    old, young, own = (tmp_path / ".pmkit-1-a.tmp", tmp_path / ".pmkit-2-b.tmp", tmp_path / "notes.tmp")
    for path in (old, young, own):
        path.write_bytes(b"x")
    for path in (old, own):
        os.utime(path, (time.time() - 2 * disk.STALE_SECONDS,) * 2)
    disk.write(tmp_path / "a", b"1")
    assert names(tmp_path) == [".pmkit-2-b.tmp", "a", "notes.tmp"]


def test_many_files_cost_one_flush_each_and_one_of_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    count = 0
    real = os.fsync

    def counted(descriptor: int) -> None:
        nonlocal count
        count += 1
        real(descriptor)

    monkeypatch.setattr(disk.os, "fsync", counted)
    disk.write_all([disk.File(tmp_path / f"{n}.eml", b"x") for n in range(50)])
    assert count == 51
    disk.write_all([disk.File(tmp_path / f"{n}.yaml", b"x") for n in range(50)], durable=False)
    assert count == 52
    assert len(names(tmp_path)) == 100


HOLDER = """
import sys, pathlib
from pmkit import disk, lock
with lock.folder_lock(pathlib.Path(sys.argv[1]), "moving scene 12"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_the_lock_says_who_may_hold_it_and_dies_with_its_process(tmp_path: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert child.stdout is not None and child.stdout.readline() == "held\n"
        with pytest.raises(Stop) as caught, lock.folder_lock(tmp_path, wait=0.2):
            pass
        assert caught.value.exit_code == 75
        assert f"process {child.pid}: moving scene 12" in caught.value.message
        with lock.mail_lock(tmp_path):
            pass
    finally:
        child.kill()
        child.wait()
        child.stdin.close() if child.stdin else None
        child.stdout.close() if child.stdout else None
    with lock.folder_lock(tmp_path, wait=2):
        assert "process" in (tmp_path / ".pmkit" / "lock.holder").read_text()
    assert not (tmp_path / ".pmkit" / "lock.holder").exists()


def test_only_what_lies_in_the_folder_is_taken_away(tmp_path: Path) -> None:
    outside, root = tmp_path / "outside", tmp_path / "SALT"
    outside.mkdir()
    root.mkdir()
    (outside / "a").write_bytes(b"1")
    (root / "b").write_bytes(b"1")
    (root / "link").symlink_to(outside)
    with pytest.raises(Stop):
        disk.remove(root / "link" / "a", root=root)
    disk.remove(root / "b", root=root)
    disk.remove(root / "b", root=root)
    assert names(root) == ["link"] and names(outside) == ["a"]


def test_a_device_is_written_into_and_never_replaced(tmp_path: Path) -> None:
    before = Path("/dev/null").stat().st_ino
    disk.write(Path("/dev/null"), b"a document nobody wants")
    assert Path("/dev/null").stat().st_ino == before
    assert Path("/dev/null").is_char_device()


def test_a_pipe_carries_the_document(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    disk.write(pipe, b"bytes")
    assert os.read(reader, 99) == b"bytes"
    os.close(reader)
    assert pipe.is_fifo()
