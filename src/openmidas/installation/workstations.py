"""What a workstation is told: where the pages are, and whose certificate it shall trust."""

from __future__ import annotations

import msgspec

from openmidas.installation.certificates import authority_of, fingerprint, in_use
from openmidas.installation.errors import InstallationError
from openmidas.installation.names import Names, bounds_of, names_in
from openmidas.installation.own_authority import own_of
from openmidas.nodes.home import NodeHome


class Workstation(msgspec.Struct, frozen=True):
    """What the page says. ``address``: where browsers go; ``mark``: the authority's fingerprint.

    ``number`` and ``host``: for the line of a workstation's own list of hosts, empty where either
    is not in the certificate; ``own``: the authority is the post's own, and not the State's.
    """

    address: str
    mark: str
    until: str
    bounds: str
    own: bool = False
    host: str = ""
    number: str = ""


def steps_of(home: NodeHome) -> Workstation | None:
    """Read anew each time: a renewal needs no restart to be told. None without a certificate."""
    try:
        certificate, trusted = in_use(home), authority_of(home)
        if certificate is None or trusted is None:
            return None
        names, bounds = names_in(certificate.extensions), bounds_of(trusted).as_text()
        own = own_of(home)
    except (InstallationError, ValueError):  # a certificate that was put there by hand
        return None
    return Workstation(
        address=_address(names, home.config().web),
        mark=fingerprint(trusted),
        until=certificate.not_valid_after_utc.date().isoformat(),
        bounds=bounds,
        own=own is not None and own.certificate == trusted,
        host=names.hosts[0] if names.hosts and names.addresses else "",
        number=str(names.addresses[0]) if names.hosts and names.addresses else "",
    )


def _address(names: Names, web: str) -> str:
    port = web.rpartition(":")[2]
    return f"https://{names.all()[0]}{'' if port == '443' else ':' + port}/"
