"""Pathways as data: what a file may say, and which one a post follows."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from openmidas.cases.referrals.entries import PathwaysPublished
from openmidas.cases.referrals.models import PublishedPathways
from openmidas.cases.referrals.page import shown_pathway
from openmidas.cases.referrals.pathways import (
    Consent,
    Pathway,
    PathwaysError,
    read_pathways,
    sample_pathways,
)
from openmidas.cases.referrals.publishing import in_force, publish_pathways
from openmidas.journal.local import Quarantined
from openmidas.journal.models import new_id
from openmidas.posts.entries import Compartment
from tests.conftest import HQ
from tests.crossings.test_projections import arrive
from tests.support.cast import Cast, acting, at_node
from tests.support.writers import Pen

SAMPLE = sample_pathways()


def problem(text: str, posts: list[str] | None = None) -> tuple[str, str]:
    with pytest.raises(PathwaysError) as refused:
        read_pathways(text, posts)
    return refused.value.code, refused.value.params.get("place", "")


class TestTheSample:
    def test_has_a_pathway_of_every_kind_for_every_post(self) -> None:
        said = read_pathways(SAMPLE, [])
        assert all(said.for_post(kind, "Kidal") for kind in Compartment)

    def test_names_no_telephone(self) -> None:
        steps = [step for one in read_pathways(SAMPLE).pathways for step in one.steps]
        assert {step.call.telephone for step in steps if step.call} == {""}

    def test_lets_everybody_refuse_but_a_child(self) -> None:
        for one in read_pathways(SAMPLE).pathways:
            assert (Consent.REFUSED in one.consent) == (one.kind is not Compartment.CHILD)
            assert Consent.LIFE_IN_DANGER in one.consent

    def test_says_where_it_is_from_in_the_language_of_the_page(self) -> None:
        asylum = _for(SAMPLE, "Kidal", Compartment.ASYLUM)
        for language, named, other in (("fr", "HCDH", "guideline"), ("en", "OHCHR", "directive")):
            with override(language):
                shown = shown_pathway(asylum)
            assert (named in shown.aide_source, other in shown.aide_source) == (True, False)
            assert not shown.aide_one_text


class TestAFile:
    def test_can_say_where_it_is_from_in_one_text_for_both_languages(self) -> None:
        start = SAMPLE.index("aide_from = {")
        one = SAMPLE.replace(SAMPLE[start : SAMPLE.index("\n", start)], 'aide_source = "ISO 1"')
        shown = shown_pathway(_for(one, "Kidal", Compartment.CHILD))
        assert (shown.aide_source, shown.aide_one_text) == ("ISO 1", True)
        for template, context in (
            ("cases/referrals/aide.html", {"pathway": shown}),
            ("cases/referrals/pathways_in_words.html", {"shown": [{"pathway": shown}]}),
        ):
            assert "ISO 1</bdi> (published in one text" in render_to_string(template, context)
        assert problem(one.replace("ISO 1", "ISO\\t1"))[0] == "unprintable"

    def test_can_have_a_pathway_for_some_posts(self) -> None:
        own = SAMPLE.replace(
            '[[pathways]]\nkind = "other"', '[[pathways]]\nposts = ["Kidal"]\nkind = "other"'
        )
        both = own + SAMPLE[SAMPLE.index('[[pathways]]\nkind = "other"') :]
        said = read_pathways(both, ["Kidal", "Gao"])
        assert _for(both, "Kidal").posts == ("Kidal",)
        assert _for(both, "Gao").posts == ()
        assert len(said.pathways) == 6
        assert problem(both, ["Gao"]) == ("unknown_post", "Kidal")
        assert problem(own, ["Kidal"]) == ("missing", "other")

    def test_that_has_one_twice_is_refused(self) -> None:
        again = SAMPLE + SAMPLE[SAMPLE.index('[[pathways]]\nkind = "other"') :]
        assert problem(again) == ("twice", "other")
        assert problem(SAMPLE.replace('code = "sex"', 'code = "name"')) == ("twice", "child: data")

    @pytest.mark.parametrize(
        ("here", "there"),
        [
            ('kind = "medical"', 'kind = "police"'),
            ("limit_days = 365", "limit_days = 0"),
            ("limit_days = 365", "limit_days = " + "[" * 3000),
            ('title = "Afrique', 'titel = "Afrique'),
            ('consent = ["guardian", ', 'consent = ["score", '),
        ],
    )
    def test_that_says_something_else_is_refused(self, here: str, there: str) -> None:
        assert problem(SAMPLE.replace(here, there, 1))[0] == "malformed"

    def test_with_signs_that_nobody_sees_is_refused(self) -> None:
        assert problem(SAMPLE.replace("Secourir", "Secourir\\u200b"))[0] == "unprintable"


def test_nothing_in_a_pathway_is_a_number() -> None:
    """Reminders are read by a person: there is nowhere to put a weight or a score."""
    kinds = {str(kind) for kind in Pathway.__annotations__.values()}
    assert not any("int" in one or "float" in one for one in kinds)


class TestPublishing:
    def test_the_newest_are_in_force_and_the_others_stay(self, cast: Cast) -> None:
        with at_node(HQ):
            publish_pathways(SAMPLE, actor=acting(cast.idrissa))
            later = SAMPLE.replace("(to fill in)", "filled in")
            publish_pathways(later, actor=acting(cast.idrissa))
        now = in_force()
        assert now is not None
        assert now.said == read_pathways(later)
        assert PublishedPathways.objects.count() == 2

    def test_a_post_may_not(self, cast: Cast) -> None:
        pen = Pen()
        pen.write(PathwaysPublished(edition=new_id(), pathways=read_pathways(SAMPLE)))
        with at_node(HQ):
            arrive(pen)
        assert not PublishedPathways.objects.exists()
        assert Quarantined.objects.get().code == "entry.not_authorised"


def _for(text: str, post: str, kind: Compartment = Compartment.OTHER) -> Pathway:
    found = read_pathways(text).for_post(kind, post)
    assert found is not None
    return found
