"""What a certificate is good for: names and numbers of machines, within what the authority may sign."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable

import msgspec
from cryptography import x509

from openmidas.installation.errors import InstallationError

# Private by RFC 1918 and RFC 4193: a certificate of this authority is worth nothing on the internet.
PRIVATE_NETWORKS = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_HOST = re.compile(
    r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]"
)
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Names(msgspec.Struct, frozen=True):
    """Host names and IP addresses, as a certificate lists them."""

    hosts: tuple[str, ...]
    addresses: tuple[Address, ...] = ()

    def extension(self) -> x509.SubjectAlternativeName:
        """The same as an extension of a certificate."""
        names: list[x509.GeneralName] = [x509.DNSName(host) for host in self.hosts]
        return x509.SubjectAlternativeName(names + [x509.IPAddress(one) for one in self.addresses])

    def as_text(self) -> str:
        """For people: all of them in a row."""
        return ", ".join(self.all())

    def all(self) -> tuple[str, ...]:
        """All of them as browsers type them."""
        numbers = (f"[{one}]" if one.version == 6 else str(one) for one in self.addresses)
        return (*self.hosts, *numbers)


class Bounds(msgspec.Struct, frozen=True):
    """What an authority may sign: hosts below a suffix, addresses within networks."""

    suffix: str
    networks: tuple[str, ...] = PRIVATE_NETWORKS

    def extension(self) -> x509.NameConstraints:
        """The same as an extension of the authority's certificate. Raises `InstallationError`."""
        if not _HOST.fullmatch(self.suffix):
            raise InstallationError("ca.name", name=self.suffix)
        try:
            networks = [x509.IPAddress(ipaddress.ip_network(one)) for one in self.networks]
        except ValueError as error:
            raise InstallationError("ca.name", name=", ".join(self.networks)) from error
        permitted: list[x509.GeneralName] = [x509.DNSName(self.suffix), *networks]
        return x509.NameConstraints(permitted, None)

    def check(self, names: Names) -> None:
        """Raises `InstallationError` for the first name outside: every browser would refuse it."""
        for host in names.hosts:
            if host != self.suffix and not host.endswith(f".{self.suffix}"):
                raise InstallationError("ca.outside", name=host, bounds=self.as_text())
        networks = [ipaddress.ip_network(one) for one in self.networks]
        for address in names.addresses:
            if not any(address in network for network in networks):
                raise InstallationError("ca.outside", name=address, bounds=self.as_text())

    def covers(self, text: str) -> bool:
        """Whether this name or address, as people type it, is inside."""
        try:
            self.check(read_names([text]))
        except InstallationError:
            return False
        return True

    def as_text(self) -> str:
        """For people."""
        return ", ".join((f".{self.suffix}", *self.networks))


def read_names(texts: Iterable[str], suffix: str = "") -> Names:
    """Names as people type them; a bare one gets the suffix. Raises `InstallationError`."""
    hosts: list[str] = []
    addresses: list[Address] = []
    for text in texts:
        bare = text.strip().strip("[]").lower()
        try:
            addresses.append(ipaddress.ip_address(bare))
            continue
        except ValueError:
            host = f"{bare}.{suffix}" if suffix and _LABEL.fullmatch(bare) else bare
        if not _HOST.fullmatch(host):
            raise InstallationError("ca.name", name=text)
        hosts.append(host)
    if not hosts and not addresses:
        raise InstallationError("ca.no_names")
    return Names(tuple(dict.fromkeys(hosts)), tuple(dict.fromkeys(addresses)))


def names_in(extensions: x509.Extensions) -> Names:
    """The names in a request or certificate; none where it has none. Raises `ValueError`."""
    try:
        found = extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return Names(())
    addresses = found.get_values_for_type(x509.IPAddress)
    single = tuple(one for one in addresses if isinstance(one, Address))
    if len(single) != len(addresses) or len(single) + len(
        hosts := found.get_values_for_type(x509.DNSName)
    ) != len(list(found)):
        raise ValueError("names that are neither hosts nor addresses")
    return Names(tuple(host.lower() for host in hosts), single)


def bounds_of(certificate: x509.Certificate) -> Bounds:
    """What an authority may sign, as its certificate says. Raises `InstallationError`."""
    try:
        found = certificate.extensions.get_extension_for_class(x509.NameConstraints).value
    except (x509.ExtensionNotFound, ValueError) as error:
        raise InstallationError("ca.unbounded") from error
    permitted = list(found.permitted_subtrees or ())
    suffixes = [one.value for one in permitted if isinstance(one, x509.DNSName)]
    networks = tuple(str(one.value) for one in permitted if isinstance(one, x509.IPAddress))
    if len(suffixes) != 1 or not networks:
        raise InstallationError("ca.unbounded")
    return Bounds(suffixes[0].lstrip("."), networks)
