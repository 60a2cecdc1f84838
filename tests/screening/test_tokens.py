"""How much names tell: by the table, by the lists at hand, and beside each other."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from openmidas.screening import (
    Counted,
    Edition,
    Index,
    Lexicon,
    ListedName,
    Listing,
    Query,
    compare,
    explain,
    prepare_listing,
    prepare_query,
)
from openmidas.screening.names import words_of
from openmidas.screening.nametable import shipped_table

OFTEN = ["Mamadou Diallo"] * 40 + ["Mamadou Traore", "Amadou Diallo"] * 30
APART = ["Mamadou Traore"] * 70 + ["Amadou Diallo"] * 70 + ["Mamadou Diallo"]
OTHERS = [f"Kofi {name}" for name in ("Mensah", "Owusu", "Boateng", "Asante")] * 50


def lexicon(names: list[str]) -> Lexicon:
    return Lexicon(shipped_table(), Counted(words_of(name) for name in names))


def test_names_that_often_go_together_tell_less_than_apart() -> None:
    often, apart = lexicon([*OFTEN, *OTHERS]), lexicon([*APART, *OTHERS])
    assert often.together(often.token("MAMADOU"), often.token("DJALLO")) > 0.5
    assert apart.together(apart.token("MAMADOU"), apart.token("DIALLO")) == 0.0


def test_nothing_is_said_of_them_without_a_list() -> None:
    alone = Lexicon(shipped_table())
    assert alone.together(alone.token("MAMADOU"), alone.token("DIALLO")) == 0.0


def test_it_stands_in_the_explanation_and_the_sum_is_the_sum() -> None:
    words = lexicon([*OFTEN, *OTHERS])
    listing = Listing(id="1", kind="person", names=(ListedName("DIALLO Mamadou"),))
    query = Query(surname="Jallow", given_names="Mamadou")
    found = compare(prepare_query(query, words), prepare_listing(listing, words))
    (name, *_) = explain(found, query, listing)
    (together,) = [part for part in name.parts if part.how == "together"]
    assert (together.ours, together.theirs) == ("", "DIALLO MAMADOU")
    assert together.weight < 0
    assert sum(part.weight for part in name.parts) == pytest.approx(name.weight)


def test_a_compiled_file_counts_them_as_lists_in_memory_do() -> None:
    names = [*OFTEN, *OTHERS]
    listings = tuple(
        Listing(id=str(at), kind="person", names=(ListedName(name),))
        for at, name in enumerate(names)
    )
    dated = datetime(2026, 1, 1, tzinfo=UTC)
    index = Index.build([Edition(list_code="t", title="", dated=dated, listings=listings)])
    held = lexicon(names)
    for one, other in (("MAMADOU", "DIALLO"), ("KOFI", "MENSAH"), ("KOFI", "DIALLO")):
        of_file, of_memory = (
            words.together(words.token(one), words.token(other)) for words in (index.lexicon, held)
        )
        assert of_file == pytest.approx(of_memory)


def test_a_name_is_as_common_as_the_table_and_the_lists_say_together() -> None:
    listed = lexicon([f"Zzyrqua {at}" for at in range(30)] + ["Kofi Mensah"] * 70)
    assert Lexicon(shipped_table()).bits("ZZYRQUA") == 14.0
    assert 4.0 < listed.bits("ZZYRQUA") < 6.0  # 29 of a hundred, beside the thousand of the table


def test_a_great_list_of_other_people_does_not_make_a_common_name_rare() -> None:
    far = lexicon(["Kofi Mensah"] * 50_000)
    assert far.bits("DIALLO") - Lexicon(shipped_table()).bits("DIALLO") < 2.5


@pytest.mark.parametrize(
    ("ours", "theirs", "pair", "how"),
    [
        ("KADIATOU DIALLO", "خديجة ديالو", ("KADIATOU", "KHDIJAH"), "same_name"),
        ("ALHASSANE DIALLO", "الحسن ديالو", ("ALHASSANE", "HSN"), "same_name"),
        ("JAINABA DIALLO", "زينب ديالو", ("JAINABA", "ZINB"), "same_name"),
    ],
)
def test_a_script_without_vowels_names_whom_the_letters_do_not_tell(
    ours: str, theirs: str, pair: tuple[str, str], how: str
) -> None:
    listing = Listing(id="1", kind="person", names=(ListedName(theirs),))
    found = compare(prepare_query(Query(surname=ours)), prepare_listing(listing))
    assert (*pair, how) in [(part.ours, part.theirs, part.how) for part in found.parts]


def edition(code: str, names: list[str]) -> Edition:
    listings = tuple(
        Listing(id=str(at), kind="person", names=(ListedName(name),))
        for at, name in enumerate(names)
    )
    return Edition(
        list_code=code, title="", dated=datetime(2026, 1, 1, tzinfo=UTC), listings=listings
    )


def test_somebody_on_several_lists_is_no_crowd() -> None:
    names = ["Mokhtar Belmokhtar", *OTHERS]
    several = Index.build([edition(code, names) for code in "abcde"]).lexicon
    assert several.together(several.token("MOKHTAR"), several.token("BELMOKHTAR")) == 0.0


def test_two_names_that_agree_never_tell_less_than_one() -> None:
    words = lexicon(["Mamadou Diallo"] * 300 + ["Kofi Mensah"] * 700)
    diallo, mamadou = words.token("DIALLO"), words.token("MAMADOU")
    listing = Listing(id="1", kind="person", names=(ListedName("Diallo Mamadou"),))
    both = compare(
        prepare_query(Query(surname="DIALLO", given_names="MAMADOU"), words),
        prepare_listing(listing, words),
    )
    assert words.together(diallo, mamadou) <= min(diallo.sound_bits, mamadou.sound_bits) / 2
    assert both.name_weight > 0
