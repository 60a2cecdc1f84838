"""Setting up a workstation, on one printable page. Open to all: nobody is signed in there yet."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openmidas.installation.workstations import steps_of
from openmidas.nodes.identity import this_node
from openmidas.posts.access import open_to_all


@open_to_all
@require_safe
def workstation(request: HttpRequest) -> HttpResponse:
    """The steps; or, where the node has no certificate yet, what to do first."""
    return render(request, "installation/workstation.html", {"steps": steps_of(this_node().home)})


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
