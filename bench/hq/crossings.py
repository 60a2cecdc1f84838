"""Ten million crossings, made by the database itself: the columns of a crossing as SQL.

A *trip* is two crossings of one document. All that is drawn by chance is a hash of the number of the
trip, of the document or of the crossing, so that every run makes the same rows but for the moment at
which they end. Skewed as at a border of the region: a few posts have most of the crossings, many
people cross often and some once, half of the trips last a day, each post has its market day.
"""

# ruff: noqa: S608  the SQL is put together from what stands here
from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from openmidas.crossings.models import Crossing

DAYS = 365
HITS = 1 / 11_000
"""True hits are that seldom: see the facts on INTERPOL's lost documents, 2016."""
POSTS = 100
SURNAMES = (
    "KEITA", "DIALLO", "TRAORE", "COULIBALY", "CAMARA", "MAIGA", "SIDIBE", "BAH", "CISSE", "DIARRA",
    "KONE", "SANGARE", "TOURE", "SYLLA", "BARRY", "CONDE", "DOUMBIA", "SISSOKO", "OUATTARA", "SOW",
)  # fmt: skip
GIVEN_NAMES = (
    "MARIAM", "AWA", "OUMAR", "FATOUMATA", "MODIBO", "KADIATOU", "SEKOU", "AMINATA", "MOUSSA",
    "IBRAHIMA", "MAMADOU", "AISSATA", "BOUBACAR", "SALIF", "DJENEBA", "ABDOULAYE", "HAWA", "ISSA",
)  # fmt: skip
FOREIGNERS = {
    "GIN": 46, "SEN": 13, "CIV": 11, "BFA": 9, "NER": 7, "MRT": 4, "GMB": 3, "NGA": 2, "GHA": 1.5,
    "TGO": 1, "BEN": 1, "SLE": 0.5, "CHN": 0.3, "FRA": 0.3, "LBN": 0.2, "": 0.2,
}  # fmt: skip
PURPOSES = {
    "trade": 34, "family": 28, "work": 12, "health": 6, "study": 5, "transit": 5,
    "seasonal_work": 4, "tourism": 2, "displacement": 1, "other": 3,
}  # fmt: skip
CONVEYANCES = {
    "motorcycle": 38, "bus": 22, "foot": 20, "car": 12, "truck": 4, "bicycle": 2, "animal": 1,
    "boat": 1,
}  # fmt: skip
STATUSES = {"admitted": 99.3, "refused": 0.5, "referred": 0.2}
RECORDED = {"live": 95, "paper": 4, "register": 1}

FUNCTIONS = """
CREATE OR REPLACE FUNCTION chance(what bigint, salt bigint) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS 'SELECT (hashint8extended($1, $2) & 9007199254740991) / 9007199254740992.0::float8';
CREATE OR REPLACE FUNCTION id_of(at timestamptz, n bigint) RETURNS uuid
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS 'SELECT (lpad(to_hex((extract(epoch FROM $1) * 1000)::bigint), 12, ''0'') || ''7''
  || lpad(to_hex(hashint8extended($2, 91) & 4095), 3, ''0'')
  || to_hex(8 + (hashint8extended($2, 92) & 3))
  || lpad(to_hex(hashint8extended($2, 93) & 1152921504606846975), 15, ''0''))::uuid';
"""


def drawn(chance: str, weights: Mapping[str, float]) -> str:
    """SQL that draws one of these values by weight."""
    total, so_far = sum(weights.values()), 0.0
    limits = []
    for weight in list(weights.values())[:-1]:
        so_far += weight / total
        limits.append(f"{so_far:.6f}")
    return (
        f"(ARRAY[{_texts(list(weights))}])[1 + width_bucket({chance}, "
        f"ARRAY[{', '.join(limits)}]::float8[])]"
    )


def one_of(chance: str, values: Sequence[str]) -> str:
    """SQL that draws one of these values, each as often."""
    return f"(ARRAY[{_texts(values)}])[1 + floor({chance} * {len(values)})::int]"


def _texts(values: Sequence[str]) -> str:
    return ", ".join(f"'{value}'" for value in values)


def inspection(*findings: Mapping[str, object]) -> str:
    """SQL of a small inspection in MessagePack, each with the crossing's own id."""
    mark = "0" * 36
    small = {
        "id": mark, "lane": "1", "opened_at": 0, "traveller": {}, "document": {}, "journey": {},
        "findings": findings,
    }  # fmt: skip
    before, _, after = msgspec.msgpack.encode(small).partition(mark.encode())
    return (
        f"'\\x{before.hex()}'::bytea || convert_to(id::text, 'UTF8') || '\\x{after.hex()}'::bytea"
    )


HIT = {"code": "list_hit", "severity": "stop", "params": {"list": "UN", "level": "strong"}}

# In the order in which they build on each other: what a trip is, who makes it, where, and when.
# OFFSET 0 lets nothing be drawn again wherever it is used.
_TRIP = """
SELECT t, floor(%(documents)s * power(chance(t, 1), 1.5))::bigint AS d
FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS t
OFFSET 0
"""
_TRAVELLER = f"""
SELECT t, d,
  chance(d, 2) < 0.42 AS national,
  floor({POSTS} * power(chance(d, 3), 1.6))::int AS p,
  chance(d, 4) < 0.82 AS has_document,
  CASE WHEN chance(d, 5) < 0.31 THEN 'F' ELSE 'M' END AS sex,
  %(today)s::date - (400 + floor(chance(d, 6) * chance(d, 7) * 28000))::int AS born,
  {one_of("chance(d, 8)", SURNAMES)} AS surname,
  {one_of("chance(d, 9)", GIVEN_NAMES)} AS given_names,
  {drawn("chance(d, 10)", FOREIGNERS)} AS foreign_nationality,
  floor(chance(t, 11) * {DAYS})::int AS day_number,
  chance(t, 12) < 0.2 AS to_market,
  interval '6 hours' + interval '6 hours' * (chance(t, 13) + chance(t, 14)) AS hour,
  CASE
    WHEN chance(t, 15) < 0.5 THEN interval '5 hours' * chance(t, 16)
    WHEN chance(t, 15) < 0.8 THEN interval '5 days' * chance(t, 16)
    WHEN chance(t, 15) < 0.95 THEN interval '30 days' * chance(t, 16)
    WHEN chance(t, 15) < 0.99 THEN interval '180 days' * chance(t, 16)
    ELSE interval '800 days'
  END AS stay
FROM ({_TRIP}) AS trip
OFFSET 0
"""
_TIMED = f"""
SELECT *, (%(today)s::date - {DAYS - 1} + day_number + CASE WHEN to_market
    THEN (p + 7 - (day_number %% 7)) %% 7 ELSE 0 END)::timestamp AT TIME ZONE 'UTC' + hour AS begins
FROM ({_TRAVELLER}) AS traveller
OFFSET 0
"""
_LEGS = f"""
SELECT timed.*, leg, 2 * t + leg AS n, begins + leg * stay AS at,
  CASE WHEN national = (leg = 1) THEN 'entry' ELSE 'exit' END AS direction,
  CASE WHEN national THEN 'MLI' ELSE foreign_nationality END AS nationality
FROM ({_TIMED}) AS timed, (VALUES (0), (1)) AS legs (leg)
OFFSET 0
"""
_NAMED = f"""
SELECT *, id_of(at, n) AS id, (at AT TIME ZONE 'UTC')::date AS day,
  {drawn("chance(n, 17)", STATUSES)} AS drawn_status,
  chance(n, 22) < {HITS} AS hit,
  extract(year FROM age(at AT TIME ZONE 'UTC', born))::int AS years,
  CASE WHEN has_document THEN 'SP' || lpad(d::text, 8, '0') ELSE '' END AS document_number
FROM ({_LEGS}) AS leg WHERE at < %(now)s
OFFSET 0
"""

COLUMNS = {
    "id": "id",
    "node": "(%(posts)s::uuid[])[1 + p]",
    "lane": "(1 + n %% 4)::text",
    "direction": "direction",
    # Who was referred some days ago has been decided on since.
    "status": "CASE WHEN drawn_status = 'referred' AND at < %(now)s - interval '2 hours' "
    "THEN 'admitted' ELSE drawn_status END",
    "state": "CASE WHEN hit THEN 'stop' WHEN chance(n, 18) < 0.97 THEN 'clear' ELSE 'look' END",
    "surname": "surname",
    "given_names": "given_names",
    "name_key": "' ' || surname || ' ' || given_names || ' '",
    # About as long as the true one; nothing that is measured asks for it.
    "typed_at": "NULL::timestamptz",
    "sound_key": "' ' || surname || ' ' || given_names || ' '",
    "birth": "born::text",
    "sex": "sex",
    "age_group": "CASE WHEN years < 5 THEN '0-4' WHEN years < 12 THEN '5-11' "
    "WHEN years < 18 THEN '12-17' WHEN years < 60 THEN '18-59' ELSE '60+' END",
    "nationality": "nationality",
    "document_code": "CASE WHEN has_document THEN 'I' ELSE '' END",
    "document_number": "document_number",
    "document_key": "document_number",
    "document_issuer": "CASE WHEN has_document THEN nationality ELSE '' END",
    "document_expiry": "CASE WHEN has_document THEN '2031-12-31' ELSE '' END",
    "how_read": "CASE WHEN has_document THEN 'mrz' ELSE 'typed' END",
    "purpose": drawn("chance(t, 19)", PURPOSES),
    "origin": "''",
    "destination": "''",
    "conveyance": drawn("chance(n, 20)", CONVEYANCES),
    "group": "NULL::uuid",
    "conveyance_id": "NULL::uuid",
    "stay_rule": "CASE WHEN direction = 'exit' THEN '' WHEN national THEN 'national' "
    "WHEN nationality IN ('CHN', 'FRA', 'LBN', '') THEN '' ELSE 'ecowas_in_aes' END",
    "stay_until": "CASE WHEN direction = 'entry' AND NOT national "
    "AND nationality NOT IN ('CHN', 'FRA', 'LBN', '') THEN day + 89 END",
    "inspection": f"CASE WHEN hit THEN {inspection(HIT)} ELSE {inspection()} END",
    "reason": "CASE WHEN drawn_status <> 'admitted' THEN 'findings' ELSE '' END",
    "refusal_reason": "CASE WHEN drawn_status = 'refused' THEN 'no_valid_document' ELSE '' END",
    "admission_reason": "CASE WHEN drawn_status = 'refused' THEN '' ELSE 'clear' END",
    "handed_to": "''",
    "receipt_epoch": "NULL::integer",
    "receipt_sequence": "NULL::bigint",
    "open_hits": "'[]'::jsonb",
    "open_hit_reason": "''",
    "note": "''",
    "officer": "NULL::uuid",
    "role": "'primary'",
    "at": "at",
    "day": "day",
    "recorded": drawn("chance(n, 21)", RECORDED),
    "resolved_by": "NULL::uuid",
    "resolved_at": "NULL::timestamptz",
    "clock": "n",
}


def insert(expressions: Mapping[str, str] = COLUMNS) -> str:
    """The statement that makes the crossings of some trips. Raises `LookupError` for a new column.

    ``expressions``: what each column holds, as SQL.
    """
    columns = [field.column or "" for field in Crossing._meta.concrete_fields]
    if missing := set(columns) ^ set(expressions):
        raise LookupError(f"say in bench/hq/crossings.py what these columns hold: {missing}")
    names = ", ".join(f'"{column}"' for column in columns)
    values = ", ".join(expressions[column] for column in columns)
    return (
        f"INSERT INTO {Crossing._meta.db_table} ({names}) SELECT {values} FROM ({_NAMED}) AS named"
    )
