"""Tampering with journals by the thousand, and who finds it."""
