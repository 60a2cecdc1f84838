"""Why somebody is refused: a closed set, which journals and rules speak of alike."""

from __future__ import annotations

from enum import StrEnum


class RefusalReason(StrEnum):
    """Why the second line refuses (after the standard form of the Schengen Borders Code, Annex V)."""

    NO_VALID_DOCUMENT = "no_valid_document"
    FALSE_DOCUMENT = "false_document"
    NO_VISA = "no_visa"
    PURPOSE_NOT_SHOWN = "purpose_not_shown"
    STAY_USED_UP = "stay_used_up"
    LIST = "list"
    THREAT = "threat"
    BORDER_CLOSED = "border_closed"
    MINOR_UNACCOMPANIED = "minor_unaccompanied"
