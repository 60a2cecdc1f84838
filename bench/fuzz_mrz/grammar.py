"""Zones by the grammar of Doc 9303, parts 4 to 7: fields right, at the edge of what is right, or wrong."""

from __future__ import annotations

from hypothesis import strategies as st

from bench.mrz.fuzzing import ALPHABET
from openmidas.documents.check_digits import check_digit
from openmidas.documents.formats import FORMATS, MrzFormat

# Of each field what is right, and what is not, or only nearly.
_RIGHT_CODES = {"TD1": "I<", "TD2": "ID", "TD3": "P<", "MRV-A": "V<", "MRV-B": "VA"}
_CODES = ("PD", "AC", "AI", "IV", "C<", "Z<", "<<", "11", "p<")
_STATES = (
    ("UTO", "D<<", "GBD", "RKS", "XXA", "XCT", "ANT", "NER"),
    ("DEU", "0OO", "<<<", "ZZZ", "D<D", "U0O"),
)
_BIRTHS = (("740812", "7408<<", "74<<<<", "<<<<<<"), ("<<0812", "740230", "000000", "7A0B12"))
_EXPIRIES = (("301231", "<<<<<<", "991231"), ("3012<<", "30<<<<", "<<1231", "300230"))
_NUMBERS = (("L898902C3", "D23145890", "AB<123456", "0U1L6G8S5"), ("<<<<<<<<<<", "AB 123", "K"))
_OPTIONAL = (("", "7349<", "ZE184226B"), ("<<<<<<<<<<", "<1", "9" * 30, "1"))
_NAMES = (
    ("ERIKSSON<<ANNA<MARIA", "ARKFREITH<<NILAVADHANANANDA<DEJTHAMRONG<KRASUANG", "SUHARTO"),
    ("", "<<", "A<<B<<C", "<A<<B", "<<ANNA", "O0I1"),
)
_anything = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<", max_size=12)


@st.composite
def zones(draw: st.DrawFn) -> str:
    """One document as a reader may send it: its lines, in one piece or several, or spoilt."""
    layout = draw(st.sampled_from(FORMATS))
    zone = ["<"] * layout.size
    wrong = draw(st.sets(st.integers(0, 7), max_size=2))
    codes = ((_RIGHT_CODES[layout.name],), _CODES)
    number = slice(layout.number.start, layout.number.stop + 1)
    for place, (field, words) in enumerate(
        (
            (slice(0, 2), codes),
            (layout.issuer, _STATES),
            (layout.nationality, _STATES),
            (layout.name_field, _NAMES),
            (number, _NUMBERS),
            (layout.birth, _BIRTHS),
            (layout.expiry, _EXPIRIES),
            (layout.optional[0], _OPTIONAL),
        )
    ):
        how = st.sampled_from(words[1]) | _anything if place in wrong else st.sampled_from(words[0])
        _put(zone, field, draw(how))
    zone[layout.sex] = draw(st.sampled_from("FM<XO" if 1 in wrong else "FM<"))
    if draw(st.integers(0, 3)):
        _put_digits(zone, layout, long=draw(st.booleans()))
    if draw(st.booleans()):
        spot = st.tuples(st.integers(0, layout.size - 1), st.sampled_from(ALPHABET))
        for at, character in draw(st.lists(spot, max_size=3)):
            zone[at] = character
    between = draw(st.sampled_from(("\n", "", "\r\n", "\t", "\n\n")))
    return between.join(layout.rows_of("".join(zone)))


def _put(zone: list[str], where: slice, text: str) -> None:
    width = where.stop - where.start
    zone[where] = text[:width].ljust(width, "<")


def _put_digits(zone: list[str], layout: MrzFormat, *, long: bool) -> None:
    """Check digits that fit; of a ``long`` number with the rest of it in the optional data (note j)."""
    number, optional = "".join(zone[layout.number]), layout.optional[0]
    if long and layout.long_numbers and not number.endswith("<"):
        zone[layout.number.stop] = "<"
        _put(zone, optional, f"12{check_digit(number + '12')}<")
    else:
        zone[layout.number.stop] = check_digit(number)
    for dated in (layout.birth, layout.expiry):
        zone[dated.stop] = check_digit("".join(zone[dated]))
    if layout.optional_digit is not None:
        zone[layout.optional_digit] = check_digit("".join(zone[optional]))
    if layout.composite_digit is not None:
        covered = "".join("".join(zone[part]) for part in layout.composite)
        zone[layout.composite_digit] = check_digit(covered)
