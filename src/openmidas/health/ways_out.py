"""The way that this room opens: a table of contacts, for those who trace them."""

from __future__ import annotations

from openmidas.nodes.ways_out import Recipient, confine_columns, register_way_out, tellable

for table, columns in {
    "health.HealthCheck": (
        "temperature",
        "symptoms",
        "contact",
        "itinerary",
        "words",
        "edition",
        "met",
    ),
    "health.HealthAnswer": ("word",),
}.items():
    confine_columns(table, columns)
CONTACTS = register_way_out(
    "health.contacts",
    Recipient.STATE_OFFICE,
    carries="who travelled with one traveller: name, document, when and where, for tracing contacts",
    doors=("url:health-contacts-table",),
)
COLUMNS = tellable(
    CONTACTS,
    "crossings.Crossing",
    (
        "surname",
        "given_names",
        "birth",
        "sex",
        "nationality",
        "document_number",
        "document_issuer",
        "destination",
        "conveyance",
        "node",
        "lane",
        "direction",
        "at",
    ),
)
"""What the table tells of a contact: nothing of why anybody was referred, and nothing of anybody's health."""
