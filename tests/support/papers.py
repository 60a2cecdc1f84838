"""Invented travel documents whose check digits fit."""

from __future__ import annotations

from openmidas.documents.check_digits import check_digit


def passport(
    surname: str = "DIALLO",
    given: str = "MAMADOU",
    *,
    number: str = "C04812766",
    state: str = "GIN",
    birth: str = "740812",
    sex: str = "M",
    expiry: str = "291231",
) -> tuple[str, str]:
    """The two lines of a passport (TD3). Dates as YYMMDD."""
    name = f"P<{state}{surname}<<{given}".replace(" ", "<").ljust(44, "<")[:44]
    number = number.ljust(9, "<")
    first = number + check_digit(number)
    dates = birth + check_digit(birth) + sex + expiry + check_digit(expiry)
    optional = "<" * 14 + "<"
    covered = first + dates[:7] + dates[8:] + optional
    return name, first + state.ljust(3, "<") + dates + optional + check_digit(covered)


def identity_card(
    surname: str = "TRAORE",
    given: str = "AWA",
    *,
    number: str = "D23145890",
    state: str = "MLI",
    birth: str = "900101",
    sex: str = "F",
    expiry: str = "301231",
) -> tuple[str, str, str]:
    """The three lines of an identity card (TD1). Dates as YYMMDD."""
    number = number.ljust(9, "<")
    first = f"I<{state}{number}{check_digit(number)}".ljust(30, "<")
    dates = birth + check_digit(birth) + sex + expiry + check_digit(expiry)
    second = f"{dates}{state}".ljust(29, "<")
    covered = first[5:30] + second[:7] + second[8:15] + second[18:29]
    name = f"{surname}<<{given}".replace(" ", "<").ljust(30, "<")[:30]
    return first, second + check_digit(covered), name
