"""How much one certificate, one list and one sentence may have."""

from __future__ import annotations

MOST_DER = 16 * 1024
"""Certificates of States have 1 to 3 kB."""
MOST_TOGETHER = 64
BYTES_TOGETHER = 48 * 1024
"""Of certificates in one entry: small enough for a link that drops every few minutes."""
MOST_REVOCATIONS = 512 * 1024
"""Of one list of revoked certificates, which travels whole: most have less than 10 kB."""
MOST_LISTED = 5_000
"""The largest master list that is published has 600."""
SHORTEST = 3
WORDS = 500
NAME = 500
