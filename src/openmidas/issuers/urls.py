"""The addresses of certificates of States."""

from __future__ import annotations

from django.urls import path, register_converter

from openmidas.issuers.views import giving, hq, post


class FingerprintConverter:
    """SHA-256 in small hexadecimal figures."""

    regex = "[0-9a-f]{64}"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(FingerprintConverter, "sha256")

urlpatterns = [
    path("issuers/", post.issuers, name="issuers"),
    path("hq/issuers/", hq.issuers, name="hq-issuers"),
    path("hq/issuers/file/", giving.give, name="hq-issuer-give"),
    path("hq/issuers/file/<uuid:id>/", giving.given, name="hq-issuer-file"),
    path("hq/issuers/certificate/<sha256:fingerprint>/", hq.certificate, name="hq-issuer"),
    path("hq/issuers/signer/<sha256:fingerprint>/", hq.signer, name="hq-issuer-signer"),
    path("hq/issuers/proposal/<uuid:id>/", hq.proposal, name="hq-issuer-proposal"),
    path("hq/issuers/proposal/<uuid:id>/decide/", hq.decide, name="hq-issuer-decide"),
    path("hq/issuers/list/<uuid:id>/", hq.one_list, name="hq-issuer-list"),
]
