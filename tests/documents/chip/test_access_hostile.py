"""Chips that lie, hang, repeat themselves or never end: one kind of error, within bounds."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openmidas.documents.chip import Unreadable
from openmidas.documents.chip.access import ChipFiles, Waiting, read_files
from openmidas.documents.chip.access.card_access import read_card_access
from openmidas.documents.chip.access.commands import Answer, Command
from openmidas.documents.chip.access.files import MOST_FILE, read_file
from tests.documents.chip.made import StateOfOurs
from tests.documents.chip.test_access_reading import AES, BY_CAN, ZONE
from tests.documents.chip.virtual import VirtualChip, files_of

UTOPIA = StateOfOurs()


def chip(*infos: bytes, **more: object) -> VirtualChip:
    return VirtualChip(files_of(UTOPIA.groups, UTOPIA.sod, *infos), **more)  # type: ignore[arg-type]  # a test names the fields


def flipped(answer: bytes, bit: int) -> bytes:
    bit %= 8 * len(answer)
    return bytes(one ^ (0x80 >> bit % 8 if at == bit // 8 else 0) for at, one in enumerate(answer))


def first_finding(found: ChipFiles) -> tuple[str, str]:
    return found.findings[0].code, found.findings[0].field


FIRST_SEALED = 7
"""With BAC, after CardAccess, application, nonce, key, and the choice of EF.COM."""


@pytest.mark.parametrize(
    ("bend", "code"),
    [
        (lambda answer: flipped(answer, 30), "messaging_wrong"),
        (lambda answer: answer[:-2] + b"\x62\x82", "messaging_wrong"),
        (lambda _answer: b"\x60\x14\x90\x00", "messaging_wrong"),
        (lambda _answer: b"\x90\x00", "messaging_lost"),
        (lambda _answer: b"\x69\x88", "messaging_lost"),
        (lambda _answer: b"\x90", "answer_not_allowed"),
        (lambda _answer: b"", "answer_not_allowed"),
        (lambda _answer: bytes(70_000), "answer_not_allowed"),
    ],
)
def test_what_is_not_rightly_sealed_ends_the_reading(
    bend: Callable[[bytes], bytes], code: str
) -> None:
    made = chip()
    made.bend = lambda number, answer: bend(answer) if number == FIRST_SEALED else answer
    found = read_files(made, ZONE)
    assert first_finding(found) == (code, "COM")
    assert "COM" not in found.files


def test_an_answer_that_is_repeated_is_not_taken_twice() -> None:
    made = chip()
    made.bend = lambda number, answer: made.said[number - 2] if number > FIRST_SEALED else answer
    found = read_files(made, ZONE)
    assert first_finding(found)[0] == "messaging_wrong"
    assert len(made.log) < 12


@pytest.mark.parametrize("number", [3, 4, 5, 6, 9])
def test_a_chip_that_goes_in_the_middle(number: int) -> None:
    made = chip(AES)

    def bend(count: int, answer: bytes) -> bytes:
        if count >= number:
            raise ConnectionError("taken away")
        return answer

    made.bend = bend
    with pytest.raises(Unreadable, match="chip_gone"):
        read_files(made, ZONE)


def test_what_was_read_before_it_went_is_kept() -> None:
    made = chip()

    def bend(count: int, answer: bytes) -> bytes:
        if made.selected == 0x0102:
            raise ConnectionError
        return answer

    made.bend = bend
    found = read_files(made, ZONE)
    assert set(found.files) == {"COM", "SOD", "DG1"}
    assert first_finding(found) == ("chip_gone", "DG2")


@pytest.mark.parametrize("bit", range(0, 1200, 37))
@pytest.mark.parametrize("number", [6, 7, 8])
def test_no_flipped_bit_of_pace_opens_a_line(number: int, bit: int) -> None:
    """Steps 2 to 4: their point, their second point, their token."""
    made = chip(AES, bac=False)
    made.bend = lambda count, answer: flipped(answer, bit) if count == number else answer
    with pytest.raises(Unreadable):
        read_files(made, ZONE)


def test_the_point_must_lie_on_the_curve() -> None:
    made = chip(AES)
    made.bend_point = lambda point: point[:-1] + bytes((point[-1] ^ 1,))
    with pytest.raises(Unreadable, match="access_wrong"):
        read_files(made, ZONE)


def test_a_chip_that_sends_our_own_key_back() -> None:
    made = chip(AES)
    made.bend = lambda count, answer: (
        b"\x7c\x43\x84" + made.log[-1][8:-1] + b"\x90\x00" if count == 7 else answer
    )
    with pytest.raises(Unreadable, match="access_wrong"):
        read_files(made, ZONE)


class Endless:
    """A file that says it has so many bytes, and gives so many at a time."""

    def __init__(self, head: str, gives: int, status: int = 0x9000) -> None:
        self.head, self.gives, self.status, self.asked = bytes.fromhex(head), gives, status, 0

    def send(self, command: Command) -> Answer:
        self.asked += 1
        if command.ins == 0xA4:
            return Answer(b"", 0x9000)
        given = self.head if self.asked == 2 else bytes(min(self.gives, command.expected))
        if command.ins == 0xB1:
            given = b"\x53\x82" + len(given).to_bytes(2) + given
        return Answer(given, self.status)


@pytest.mark.parametrize(
    ("head", "gives", "code"),
    [
        ("6184FFFFFFFF0000", 223, "file_too_large"),
        ("6183FFFFFF000000", 223, "file_too_large"),
        ("6185010000000000", 223, "length_not_allowed"),
        ("6180", 223, "length_not_allowed"),
        ("618201", 223, "cut_short"),
        ("61", 223, "cut_short"),
        ("", 223, "file_stuck"),
        ("6183070000000000", 0, "file_stuck"),
        ("6183070000000000", 1, "file_stuck"),
    ],
)
def test_a_file_without_an_end(head: str, gives: int, code: str) -> None:
    endless = Endless(head, gives)
    with pytest.raises(Unreadable) as error:
        read_file(endless, 0x0102)
    assert error.value.code == code
    assert endless.asked < 7000


def test_the_longest_file_that_is_read() -> None:
    endless = Endless(f"6183{MOST_FILE - 5:06X}000000", 223)
    assert len(read_file(endless, 0x0102)) == MOST_FILE


def test_a_chip_that_takes_its_time_is_given_up() -> None:
    now = iter(range(10_000))
    with pytest.raises(Unreadable, match="chip_too_long"):
        read_files(chip(AES), ZONE, seconds=4, clock=lambda: float(next(now)))


def test_a_chip_that_does_not_answer_is_given_up_for_good() -> None:
    never = threading.Event()
    asked: list[bytes] = []

    def silent(command: bytes) -> bytes:
        asked.append(command)
        never.wait(30)
        return b""

    waiting = Waiting(silent, seconds=0.05)
    try:
        for _each in range(2):
            with pytest.raises(Unreadable, match="chip_silent"):
                read_files(waiting, ZONE)
    finally:
        never.set()
    assert len(asked) == 1


def test_waiting_carries_what_comes_in_time() -> None:
    assert read_files(Waiting(chip()), ZONE, groups=(1,)).files["DG1"] == UTOPIA.groups[1]

    def gone(_command: bytes) -> bytes:
        raise ConnectionError

    with pytest.raises(Unreadable, match="chip_gone"):
        read_files(Waiting(gone), ZONE)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.binary(max_size=300), max_size=40), st.sampled_from([ZONE, BY_CAN]))
def test_a_chip_of_chance_raises_one_kind_of_error(answers: list[bytes], password: object) -> None:
    left = list(answers)

    def transmit(_command: bytes) -> bytes:
        return left.pop() + b"\x90\x00" if left else b"\x6f\x00"

    with pytest.raises(Unreadable):
        read_files(transmit, password)  # type: ignore[arg-type]  # one of the two


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 60), st.integers(0, 4000), st.booleans())
def test_one_flipped_bit_anywhere(number: int, bit: int, pace: bool) -> None:
    """Nothing is raised but the one error, and no file that was read is another than the chip's."""
    made = chip(AES)
    made.bend = lambda count, answer: flipped(answer, bit) if count == number else answer
    try:
        found = read_files(made, ZONE, groups=(1, 11), pace=pace)
    except Unreadable:
        return
    kept = {0x011E: "COM", 0x011D: "SOD", 0x0101: "DG1", 0x010B: "DG11"}
    assert all(
        made.files[at] == found.files[name] for at, name in kept.items() if name in found.files
    )


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=120))
def test_card_access_of_chance(data: bytes) -> None:
    try:
        read_card_access(b"\x31" + bytes((len(data),)) + data)
    except Unreadable:
        return
