"""One-time codes: used once, for 72 hours, ten tries; and the password that they set."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from openmidas.journal.models import JournalEntry, new_id
from openmidas.nodes.services import record
from openmidas.posts import services
from openmidas.posts.codes import ALPHABET, issue_code, new_code, normalise, set_password_by_code
from openmidas.posts.entries import CodeIssued
from openmidas.posts.local import CodeTries
from openmidas.posts.models import OneTimeCode, UsedCode
from openmidas.posts.passwords import password_fits
from openmidas.posts.refusals import PasswordRefused
from tests.conftest import HQ
from tests.support.cast import PASSWORD, Cast, acting, at_node, client_of, refusal

WRONG = "0000-0000-0000"


def test_a_code_has_60_random_bits_in_three_groups() -> None:
    assert len(ALPHABET) ** 12 == 2**60
    codes = {new_code() for _ in range(50)}
    assert len(codes) == 50
    assert all([len(group) for group in code.split("-")] == [4, 4, 4] for code in codes)


@given(st.text(ALPHABET, min_size=12, max_size=12))
def test_a_code_fits_however_people_type_it(code: str) -> None:
    misread = code.replace("0", "o").replace("1", "l").lower()
    assert normalise(f" {misread[:4]} {misread[4:8]}–{misread[8:]} ") == code


def test_the_digest_is_argon2id() -> None:
    assert make_password(normalise(new_code())).startswith("argon2$argon2id$")


def test_an_officer_sets_a_password_with_a_code_of_the_head_of_post(cast: Cast) -> None:
    issued = issue_code(acting(cast.coumba), cast.aminata.id)
    assert issued.text not in OneTimeCode.objects.get().digest
    set_password_by_code("aminata", issued.text, PASSWORD)
    assert password_fits(cast.aminata.id, PASSWORD)


def test_neither_code_nor_password_enters_a_journal(cast: Cast) -> None:
    issued = issue_code(acting(cast.coumba), cast.aminata.id)
    set_password_by_code("aminata", issued.text, PASSWORD)
    written = b"".join(bytes(entry.body or b"") for entry in JournalEntry.objects.all())
    assert PASSWORD.encode() not in written
    assert normalise(issued.text).encode() not in written


def test_a_code_is_used_once(cast: Cast) -> None:
    issued = issue_code(acting(cast.coumba), cast.aminata.id)
    set_password_by_code("aminata", issued.text, PASSWORD)
    with refusal("code.wrong"):
        set_password_by_code("aminata", issued.text, "another long password")
    assert password_fits(cast.aminata.id, PASSWORD)


def test_with_one_code_used_older_ones_are_spent(cast: Cast) -> None:
    older = issue_code(acting(cast.coumba), cast.aminata.id)
    newer = issue_code(acting(cast.coumba), cast.aminata.id)
    set_password_by_code("aminata", newer.text, PASSWORD)
    with refusal("code.wrong"):
        set_password_by_code("aminata", older.text, "another long password")


def test_a_code_is_valid_for_72_hours(cast: Cast) -> None:
    issued = issue_code(acting(cast.coumba), cast.aminata.id)
    assert issued.expires - timezone.now() <= timedelta(hours=72)
    OneTimeCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with refusal("code.expired"):
        set_password_by_code("aminata", issued.text, PASSWORD)


def test_ten_wrong_tries_make_a_code_void(cast: Cast) -> None:
    issued = issue_code(acting(cast.coumba), cast.aminata.id)
    for _ in range(9):
        with refusal("code.wrong"):
            set_password_by_code("aminata", WRONG, PASSWORD)
    with refusal("code.void"):
        set_password_by_code("aminata", WRONG, PASSWORD)
    with refusal("code.wrong"):
        set_password_by_code("aminata", issued.text, PASSWORD)
    assert UsedCode.objects.count() == 1


def test_an_easy_password_does_not_cost_the_code(cast: Cast) -> None:
    issued = issue_code(acting(cast.coumba), cast.aminata.id)
    for easy in ("short", "password1234", "aminata-keita"[:12]):
        with pytest.raises(PasswordRefused) as refused:
            set_password_by_code("aminata", issued.text, easy)
        assert refused.value.reasons
    assert not CodeTries.objects.exists()
    set_password_by_code("aminata", issued.text, PASSWORD)


def test_the_hq_issues_codes_for_a_post_and_for_itself(cast: Cast) -> None:
    with at_node(HQ):
        for_post = issue_code(acting(cast.idrissa), cast.aminata.id)
        own = issue_code(acting(cast.idrissa), cast.idrissa.id)
        set_password_by_code("idrissa", own.text, PASSWORD)
        with refusal("code.wrong"):
            set_password_by_code("aminata", for_post.text, PASSWORD)
    set_password_by_code("aminata", for_post.text, PASSWORD)


def test_a_stolen_post_key_issues_no_code_that_the_hq_takes(cast: Cast) -> None:
    issued = issue_code(acting(cast.coumba), cast.aminata.id)
    known = OneTimeCode.objects.get()
    forged = CodeIssued(
        code=new_id(),
        officer=cast.idrissa.id,
        digest=known.digest,
        expires=int(known.expires_at.timestamp() * 1000),
    )
    record(forged, actor=acting(cast.coumba))
    with at_node(HQ), refusal("code.wrong"):
        set_password_by_code("idrissa", issued.text, PASSWORD)


def test_who_may_not_sign_in_gets_no_code(cast: Cast) -> None:
    services.suspend(acting(cast.coumba), cast.aminata.id, reason="Absent")
    with refusal("officer.not_active"):
        issue_code(acting(cast.coumba), cast.aminata.id)


def test_only_superiors_issue_codes(cast: Cast) -> None:
    with refusal("mandate.missing"):
        issue_code(acting(cast.boubacar), cast.aminata.id)
    with refusal("post.not_yours"):
        issue_code(acting(cast.coumba), cast.idrissa.id)


@pytest.mark.usefixtures("pages")
def test_from_the_code_on_the_screen_to_a_signed_in_officer(cast: Cast) -> None:
    page = client_of(cast.coumba).post(reverse("officer-code", args=[cast.aminata.id]))
    code = page.context["issued"].text
    assert code in page.content.decode()
    client = Client()
    fields = {"username": "aminata", "code": code, "password": PASSWORD, "repeated": PASSWORD}
    assert client.post(reverse("set-password"), {**fields, "repeated": "x"}).status_code == 422
    assert client.post(reverse("set-password"), {**fields, "code": WRONG}).status_code == 422
    assert client.post(reverse("set-password"), fields)["Location"] == reverse("sign-in")
    signed = {"username": "aminata", "password": PASSWORD, "lane": "1"}
    assert client.post(reverse("sign-in"), signed)["Location"] == reverse("home")
