"""The letters of other alphabets in the letters of a zone: the tables of Doc 9303-3, section 6, and ours.

Where Doc 9303 leaves a State the choice, the first form that it names: Ä is AE.
"""

from __future__ import annotations

from collections.abc import Mapping


def _table(*lines: str) -> dict[str, str]:
    """``À A`` in each piece of a line: a letter, and what stands for it."""
    pieces = " ".join(lines).split()
    return dict(zip(pieces[::2], pieces[1::2], strict=True))


LATIN: Mapping[str, str] = _table(
    "À A Á A Â A Ã A Ä AE Å AA Æ AE Ç C È E É E Ê E Ë E Ì I Í I Î I Ï I Ð D Ñ N Ò O Ó O Ô O Õ O",
    "Ö OE Ø OE Ù U Ú U Û U Ü UE Ý Y Þ TH Ā A Ă A Ą A Ć C Ĉ C Ċ C Č C Ď D Đ D Ē E Ĕ E Ė E Ę E Ě E",
    "Ĝ G Ğ G Ġ G Ģ G Ĥ H Ħ H Ĩ I Ī I Ĭ I Į I İ I ı I Ĳ IJ Ĵ J Ķ K Ĺ L Ļ L Ľ L Ŀ L Ł L Ń N Ņ N Ň N",
    "Ŋ N Ō O Ŏ O Ő O Œ OE Ŕ R Ŗ R Ř R Ś S Ŝ S Ş S Š S Ţ T Ť T Ŧ T Ũ U Ū U Ŭ U Ů U Ű U Ų U Ŵ W Ŷ Y",
    "Ÿ Y Ź Z Ż Z Ž Z ẞ SS",
)
"""6 A, capitals only."""

CYRILLIC: Mapping[str, str] = _table(
    "Ё E Ђ D Є IE Ѕ DZ І I Ї I Ј J Љ LJ Њ NJ Ќ K Ў U Џ DZ А A Б B В V Г G Д D Е E Ж ZH З Z И I Й I",
    "К K Л L М M Н N О O П P Р R С S Т T У U Ф F Х KH Ц TS Ч CH Ш SH Щ SHCH Ъ IE Ы Y Э E Ю IU Я IA",
    "Ѫ U Ѵ Y Ґ G Ғ G Һ C Ѓ G",
)
"""6 B, for all languages but those in `CYRILLIC_OF`. The soft sign is not written."""

SOFT_SIGN = "Ь"

CYRILLIC_OF: Mapping[str, Mapping[str, str]] = {
    "be": _table("Ё IO Г H"),
    "bg": _table("Щ SHT"),
    "mk": _table("Ќ KJ Џ DJ Х H Ц C Ѓ GJ"),
    "sr": _table("Г H Ж Z Х H Ц C Ч C Ш S"),
    "uk": _table("Г H И Y"),
}
"""By the language of the name (ISO 639-1), where it differs: Belarusian, Bulgarian, and so on."""

CYRILLIC_FIRST: Mapping[str, str] = _table("Є YE Ї YI Й Y Ю YU Я YA")
"""In Ukrainian, where such a letter begins a word."""

ARABIC: Mapping[str, str] = _table(
    "ء XE آ XAA أ XAE ؤ U إ I ئ XI ا A ب B ة XTA ت T ث XTH ج J ح XH خ XKH د D ذ XDH ر R ز Z س S",
    "ش XSH ص XSS ض XDZ ط XTT ظ XZZ ع E غ G ف F ق Q ك K ل L م M ن N ه H و W ى XAY ي Y ٱ XXA ٹ XXT",
    "ټ XRT پ P ځ XKE څ XXH چ XC ڈ XXD ډ XDR ڑ XXR ړ XRR ږ XRX ژ XJ ښ XXS ڤ V ڥ XF ک XKK ګ XXK ڭ XNG",
    "گ XGG ں XNN ڼ XXN ھ XDO ۀ XYH ہ XXG ۂ XGE ۃ XTG ی XYA ۍ XXY ې Y ے XYB ۓ XBE",
)
"""6 C. Signs of short vowels and of their absence are not written; one doubles its letter."""

ARABIC_LAST: Mapping[str, str] = {"ة": "XAH"}
"""Where such a letter ends a component of a name."""

DOUBLING = frozenset("\u0651\U0001e946")
"""Marks of a doubled letter: the Arabic shadda, of which Doc 9303-3, 6 C says so, and that of Adlam."""

OWN: Mapping[str, str] = _table(
    "Ɓ B Ɗ D Ɖ D Ɛ E Ə E Ǝ E Ƒ F Ɠ G Ɣ G Ɩ I Ƙ K Ɲ NY Ɔ O Ƥ P Ƭ T Ʊ U Ʋ V Ƴ Y",
    "Ћ C Ә A Қ K Ң N Ө O Ү U Ұ U Ӏ I",
)
"""Not Doc 9303's, which is silent on them: letters of West Africa as the official spelling of names in Hausa,
Fulfulde, Mande and Ewe has them in plain letters, the Serbian Ć, Kazakh letters by those that they were
made from, as 6 B does with Ғ, and the palochka of the Caucasus as the I that is typed for it."""

LETTER_BY_LETTER = frozenset(
    {"LATIN", "CYRILLIC", "NKO", "ADLAM", "VAI", "TIFINAGH", "ETHIOPIC", "GEORGIAN"}
)
"""Alphabets, by the first word of the names that Unicode gives their letters, in which a letter or the sign
of a syllable has one sound, so that it can be written without knowing the word. Not so in Greek or Armenian,
where two letters make a vowel, in Hebrew, which leaves vowels out, or in Chinese."""
