"""The addresses of the posts room."""

from __future__ import annotations

from django.urls import path

from openmidas.posts.views import (
    account,
    compartments,
    home,
    invitations,
    leases,
    lookups,
    officer,
    officers,
    quarantine,
    replacements,
    sign_in,
    sticks,
    witness,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("set-password/", sign_in.set_password, name="set-password"),
    path("language/", account.language, name="language"),
    path("preferences/", account.preferences, name="preferences"),
    path("preferences/pin/", account.pin, name="collecting-pin"),
    path("officers/", officers.officers, name="officers"),
    path("officers/new/", officers.enrol, name="officer-enrol"),
    path("officers/<uuid:id>/", officer.officer, name="officer"),
    path("officers/<uuid:id>/roles/", officer.roles, name="officer-roles"),
    path("officers/<uuid:id>/suspend/", officer.suspend, name="officer-suspend"),
    path("officers/<uuid:id>/reinstate/", officer.reinstate, name="officer-reinstate"),
    path("officers/<uuid:id>/confirm/", officer.confirm, name="officer-confirm"),
    path("officers/<uuid:id>/code/", officer.code, name="officer-code"),
    path("join/", invitations.join, name="join"),
    path("hq/posts/new/", invitations.invite, name="hq-post-new"),
    path("hq/invitations/<uuid:id>/revoke/", invitations.revoke, name="hq-invitation-revoke"),
    path("hq/posts/<uuid:id>/replace/", replacements.propose, name="hq-post-replace"),
    path("hq/replacements/<uuid:id>/approve/", replacements.approve, name="hq-replacement-approve"),
    path(
        "hq/replacements/<uuid:id>/withdraw/",
        replacements.withdraw,
        name="hq-replacement-withdraw",
    ),
    path("hq/posts/leases/", leases.leases, name="hq-leases"),
    path("hq/posts/<uuid:id>/lease/", leases.change, name="hq-post-lease"),
    path("hq/compartments/", compartments.compartments, name="compartments"),
    path("hq/compartments/new/", compartments.member_new, name="compartment-member-new"),
    path("hq/compartments/<uuid:id>/out/", compartments.member_out, name="compartment-member-out"),
    path("sticks/", sticks.sticks, name="sticks"),
    path("sticks/<uuid:id>/make/", sticks.make, name="stick-make"),
    path("hq/posts/quarantine/", quarantine.quarantine, name="quarantine"),
    path("hq/posts/quarantine/retry/", quarantine.retry, name="quarantine-retry"),
    path("hq/posts/quarantine/<uuid:id>/", quarantine.entry, name="quarantine-entry"),
    path(
        "hq/posts/quarantine/<uuid:id>/retry/",
        quarantine.retry_entry,
        name="quarantine-entry-retry",
    ),
    path("journal/", witness.witness, name="witness"),
    path("find/", lookups.find, name="find"),
    path("lookups/", lookups.lookups, name="lookups"),
]
