"""Network namespaces without names: they are gone as soon as nobody is in them or holds them open.

So nothing is left over, however the benchmark ends. Needs root on Linux.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

_NEW_NETWORK = 0x40000000
_SET_INTERFACE = 0x400454CA
_TUN_WITHOUT_HEADER = 0x0001 | 0x1000
_DEVICE = Path("/dev/net/tun")
_HERE = Path("/proc/thread-self/ns/net")
_TCP = Path("/proc/sys/net/ipv4")
_NO_IPV6 = Path("/proc/sys/net/ipv6/conf/default/disable_ipv6")
_ALLOWED = _TCP / "tcp_allowed_congestion_control"


class CannotRun(Exception):  # noqa: N818  reads as a sentence where it is raised
    """This machine cannot make the link; the text says what is missing."""


def check_machine() -> None:
    """Raises `CannotRun` where namespaces and a TUN device are not to be had."""
    if not sys.platform.startswith("linux"):
        raise CannotRun("it needs Linux: the link is made of network namespaces.")
    if os.geteuid() != 0:
        raise CannotRun("it needs root, to make network namespaces. Start it with sudo.")
    if not shutil.which("ip"):
        raise CannotRun("it needs the program “ip”: apt-get install iproute2")
    if not _DEVICE.exists():
        raise CannotRun(f"it needs {_DEVICE}: modprobe tun, or give the container that device.")
    with closing(Namespace()) as trial:
        trial.set_tcp("reno")
        os.close(trial.open_tun("trial", "10.77.0.9/30"))


class Namespace:
    """A network of its own, with nothing in it but its loopback. Raises `CannotRun`."""

    def __init__(self) -> None:
        with _returning():
            if _libc().unshare(_NEW_NETWORK):
                raise CannotRun(f"no network namespace can be made: {os.strerror(_errno())}.")
            self._file = os.open(_HERE, os.O_RDONLY | os.O_CLOEXEC)
            _ip("link", "set", "lo", "up")

    @contextmanager
    def entered(self) -> Iterator[None]:
        """This thread is in the namespace, and so is every process and socket that it makes."""
        with _returning():
            _enter(self._file)
            yield

    def open_tun(self, name: str, address: str) -> int:
        """A TUN device in it with this address (``10.0.0.1/30``), up; its file, in raw IP packets.

        Without IPv6: its own chatter would be counted as the exchange's.
        """
        import fcntl  # Windows has none, and is told so before it comes here

        with self.entered():
            if _NO_IPV6.exists():
                _set(_NO_IPV6, "1")
            try:
                file = os.open(_DEVICE, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
                request = struct.pack("16sH22x", name.encode(), _TUN_WITHOUT_HEADER)
                fcntl.ioctl(file, _SET_INTERFACE, request)
            except OSError as error:
                raise CannotRun(f"no TUN device can be made: {error.strerror}.") from error
            _ip("addr", "add", address, "dev", name)
            _ip("link", "set", name, "up")
        return file

    def set_tcp(self, congestion: str) -> None:
        """What its sockets begin with; guessing the MTU is off, which takes loss for a small one."""
        with self.entered():
            _set(_TCP / "tcp_mtu_probing", "0")
            _set(_TCP / "tcp_congestion_control", congestion)

    def forget_lines(self) -> None:
        """What TCP remembers of an earlier line to the same address must not help on this one."""
        with self.entered():
            _ip("tcp_metrics", "flush")

    def sockets(self) -> str:
        """What the kernel says of its TCP connections (``ss -ti``)."""
        with self.entered():
            done = subprocess.run(["ss", "-tin"], capture_output=True, text=True, check=False)
        return done.stdout

    def close(self) -> None:
        """Let go of it."""
        os.close(self._file)


@contextmanager
def allowed_congestion(name: str) -> Iterator[None]:
    """Namespaces may use this congestion control: only the machine itself can allow it.

    It is forbidden again afterwards if it was. Raises `CannotRun` where it is not to be had.
    """
    before = _ALLOWED.read_text().strip()
    if name in before.split():
        yield
        return
    _set(_ALLOWED, f"{before} {name}")
    try:
        yield
    finally:
        _ALLOWED.write_text(before)


@contextmanager
def _returning() -> Iterator[None]:
    """This thread is afterwards where it was before."""
    before = os.open(_HERE, os.O_RDONLY | os.O_CLOEXEC)
    try:
        yield
    finally:
        if os.fstat(before).st_ino != _HERE.stat().st_ino:
            _enter(before)
        os.close(before)


def _enter(file: int) -> None:
    if _libc().setns(file, _NEW_NETWORK):
        raise CannotRun(f"a network namespace cannot be entered: {os.strerror(_errno())}.")


def _set(setting: Path, value: str) -> None:
    try:
        setting.write_text(value)
    except OSError as error:
        raise CannotRun(f"{setting} cannot be set to “{value}”: {error.strerror}.") from error


def _ip(*words: str) -> None:
    done = subprocess.run(["ip", *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotRun(f"ip {' '.join(words)}: {done.stderr.strip()}")


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _errno() -> int:
    return ctypes.get_errno()
