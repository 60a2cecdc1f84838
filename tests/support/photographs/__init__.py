"""Photographs of documents that never were: drawn, and spoilt as cameras spoil them.

`photograph(seed)` is one of them, the same one for the same seed. The zone is set in OCR-B, of Debian's
package fonts-ocr-b (`FONT`); nothing else is needed.
"""

from __future__ import annotations

from tests.support.photographs.cameras import CONDITIONS, Photograph, photograph
from tests.support.photographs.pages import FONT

__all__ = ["CONDITIONS", "FONT", "Photograph", "photograph"]
