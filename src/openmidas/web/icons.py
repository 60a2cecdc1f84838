"""Drawings of our own, 24 by 24, stroked with the colour of the text around them."""

from __future__ import annotations


def _stroke(*paths: str, width: float = 2) -> str:
    drawn = "".join(f'<path d="{path}"/>' for path in paths)
    return (
        f'<g fill="none" stroke="currentColor" stroke-width="{width}" stroke-linecap="round" '
        f'stroke-linejoin="round">{drawn}</g>'
    )


ICONS = {
    # Two posts and the road between them.
    "mark": _stroke("M4 19V6h3.5L12 13l4.5-7H20v13", width=2.4),
    # The three states: each has its own outline, to be told apart without colour.
    "clear": _stroke("M12 2.5a9.5 9.5 0 1 0 0 19a9.5 9.5 0 1 0 0-19z", "M7.5 12.5l3 3l6-6.5"),
    "look": _stroke("M12 2.8L22 20.5H2z", "M12 9.5v5", "M12 17.5v.1"),
    "stop": _stroke("M8 2.5h8l5.5 5.5v8L16 21.5H8L2.5 16V8z", "M7.5 12h9", width=2.2),
    "info": _stroke("M12 2.5a9.5 9.5 0 1 0 0 19a9.5 9.5 0 1 0 0-19z", "M12 11v6", "M12 7.3v.1"),
    "help": _stroke(
        "M12 2.5a9.5 9.5 0 1 0 0 19a9.5 9.5 0 1 0 0-19z",
        "M9.3 9.3a2.8 2.8 0 1 1 4 2.6c-.9.5-1.3 1-1.3 2",
        "M12 17.2v.1",
    ),
    "scan": _stroke(
        "M3 8V4h4", "M17 4h4v4", "M21 16v4h-4", "M7 20H3v-4", "M7 9.5h10", "M7 14.5h10"
    ),
    "camera": _stroke(
        "M3 8h4.5L9 5h6l1.5 3H21v11.5H3z", "M12 10a3.6 3.6 0 1 0 0 7.2a3.6 3.6 0 1 0 0-7.2z"
    ),
    "type": _stroke("M3 6h18v12H3z", "M7 10h.1", "M12 10h.1", "M17 10h.1", "M8 14h8"),
    "admit": _stroke("M4 12.5l5.5 5.5L20 6.5", width=2.6),
    "refer": _stroke("M4 12h14", "M12.5 6l6 6l-6 6", width=2.4),
    "cancel": _stroke("M6 6l12 12", "M18 6L6 18", width=2.4),
    "entry": _stroke("M3 12h11", "M9.5 7.5L14 12l-4.5 4.5", "M14 4h6v16h-6"),
    "exit": _stroke("M10 12h11", "M16.5 7.5L21 12l-4.5 4.5", "M10 4H4v16h6"),
    "group": _stroke(
        "M9 4.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7z",
        "M2.5 20c0-4 2.5-6 6.5-6s6.5 2 6.5 6",
        "M16 5a3.2 3.2 0 0 1 0 6.3",
        "M18.5 14.6c2 .8 3 2.6 3 5.4",
    ),
    "person": _stroke(
        "M12 3.5a4 4 0 1 0 0 8a4 4 0 1 0 0-8z", "M4.5 21c0-4.5 2.8-7 7.5-7s7.5 2.5 7.5 7"
    ),
    "link": _stroke("M3 10a13 13 0 0 1 18 0", "M6.5 13.8a8 8 0 0 1 11 0", "M12 18v.1"),
    "no-link": _stroke(
        "M3 10a13 13 0 0 1 6-3.3", "M14 6.6a13 13 0 0 1 7 3.4", "M12 18v.1", "M4 3l16 18"
    ),
    "list": _stroke("M8 6h13", "M8 12h13", "M8 18h13", "M3.5 6h.1", "M3.5 12h.1", "M3.5 18h.1"),
    "sound": _stroke(
        "M4 9.5v5h3.5L12 18.5v-13L7.5 9.5z", "M15.5 9a4.5 4.5 0 0 1 0 6", "M18 6.5a8 8 0 0 1 0 11"
    ),
    "no-sound": _stroke("M4 9.5v5h3.5L12 18.5v-13L7.5 9.5z", "M16 9.5l5 5", "M21 9.5l-5 5"),
    "leave": _stroke("M14 4H5v16h9", "M10 12h11", "M17 8l4 4l-4 4"),
    "agrees": _stroke("M5 12.5l4.5 4.5L19 7.5", width=2.6),
    "differs": _stroke("M6 6l12 12", "M18 6L6 18", width=2.6),
    "unknown": _stroke("M6 12h12", width=2.6),
    "clock": _stroke("M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18z", "M12 7v5l3.5 2"),
}
