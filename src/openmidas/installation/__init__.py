"""An installation that lasts: from a stick, with certificates of the State's own, upgraded without fear."""

UPGRADES_FROM = "0.1.0"
"""The oldest version whose installations this one can take over."""
