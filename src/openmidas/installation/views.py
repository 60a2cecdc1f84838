"""Setting up a workstation, on one printable page. Open to all: nobody is signed in there yet."""

from __future__ import annotations

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openmidas.installation.certificates import authority_of, fingerprint, in_use
from openmidas.installation.errors import InstallationError
from openmidas.installation.names import Names, bounds_of, names_in
from openmidas.nodes.home import NodeHome
from openmidas.nodes.identity import this_node
from openmidas.posts.access import open_to_all


class Workstation(msgspec.Struct, frozen=True):
    """What the page says. ``address``: where browsers go; ``mark``: the authority's fingerprint.

    ``number`` and ``host``: for the line of a workstation's own list of hosts, empty where either
    is not in the certificate.
    """

    address: str
    mark: str
    until: str
    bounds: str
    host: str = ""
    number: str = ""


@open_to_all
@require_safe
def workstation(request: HttpRequest) -> HttpResponse:
    """The steps; or, where the node has no certificate yet, what to do first."""
    return render(request, "installation/workstation.html", {"steps": _steps(this_node().home)})


@open_to_all
@require_safe
def authority(request: HttpRequest) -> HttpResponse:
    """The authority's certificate as a file: nothing in it is secret."""
    path = this_node().home.path("keys", "ca.crt")
    if not path.is_file():
        raise Http404
    response = HttpResponse(path.read_bytes(), content_type="application/x-x509-ca-cert")
    response["Content-Disposition"] = 'attachment; filename="openmidas-ca.crt"'
    return response


def _steps(home: NodeHome) -> Workstation | None:
    """Read anew each time: a renewal needs no restart to be told. None without a certificate."""
    try:
        certificate, trusted = in_use(home), authority_of(home)
        if certificate is None or trusted is None:
            return None
        names, bounds = names_in(certificate.extensions), bounds_of(trusted).as_text()
    except (InstallationError, ValueError):  # a certificate that was put there by hand
        return None
    return Workstation(
        address=_address(names, home.config().web),
        mark=fingerprint(trusted),
        until=certificate.not_valid_after_utc.date().isoformat(),
        bounds=bounds,
        host=names.hosts[0] if names.hosts and names.addresses else "",
        number=str(names.addresses[0]) if names.hosts and names.addresses else "",
    )


def _address(names: Names, web: str) -> str:
    port = web.rpartition(":")[2]
    return f"https://{names.all()[0]}{'' if port == '443' else ':' + port}/"
