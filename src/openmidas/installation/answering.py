"""Whether a node's pages answer: asked of the node itself, at its own address."""

from __future__ import annotations

import http.client
import json
import ssl
import sys
import time

from openmidas.nodes.home import NodeConfig, this_home

SECONDS_TO_ANSWER = 60.0
TIMEOUT = 5.0


def ask(config: NodeConfig, address: str) -> bool:
    """Whether the pages at ``host:port`` say that node and database work."""
    host, _separator, port = address.rpartition(":")
    reach = {"0.0.0.0": "127.0.0.1", "[::]": "::1"}.get(host, host.strip("[]"))  # noqa: S104
    connection: http.client.HTTPConnection
    if config.tls_certificate:
        # The node asks itself: whose certificate it shows is for browsers to check.
        context = ssl._create_unverified_context()  # noqa: S323
        connection = http.client.HTTPSConnection(reach, int(port), timeout=TIMEOUT, context=context)
    else:
        connection = http.client.HTTPConnection(reach, int(port), timeout=TIMEOUT)
    try:
        connection.request("GET", "/health/", headers={"Host": f"{config.hosts[0]}:{port}"})
        response = connection.getresponse()
        said = json.loads(response.read())
    except (OSError, ValueError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return response.status == 200 and said.get("database") is True


def await_answer(config: NodeConfig, address: str, seconds: float = SECONDS_TO_ANSWER) -> bool:
    """Ask until the pages answer; False when they do not within so many seconds."""
    until = time.monotonic() + seconds
    while not ask(config, address):
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


def main() -> int:
    """For health checks: exit status 0 when this node's pages answer."""
    config = this_home().config()
    return 0 if ask(config, config.web) else 1


if __name__ == "__main__":
    sys.exit(main())
