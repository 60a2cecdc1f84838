"""Names brought to a form in which spellings of one name are equal or close.

From strict to loose: `fold` (capital letters A to Z, as an MRZ would have them), `skeleton`
(spellings of one sound, and the double letters an MRZ writes for one, made equal), `frame` (which
vowel it is does not count) and `consonants` (what a script keeps that does not write vowels).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from openmidas.screening import arabic, nko

LONGEST_NAME = 200
MOST_TOKENS = 12

# Dropped without a gap, as Doc 9303-3, 4.6 drops an apostrophe: N'DIAYE is NDIAYE.
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘`´ʼʾʿ′‛"))
_PLAIN = re.compile(r"[A-Za-z ]+")
_NOT_ALPHANUMERIC = re.compile(r"[^A-Z0-9]+")
_MISREAD = str.maketrans("012568", "OIZSGB")

# Words that link or honour and identify nobody: they may be missing on either side.
_ARTICLES = ("AL", "EL", "ES", "AN", "AS", "AD", "AR", "UL", "UR", "UD", "LA", "LE")
_LINKS = ("DE", "DA", "DO", "DOS", "DU", "DER", "DEN", "VAN", "VON")
_DESCENT = (
    "BIN",
    "BEN",
    "IBN",
    "BINT",
    "BT",
    "OULD",
    "OUELD",
    "WULD",
    "WALAD",
    "WALET",
    "MINT",
    "AG",
    "AIT",
)
_DESCENT_ARABIC = ("BN", "BNT", "WLD")
_HONOURS = (
    *("HAJI", "HAJJ", "HAJJI", "HADJ", "HADJI", "HADJE", "ALHAJ", "ALHAJI", "ALHADJ", "ALHADJI"),
    *("ELHAJ", "ELHAJI", "ELHADJ", "ELHADJI", "USTAD", "USTADZ", "DOCTOR"),
    *("MAULANA", "MAWLANA"),
    *("MULLAH", "MULLA", "MAULAVI", "MAWLAWI", "QARI", "SHEIKH", "SHEIK", "SHAYKH", "SHAIKH"),
    *("SAYYID", "DR", "MR", "MRS", "JR", "SR", "II", "III", "GENERAL", "COLONEL"),
)
PARTICLES = frozenset((*_ARTICLES, *_LINKS, *_DESCENT, *_DESCENT_ARABIC, *_HONOURS))

# In this order. The first line undoes the transliteration of Doc 9303-3, section 6 (Ä, Ö, Ü, Å);
# the others make French, English, German, Portuguese and Arabic ways of writing one sound equal.
# OU, U and O before a vowel are W (OUATTARA), DI, DY and DJ are J (DIALLO, JALLO).
# Beside a spelling that is more than letters stand letters in which it begins: one of them must be
# there, or the spelling is nowhere, which is quicker to see.
_SPELLINGS: list[tuple[str, str, str]] = [
    *[("AE", "A", ""), ("OE", "O", ""), ("UE(?![AEIOUY])", "U", "UE"), ("AA", "A", "")],
    *[("GU(?=[EI])", "G", "GU"), ("^GN(?=[AEIOU])|NH(?=[AEIOU])", "N", "GN NH"), ("LH", "L", "")],
    ("OU(?=[AEI])|(?<![AEIOU])U(?=[AE])|^O(?=UA)", "W", "UA UE UI"),
    ("TSCH|TCH|SCH|SZ|CZ", "S", "CH SZ CZ"),
    ("DJ|D[IY](?=[AOU])|DIE(?=[A-Z]{2})", "J", "DJ DI DY"),
    *[("OU|OO", "U", "OU OO"), ("EE|IE", "I", "EE IE"), ("(?<=S)[AE]Y$", "E", "SAY SEY")],
    *[
        ("(?<=L)OW$", "O", "LOW"),
        ("E[IY]", "AI", "EI EY"),
        ("PH", "F", ""),
        ("[CS]H", "S", "CH SH"),
    ],
    *[("KH", "K", ""), ("GH", "G", ""), ("DH", "D", ""), ("TH", "T", ""), ("CK", "K", "")],
    *[("QU(?=[EI])|Q", "K", "Q"), ("C(?=[EI])", "S", "CE CI")],
    ("C", "K", ""),
]
# Last of all, when what is silent at the end is gone.
_VOWELS_ALIKE = str.maketrans("YEO", "IIU")
_SOUNDS = [
    (spelling if spelling.isalpha() else re.compile(spelling), sound, pieces.split())
    for spelling, sound, pieces in _SPELLINGS
]
# OUSMANE and OUSMAN, KONE and KONEH, CISSE and SESAY; but HASSANI is not HASSAN, nor BARRY BAR.
_SILENT_END = re.compile(r"(..[^EIY]|[^AEIOUY][^AEIOUY]?[AOU])(?:H|EH?)$")
_SILENT = ("H", "E")
_DOUBLED = re.compile(r"(.)\1+")
# W and Y (I in a skeleton) too: scripts that leave vowels out write long ones with them.
_VOWELS = re.compile(r"[AEIOUW]+")
_ARABIC_LACKS = str.maketrans("PV", "BF")
_LETTERS_OF_VOWELS = re.compile(r"[AEIOU]")

# Words that `words_of` sees to, and one that has its link written to it.
_LINKED = ("ABD", "DIN", "OULD", "OUELD", "WALET", "MINT", "HA", "ALHA", "ELHA")
_PILGRIM = re.compile("(?:AL|EL)?HA(?:J|DJ|JJ)[IE]?")
_ARTICLED = re.compile("[AE]L([^AEIOU][A-Z]{3,})")
_PARTED = re.compile("(OULD|OUELD|WALET|MINT)([A-Z]{4,})")

_SCRIPTS = {
    "LATIN": "Latn",
    "ARABIC": "Arab",
    "CYRILLIC": "Cyrl",
    "CJK": "Hani",
    "HANGUL": "Hang",
    "HIRAGANA": "Jpan",
    "KATAKANA": "Jpan",
    "GREEK": "Grek",
    "HEBREW": "Hebr",
    "NKO": "Nkoo",
    "DEVANAGARI": "Deva",
    "THAI": "Thai",
}


def script_of(text: str) -> str:
    """ISO 15924 code of the script of the first letter; "Zyyy" when there is no letter."""
    for char in text:
        if char.isalpha():
            word = unicodedata.name(char, "").split(" ", 1)[0]
            return _SCRIPTS.get(word, "Zzzz")
    return "Zyyy"


@lru_cache(maxsize=20_000)
def fold(text: str) -> tuple[str, ...]:
    """The tokens of a name: other scripts in Latin letters, no accents, no case, no punctuation.

    Text beyond 200 characters and tokens beyond the twelfth are left out: no name needs them.
    """
    if len(text) <= LONGEST_NAME and _PLAIN.fullmatch(text):  # most are, and need no more
        return tuple(text.upper().split()[:MOST_TOKENS])
    decomposed = unicodedata.normalize("NFKD", nko.latin(arabic.latin(text[:LONGEST_NAME])))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    ascii_text = anyascii(bare.translate(_APOSTROPHES)).translate(_APOSTROPHES)
    tokens = [token for token in _NOT_ALPHANUMERIC.split(ascii_text.upper()) if token]
    return tuple(_letters(token) for token in tokens[:MOST_TOKENS])


@lru_cache(maxsize=20_000)
def words_of(text: str) -> tuple[str, ...]:
    """The tokens of a name as they are compared, links and articles where they belong.

    ABD AL RAHMAN is ABDUL RAHMAN, BASHIR UD DIN is BASHIR UDDIN, EL HADJ and ALHAJI are HADJI, and
    OULDABDALLAHI is two words.
    """
    tokens = fold(text)
    if not any(token.startswith(_LINKED) for token in tokens):
        return tokens
    found: list[str] = []
    for word in tokens:
        last = found[-1] if found else ""
        if last == "ABD" and word in _ARTICLES:
            found[-1] = "ABDUL"
        elif word == "DIN" and last in _ARTICLES and len(found) > 1:
            found[-1] = "UDDIN"
        elif _PILGRIM.fullmatch(word):
            if last in _ARTICLES:
                found.pop()
            found.append("HADJI")
        elif parted := _PARTED.fullmatch(word):
            found += parted.groups()
        else:
            found.append(word)
    return tuple(found)


def _letters(token: str) -> str:
    """A camera takes O for 0: figures among letters are the letters that they look like."""
    mixed = not token.isalpha() and any(char.isalpha() for char in token)
    return token.translate(_MISREAD) if mixed else token


@lru_cache(maxsize=50_000)
def skeleton(token: str) -> str:
    """One form for the spellings of one sound: DJALLO and JALO, MÜLLER, MUELLER and MULLER."""
    text = token
    for spelling, sound, pieces in _SOUNDS:
        if isinstance(spelling, str):
            text = text.replace(spelling, sound)
            continue
        for piece in pieces:
            if piece in text:
                text = spelling.sub(sound, text)
                break
    if _DOUBLED.search(text):
        text = _DOUBLED.sub(r"\1", text)
    if text.endswith(_SILENT):
        text = _SILENT_END.sub(r"\1", text)
    text = text.translate(_VOWELS_ALIKE)
    if _DOUBLED.search(text):
        text = _DOUBLED.sub(r"\1", text)
    return text or token


@lru_cache(maxsize=50_000)
def frame(token: str) -> str:
    """Consonants with a dot for vowels between: M.H.M.D is MOHAMED and MUHAMMAD, not MAHMOUD."""
    return _VOWELS.sub(".", skeleton(token)).rstrip(".")


@lru_cache(maxsize=50_000)
def consonants(token: str) -> str:
    """The consonants of the skeleton: MOHAMED, MAHMOUD and محمد are all MHMD."""
    return _VOWELS.sub("", skeleton(token)).translate(_ARABIC_LACKS)


@lru_cache(maxsize=50_000)
def is_vowelless(token: str) -> bool:
    """Whether the token looks as if its script had not written the vowels (محمد: MHMD)."""
    return 3 * len(_LETTERS_OF_VOWELS.findall(token)) <= len(token)


@lru_cache(maxsize=50_000)
def without_article(token: str) -> str:
    """The skeleton of a token that may have its article written to it, without it; "" for others.

    ELBASHIR is AL BASHIR. A vowel after it more often belongs to the name: ALIOU, ELIAS.
    """
    found = _ARTICLED.fullmatch(token)
    return skeleton(found[1]) if found else ""


def is_particle(token: str) -> bool:
    """Whether the token links or honours rather than names."""
    return token in PARTICLES
