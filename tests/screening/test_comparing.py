"""Evidence, its sum, and what no disturbance may change."""

from __future__ import annotations

import pickle
import re
import unicodedata
from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmidas.documents import PartialDate
from openmidas.screening import (
    ComparedPair,
    ListedBirth,
    ListedDocument,
    ListedName,
    Listing,
    PackedListing,
    Query,
    compare,
    compare_pair,
    explain,
    pack_listing,
    prepare_listing,
    prepare_query,
    unpack,
)
from openmidas.screening.weights import shipped_weights

BORN = PartialDate(1984, 6, 17)
PERSON = Query(
    surname="N'Diaye Traoré",
    given_names="Boureïma Jean-Noël",
    birth=BORN,
    sex="M",
    nationality="SEN",
    number="A1234567",
    number_issuer="SEN",
)
NAMES = ["Mamadou", "Diallo", "Jallow", "محمد", "Ould", "Владимир", "Müller", "N'Diaye", "Ba", "X"]
names = st.lists(st.sampled_from(NAMES), max_size=6).map(" ".join)
births = st.none() | st.builds(
    PartialDate, st.integers(1930, 2015), st.integers(1, 12), st.integers(1, 28)
)
queries = st.builds(
    Query,
    surname=names | st.text(max_size=60),
    given_names=names,
    birth=births,
    sex=st.sampled_from([None, "F", "M", "X"]),
    nationality=st.sampled_from([None, "MLI", "SEN"]),
    number=st.sampled_from(["", "A1234567", "55252"]),
    number_issuer=st.sampled_from([None, "MLI", "SEN"]),
    name_truncated=st.booleans(),
)


def name_of(one: Query) -> str:
    return f"{one.surname} {one.given_names}"


def hows(one: str, other: str) -> dict[str, str]:
    """How each part of one name goes together with the other."""
    found = compare_pair(Query(surname=one), Query(surname=other))
    return {f"{part.ours}/{part.theirs}": part.how for part in found.evidence[0].parts}


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("Moussa TURAY", "TOURE Moussa", {"TURAY/TOURE": "same_name"}),
        ("El Hadji KANE", "ALHADJI KANE", {"HADJI/HADJI": "same", "KANE/KANE": "same"}),
        ("OULDABDALLAHI", "OULD ABDALLAHI", {"ABDALLAHI/ABDALLAHI": "same"}),
        ("ABDURAHMAN Salem", "Abd al-Rahman SALIM", {"ABDURAHMAN/ABDUL RAHMAN": "same_name"}),
        ("BAISHIRUDDIN", "BASHIR-UD-DIN", {"BAISHIRUDDIN/BASHIR UDDIN": "same_consonants"}),
        ("Abdul FATTAH", "ABDEFATTAH", {"ABDUL FATTAH/ABDEFATTAH": "near"}),
        ("DOMBROWSKA", "DOMBROVSKA", {"DOMBROWSKA/DOMBROVSKA": "one_slip"}),
    ],
)
def test_other_ways_of_writing_a_name_are_seen(one: str, other: str, how: dict[str, str]) -> None:
    assert how.items() <= hows(one, other).items()


def test_what_many_bear_says_little() -> None:
    def weight(name: str) -> float:
        return compare_pair(Query(surname=name), Query(surname=name)).score

    assert weight("TOURE") < weight("ZANKOLBE") / 2
    assert weight("YONG") < weight("KOUMTAMADJI") / 2


def test_short_words_of_one_sound_say_little() -> None:
    short = compare_pair(Query(surname="XIQ"), Query(surname="XIKH")).score
    assert short < compare_pair(Query(surname="XIQALIR"), Query(surname="XIKHALIR")).score - 2


def test_extra_words_do_not_undo_rare_ones() -> None:
    one, other = Query(surname="AHMED KHALFAN"), Query(surname="AHMED ABUBAKAR KHALFAN GHAILANI")
    assert compare_pair(one, other).level == "weak"


@given(queries, queries)
def test_the_score_is_the_sum_of_its_evidence(one: Query, other: Query) -> None:
    found = compare_pair(one, other)
    assert found.score == pytest.approx(sum(item.weight for item in found.evidence), abs=0.011)
    name = found.evidence[0]
    assert name.weight == pytest.approx(sum(part.weight for part in name.parts), abs=0.011)
    assert 0.0 <= found.probability <= 1.0


@given(names, names, st.sampled_from([None, "M", "F"]))
def test_a_name_alone_is_never_more_than_weak(one: str, other: str, sex: str | None) -> None:
    found = compare_pair(Query(surname=one, sex=sex), Query(surname=other, sex=sex))
    assert found.level in (None, "weak")


@given(queries, queries)
def test_it_does_not_matter_which_comes_first(one: Query, other: Query) -> None:
    if one.name_truncated and other.name_truncated:
        one = msgspec.structs.replace(one, name_truncated=False)
    ours, theirs = compare_pair(one, other), compare_pair(other, one)
    assert ours.score == pytest.approx(theirs.score, abs=0.011)
    assert ours.level == theirs.level


@st.composite
def disturbed(draw: st.DrawFn) -> Query:
    """The person's name with another case, order, accents, spaces, hyphens and apostrophes."""
    words = draw(st.permutations(["N'Diaye", "Traoré", "Boureïma", "Jean", "Noël"]))
    text = draw(st.sampled_from([" ", "-", "  ", " - ", "\t"])).join(words)
    text = text.replace("'", draw(st.sampled_from(["'", "’", "ʼ", "", "`"])))
    if draw(st.booleans()):
        text = unicodedata.normalize(draw(st.sampled_from(["NFD", "NFKC"])), text)
    if draw(st.booleans()):
        decomposed = unicodedata.normalize("NFD", text)
        text = "".join(char for char in decomposed if not unicodedata.combining(char))
    text = draw(st.sampled_from([str.upper, str.lower, str.title, str.swapcase]))(text)
    return msgspec.structs.replace(PERSON, surname=text, given_names="")


@given(disturbed())
def test_case_order_accents_and_spacing_leave_a_strong_hit_strong(other: Query) -> None:
    bare = msgspec.structs.replace(other, number="", number_issuer=None)
    assert compare_pair(PERSON, bare).level == "strong"


@given(st.data())
def test_spaces_and_hyphens_within_a_name_leave_a_strong_hit(data: st.DataObject) -> None:
    words = name_of(PERSON).replace("-", " ").split()
    at = data.draw(st.integers(0, len(words) - 2))
    words[at : at + 2] = [words[at] + data.draw(st.sampled_from(["", "-", "'"])) + words[at + 1]]
    other = msgspec.structs.replace(PERSON, surname=" ".join(words), given_names="", number="")
    assert compare_pair(PERSON, other).level == "strong"


@given(st.text(max_size=300), st.text(max_size=300))
def test_no_text_makes_it_fail(one: str, other: str) -> None:
    compare_pair(Query(surname=one, number=other), Query(given_names=other, number=one, birth=BORN))


@pytest.mark.parametrize(
    "text",
    [
        "A" * 10_000,
        "AB " * 5_000,
        "\x00\x1b[31m\u202e",
        "𞤀𞤣𞤵𞤤𞤢𞤥",
        "🙂",
        "\ud800",
        "'" * 9_999,
        "<" * 99,
    ],
)
def test_hostile_names_are_bounded(text: str) -> None:
    found = compare_pair(Query(surname=text, birth=BORN), Query(surname=text, birth=BORN))
    assert len(found.evidence[0].parts) <= 24


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("DIALLO", "Diallo", "same"),
        ("DJALLO", "Jalo", "same_sound"),
        ("DIALLO", "Jalloh", "same_sound"),
        ("KONE", "Koné", "same"),
        ("OUATTARA", "Wattara", "same_sound"),
        ("CISSE", "Ceesay", "same_sound"),
        ("OUSMANE", "Othman", "same_name"),
        ("MOHAMED", "Muhammad", "same_name"),
        ("AHMED", "Ahmad", "same_name"),
        ("MOHAMED", "محمد", "same_name"),
        ("SCHMIDT", "Шмидт", "same_sound"),
        ("CHERNYSHEVSKY", "Tschernyschewski", "same_name"),
        ("ELSEBAI", "Sebai", "same_name"),
        ("ALBASHIR", "Elbashir", "same_name"),
        ("MUELLER", "Müller", "same_sound"),
        ("OUSMANE", "0USMANE", "same"),
        ("COULIBALY", "Coulibaky", "one_slip"),
    ],
)
def test_one_name_in_two_spellings(one: str, other: str, how: str) -> None:
    assert list(hows(one, other).values()) == [how]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("MOHAMED", "Mamadou"),
        ("MOHAMED", "Ahmed"),
        ("MAMADOU", "Ahmed"),
        ("BA", "Barry"),
        ("BAH", "Barry"),
        ("KEITA", "Konté"),
        ("DIALLO", "Diop"),
    ],
)
def test_two_names(one: str, other: str) -> None:
    assert list(hows(one, other).values()) in (["clash"], ["far"])


def test_parts_left_over_cost_and_particles_hardly() -> None:
    parts = (
        compare_pair(
            Query(surname="SAGNON BOUREIMA"), Query(surname="OULD SAGNON BOUREIMA TAPSOBA")
        )
        .evidence[0]
        .parts
    )
    cost = {part.theirs: part.weight for part in parts if not part.ours}
    assert cost["TAPSOBA"] < cost["OULD"] <= 0


def test_a_clash_costs_more_than_a_missing_part() -> None:
    def score(other: str) -> float:
        return compare_pair(Query(surname="SAGNON BOUREIMA ZERBO"), Query(surname=other)).score

    assert score("SAGNON BOUREIMA ZERBO") > score("SAGNON BOUREIMA") > score("SAGNON BOUREIMA SOW")


def birth_weight(one: PartialDate | None, other: PartialDate | None) -> float:
    return compare_pair(Query(birth=one), Query(birth=other)).evidence[1].weight


def test_births_weigh_in_the_order_of_what_they_tell() -> None:
    weights = [
        birth_weight(BORN, BORN),
        birth_weight(PartialDate(1984, 6), BORN),
        birth_weight(PartialDate(1984), BORN),
        birth_weight(None, BORN),
        birth_weight(PartialDate(1961, 2, 3), BORN),
    ]
    assert weights == sorted(weights, reverse=True)
    assert weights[3] == 0.0
    assert weights[4] < -3


def listing() -> Listing:
    return Listing(
        id="1",
        kind="person",
        names=(
            ListedName("Boureïma N'Diaye"),
            ListedName("Zanko", "low"),
            ListedName("محمد", script="Arab"),
        ),
        births=(
            ListedBirth(date(1984, 1, 1), date(1984, 12, 31), "1984"),
            ListedBirth(None, None, "?"),
        ),
        sex="M",
        nationalities=("SEN", "MLI"),
        documents=(
            ListedDocument("other", "12", None, ""),
            ListedDocument("passport", "A1234567", "SEN", ""),
        ),
    )


def test_a_listing_travels_packed() -> None:
    packed = pack_listing(listing())
    data = msgspec.msgpack.encode(packed)
    assert len(data) < 200
    again = unpack(msgspec.msgpack.decode(data, type=PackedListing))
    assert pickle.loads(pickle.dumps(packed)) == packed  # noqa: S301  (our own bytes)
    ours = prepare_query(PERSON)
    direct, unpacked = compare(ours, prepare_listing(listing())), compare(ours, again)
    assert (direct.score, direct.level) == (unpacked.score, unpacked.level)


def test_the_document_that_was_met_is_named() -> None:
    found = compare(prepare_query(PERSON), prepare_listing(listing()))
    assert found.level == "strong"
    assert explain(found, PERSON, listing())[4].theirs == "A1234567"


def test_a_listing_without_names_or_anything_is_compared() -> None:
    found = compare(
        prepare_query(PERSON), prepare_listing(Listing(id="1", kind="person", names=()))
    )
    assert (found.score, found.level, found.parts) == (0.0, None, ())


def test_evidence_of_a_truncated_name_is_the_right_way_round() -> None:
    cut = Query(surname="SAGNON BOUREI", name_truncated=True)
    whole = Query(surname="SAGNON BOUREIMA TAPSOBA")
    found: ComparedPair = compare_pair(whole, cut)
    assert found.evidence[0].ours == "SAGNON BOUREIMA TAPSOBA"
    assert {(part.ours, part.how) for part in found.evidence[0].parts} == {
        ("SAGNON", "same"),
        ("BOUREIMA", "start"),
        ("TAPSOBA", "cut"),
    }
    assert not re.search(r"[a-z]", "".join(part.ours for part in found.evidence[0].parts))


def test_who_asks_for_a_number_alone_is_not_told_of_another_name() -> None:
    query = Query(number="A1234567", number_issuer="SEN")
    found = compare(prepare_query(query), prepare_listing(listing()))
    name, *_, number = explain(found, query, listing())
    assert (name.weight, name.agrees, name.how) == (0.0, None, "not_known")
    assert found.score == number.weight == shipped_weights().number_alone
    assert found.level == "strong"
