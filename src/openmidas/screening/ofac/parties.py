"""One `DistinctParty` of the advanced XML: names, features, documents."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from openmidas.screening.formats.birth_texts import birth_within
from openmidas.screening.formats.draft import Draft
from openmidas.screening.listings import Quality
from openmidas.screening.ofac.references import References, period_of, span_text

_PERSON = ("Individual", "1")
"""The word, and the number of that kind where the file does not explain it."""
_NATIONALITIES = ("Nationality Country", "Citizenship Country")


def read_party(party: Element, references: References) -> tuple[str, Draft] | None:
    """The number of the party's profile and its listing in the making; None without a profile."""
    profile = party.find("Profile")
    if profile is None:
        return None
    kind = references.party_type(profile.get("PartySubTypeID"))
    id = profile.get("ID") or party.get("FixedRef") or ""
    draft = Draft(id, "person" if kind in _PERSON else "entity")
    draft.add_detail("list_type", kind)
    for comment in (party.findtext("Comment"), profile.findtext("Comment")):
        draft.remarks += [" ".join(comment.split())] if comment and comment.strip() else []
    for identity in profile.iterfind("Identity"):
        _read_identity(draft, identity, references)
    for feature in profile.iterfind("Feature"):
        _read_feature(draft, feature, references)
    return id, draft


def _read_identity(draft: Draft, identity: Element, references: References) -> None:
    false = identity.get("False") == "true"
    for alias in identity.iterfind("Alias"):
        for name in alias.iterfind("DocumentedName"):
            _read_name(draft, alias, name, false)
    for document in references.documents.pop(identity.get("ID", ""), []):
        _read_document(draft, document, references)


def _read_name(draft: Draft, alias: Element, name: Element, false: bool) -> None:
    parts = (value.text or "" for value in name.iterfind("DocumentedNamePart/NamePartValue"))
    text = " ".join(part.strip() for part in parts if part.strip())
    draft.add_name("DocumentedName", text, "good" if false else _quality(draft, alias))


def _quality(draft: Draft, alias: Element) -> Quality:
    if alias.get("LowQuality") == "true":
        return "low"
    if alias.get("Primary") == "true" and not any(n.quality == "primary" for n in draft.names):
        return "primary"
    return "good"


def _read_feature(draft: Draft, feature: Element, references: References) -> None:
    label = references.text("FeatureType", feature.get("FeatureTypeID"))
    for version in feature.iterfind("FeatureVersion"):
        texts = _version_texts(version, references)
        if label == "Birthdate":
            _read_births(draft, version)
        elif label in _NATIONALITIES:
            _read_nationalities(draft, label, version, references)
        elif label == "Gender":
            for text in texts:
                draft.set_sex(label, text)
        else:
            kind = {"Place of Birth": "birth_place", "Location": "address", "Title": "title"}.get(
                label
            )
            for text in texts:
                draft.add_detail(kind or "note", text, "" if kind else label)
        comment = version.findtext("Comment")
        draft.add_detail("note", comment, label)


def _read_nationalities(draft: Draft, label: str, version: Element, references: References) -> None:
    """States that somebody belongs to; whether by nationality or citizenship is kept for people."""
    for place in version.iter("VersionLocation"):
        id = place.get("LocationID", "")
        country = references.countries.get(id)
        if country is None:
            draft.report.add(label, "unknown_value", f"LocationID {id}")
        draft.add_nationality(label, country)
        draft.add_detail("note", country, label)


def _version_texts(version: Element, references: References) -> list[str]:
    """What a version of a feature says: words, a code, or a place."""
    texts = [
        detail.text or references.text("DetailReference", detail.get("DetailReferenceID"))
        for detail in version.iter("VersionDetail")
    ]
    texts += [
        references.places.get(place.get("LocationID", ""), f"LocationID {place.get('LocationID')}")
        for place in version.iter("VersionLocation")
    ]
    if not any(texts):
        spans = (period_of(period) for period in version.iter("DatePeriod"))
        texts += [span_text(span, about) for span, about in spans if span]
    return [text for text in texts if text]


def _read_births(draft: Draft, version: Element) -> None:
    for period in version.iter("DatePeriod"):
        span, about = period_of(period)
        if span is None:
            continue
        text = span_text(span, about)
        birth = birth_within(span.first, span.last, text, about=about)
        if birth is None:
            draft.report.add("Birthdate", "unreadable_date", text)
        else:
            draft.births.append(birth)


def _read_document(draft: Draft, document: Element, references: References) -> None:
    kind = references.text("IDRegDocType", document.get("IDRegDocTypeID"))
    number = " ".join((document.findtext("IDRegistrationNo") or "").split())
    issued_by = document.find("IssuedBy")
    id = document.get("IssuedBy-CountryID") or (
        None if issued_by is None else issued_by.get("CountryID")
    )
    issuer = references.country(id) if id else ""
    validity = references.text("Validity", document.get("ValidityID"))
    authority, comment = document.findtext("IssuingAuthority"), document.findtext("Comment")
    more = (authority, comment, "" if validity.isdigit() else validity)
    text = "; ".join(
        part for part in (kind, number, issuer, *_dates(document, references), *more) if part
    )
    if draft.kind == "person":
        draft.add_document("IDRegistrationNo", number, kind, issuer, text)
    else:
        draft.add_detail("note", text)


def _dates(document: Element, references: References) -> list[str]:
    """ "Issue Date 2019-02-01", for each date that a document bears."""
    dates = []
    for date in document.iterfind("DocumentDate"):
        label = references.text("IDRegDocDateType", date.get("IDRegDocDateTypeID"))
        for period in date.iter("DatePeriod"):
            span, about = period_of(period)
            dates += [f"{label} {span_text(span, about)}"] if span else []
    return dates
