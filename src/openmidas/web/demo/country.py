"""The sample country as a table: States, their nodes, where these are, and who works there.

Nothing passes between the States: each has a headquarters, a database and officers of its own.
"""

from __future__ import annotations

from uuid import UUID

import msgspec

from openmidas.posts.roles import Role
from openmidas.web.demo import traffic
from openmidas.web.demo.traffic import Traffic


class DemoOfficer(msgspec.Struct, frozen=True):
    """Somebody to sign in as."""

    username: str
    name: str
    role: Role


class DemoNode(msgspec.Struct, frozen=True, kw_only=True):
    """A post or an HQ. ``folder``: its name below the folder of the demonstration."""

    id: UUID
    folder: str
    name: str
    officers: tuple[DemoOfficer, ...]


class DemoPost(DemoNode, frozen=True, kw_only=True):
    """A post, and how it is laid out. The last lane is that of the simulated travellers."""

    lanes: tuple[str, ...]
    latitude: float
    longitude: float
    silent_minutes: int
    traffic: Traffic

    @property
    def hours(self) -> tuple[str, ...]:
        """Opening hours from Monday to Sunday, as `posts.entries.PostConfigured` writes them."""
        return (f"{self.traffic.opens:%H:%M}-{self.traffic.closes:%H:%M}",) * 7

    @property
    def simulated(self) -> DemoOfficer:
        """The officer who works at the last lane when nobody else does: the last primary officer."""
        return [one for one in self.officers if one.role is Role.PRIMARY][-1]

    @property
    def second_line(self) -> DemoOfficer:
        """The officer of the second line."""
        return next(one for one in self.officers if one.role is Role.SECOND_LINE)


class DemoState(msgspec.Struct, frozen=True, kw_only=True):
    """A State: its HQ and its posts."""

    code: str
    time_zone: str
    hq: DemoNode
    posts: tuple[DemoPost, ...]

    @property
    def nodes(self) -> tuple[DemoNode, ...]:
        """The HQ, then the posts."""
        return (self.hq, *self.posts)


def _post_officers(*people: tuple[str, str]) -> tuple[DemoOfficer, ...]:
    """Two officers of the primary line, one of the second, a head of post."""
    roles = (Role.PRIMARY, Role.PRIMARY, Role.SECOND_LINE, Role.HEAD_OF_POST)
    return tuple(DemoOfficer(*who, role) for who, role in zip(people, roles, strict=True))


def _hq_officers(*people: tuple[str, str]) -> tuple[DemoOfficer, ...]:
    """An analyst, two officers of the lists, two administrators, and one who oversees.

    Two, because of what one alone may not do: list a person, or let a machine become a post.
    """
    lists, administrators = [Role.HQ_LISTS] * 2, [Role.ADMINISTRATOR] * 2
    roles = (Role.HQ_ANALYST, *lists, *administrators, Role.OVERSIGHT)
    return tuple(DemoOfficer(*who, role) for who, role in zip(people, roles, strict=True))


MALI = DemoState(
    code="MLI",
    time_zone="Africa/Bamako",
    hq=DemoNode(
        id=UUID("01900000-0000-7000-8000-00000000da00"),
        folder="hq",
        name="Bamako",
        officers=_hq_officers(
            ("djibril", "Djibril Camara"),
            ("fanta", "Fanta Condé"),
            ("mariam", "Mariam Coulibaly"),
            ("idrissa", "Idrissa Maïga"),
            ("nana", "Nana Kouyaté"),
            ("kadiatou", "Kadiatou Bah"),
        ),
    ),
    posts=(
        DemoPost(
            id=UUID("01900000-0000-7000-8000-00000000da01"),
            folder="kouremale",
            name="Kourémalé",
            lanes=("1", "2", "3"),
            latitude=11.957,
            longitude=-8.781,
            silent_minutes=240,
            traffic=traffic.KOUREMALE,
            officers=_post_officers(
                ("aminata", "Aminata Keïta"),
                ("modibo", "Modibo Doumbia"),
                ("boubacar", "Boubacar Traoré"),
                ("coumba", "Coumba Sidibé"),
            ),
        ),
        DemoPost(
            id=UUID("01900000-0000-7000-8000-00000000da02"),
            folder="labbezanga",
            name="Labbezanga",
            lanes=("1", "2"),
            latitude=14.957,
            longitude=0.701,
            silent_minutes=720,
            traffic=traffic.LABBEZANGA,
            officers=_post_officers(
                ("zeinabou", "Zeïnabou Maïga"),
                ("issa", "Issa Touré"),
                ("mahamane", "Mahamane Cissé"),
                ("alassane", "Alassane Haïdara"),
            ),
        ),
    ),
)
GUINEA = DemoState(
    code="GIN",
    time_zone="Africa/Conakry",
    hq=DemoNode(
        id=UUID("01900000-0000-7000-8000-00000000db00"),
        folder="conakry",
        name="Conakry",
        officers=_hq_officers(
            ("sekou", "Sékou Condé"),
            ("mariama", "Mariama Sylla"),
            ("yamoussa", "Yamoussa Bangoura"),
            ("lansana", "Lansana Soumah"),
            ("oumar", "Oumar Baldé"),
            ("hawa", "Hawa Barry"),
        ),
    ),
    posts=(
        DemoPost(
            id=UUID("01900000-0000-7000-8000-00000000db01"),
            folder="kouremale-guinee",
            name="Kourémalé",
            lanes=("1", "2"),
            latitude=11.951,
            longitude=-8.789,
            silent_minutes=240,
            traffic=traffic.KOUREMALE_GUINEA,
            officers=_post_officers(
                ("saran", "Saran Kaba"),
                ("mory", "Mory Camara"),
                ("karamo", "Karamo Traoré"),
                ("fode", "Fodé Keïta"),
            ),
        ),
    ),
)
NIGER = DemoState(
    code="NER",
    time_zone="Africa/Niamey",
    hq=DemoNode(
        id=UUID("01900000-0000-7000-8000-00000000dc00"),
        folder="niamey",
        name="Niamey",
        officers=_hq_officers(
            ("rabi", "Rabi Moussa"),
            ("halima", "Halima Issoufou"),
            ("souley", "Souleymane Garba"),
            ("abdou", "Abdou Hassane"),
            ("zara", "Zara Ibrahim"),
            ("balkissa", "Balkissa Amadou"),
        ),
    ),
    posts=(
        DemoPost(
            id=UUID("01900000-0000-7000-8000-00000000dc01"),
            folder="kongo-kire",
            name="Kongo Kiré",
            lanes=("1", "2"),
            latitude=14.929,
            longitude=0.742,
            silent_minutes=720,
            traffic=traffic.KONGO_KIRE,
            officers=_post_officers(
                ("fati", "Fati Boureima"),
                ("kimba", "Kimba Hama"),
                ("harouna", "Harouna Seyni"),
                ("maazou", "Maâzou Djibo"),
            ),
        ),
    ),
)
STATES = (MALI, GUINEA, NIGER)


def state_of(node: UUID) -> DemoState | None:
    """The State whose HQ or post this is; None for a node that is not of the sample country."""
    return next((state for state in STATES if any(one.id == node for one in state.nodes)), None)


def node_of(node: UUID) -> DemoNode | None:
    """The node of the sample country with this id."""
    return next((one for state in STATES for one in state.nodes if one.id == node), None)


def post_of(node: UUID) -> DemoPost | None:
    """The post of the sample country with this id."""
    found = node_of(node)
    return found if isinstance(found, DemoPost) else None
