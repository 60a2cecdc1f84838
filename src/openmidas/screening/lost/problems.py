"""What can be wrong with a file of lost document numbers as a whole."""

from __future__ import annotations

from typing import Literal

LostCode = Literal[
    "not_lost_numbers",
    "unknown_version",
    "truncated",
    "damaged",
    "other_key",
    "other_base",
    "other_digest",
    "too_large",
]


class LostError(Exception):
    """A file, or bytes, that are no lost document numbers of ours. Nothing of them is used.

    "not_lost_numbers" {}, "unknown_version" {version, known}, "truncated" {}, "damaged" {detail},
    "other_key" {}: made with another key than the one given, "other_base" {}: changes of another
    edition, "other_digest" {}, "too_large" {limit, in bytes}.
    """

    def __init__(self, code: LostCode, params: dict[str, str] | None = None) -> None:
        self.code = code
        self.params = params or {}
        super().__init__(f"{code} {self.params}" if self.params else code)
