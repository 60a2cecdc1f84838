"""Why a picture is not taken, in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from openmidas.nodes.refusals import Refused

REFUSALS: Mapping[str, str | Promise] = {
    "picture.empty": _("Choose a picture first: a photo (JPEG or PNG), or a scan as PDF."),
    "picture.kind": _(
        "This file is not taken. Only pictures are: JPEG, PNG, or a scan of one page as PDF. Sound, film"
        " and other files are not."
    ),
    "picture.too_large": _("The file is too large: at most %(megabytes)s MB are taken."),
    "picture.too_many_pixels": _(
        "The picture has too many points. Take it at a lower resolution, and attach that."
    ),
    "picture.pages": _("The PDF has several pages. Attach each page by itself, or a photo of it."),
    "picture.broken": _(
        "No picture could be read from the file. Take the photo or the scan again, and attach that."
    ),
    "picture.busy": _("Another picture is being prepared. Send yours again in a few seconds."),
    "picture.caption": _("Say in a few words what is to be seen: at least three characters."),
    "picture.caption_long": _("What is to be seen: at most %(most)s characters."),
    "picture.caption_unprintable": _(
        "What is to be seen: there are characters in it that cannot be printed."
    ),
    "picture.too_many": _("There are %(most)s pictures here already: no more can be attached."),
}


def refusal(refused: Refused) -> str:
    """Why a picture is not taken; "" where that is for another room to say."""
    sentence = REFUSALS.get(refused.code)
    return "" if sentence is None else str(sentence) % refused.params
