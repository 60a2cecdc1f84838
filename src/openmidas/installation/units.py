"""The systemd units of a node, and the `midas` command of its machine, as texts."""

from __future__ import annotations

from openmidas.installation.places import ACCOUNT, Installed

TARGET = "midas.target"
PROCESSES = {
    "serve": "the pages",
    "exchange": "the link",
    "worker": "the work in the background",
    "public": "the pages for the public, where they have an address of their own",
}
SERVICES = tuple(f"midas-{process}.service" for process in PROCESSES)
CURRENT = "/opt/openmidas/current/bin"
LAST_PRIVILEGED_PORT = 1023
BACKUPS = ("/media", "/mnt", "/run/media", "/srv", "/var/backups")
"""Where a second disk or a stick may be: the worker writes the node's copies there."""

# No After=network-online.target: a post without a link must start. Nothing here waits for one.
_SERVICE = """\
# Written by `midas install`; changes are lost with the next upgrade (systemctl edit keeps them).
[Unit]
Description=OpenMIDAS: {about}
Requires=midas-recover.service
After=midas-recover.service local-fs.target{after}
PartOf=midas.target
StartLimitIntervalSec=0

[Service]
{condition}ExecStart={current}/midas {process}
Environment=OPENMIDAS_HOME={home}
User={account}
Group={account}
UMask=0077
Restart=always
RestartSec=1
TimeoutStopSec=20
OOMPolicy=continue
NoNewPrivileges=yes
CapabilityBoundingSet={capabilities}
AmbientCapabilities={capabilities}
ProtectSystem=strict
ReadWritePaths={writable}
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
RemoveIPC=yes
# In memory: the key of a sealed post that is open. It outlives a service that is started again.
RuntimeDirectory=openmidas
RuntimeDirectoryMode=0700
RuntimeDirectoryPreserve=yes
LockPersonality=yes
MemoryDenyWriteExecute=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
SystemCallErrorNumber=EPERM

[Install]
WantedBy=midas.target
"""
# Skipped, not failed, and not tried again: most nodes show these pages beside the others.
_CONDITIONS = {"public": f"ExecCondition={CURRENT}/midas public --only-ask\n"}
_TARGET = """\
# Written by `midas install`.
[Unit]
Description=OpenMIDAS: a node of the State
Wants={services}

[Install]
WantedBy=multi-user.target
"""
_RECOVER = f"""\
# Written by `midas install`. What a power cut interrupted is finished or undone before the node starts.
[Unit]
Description=OpenMIDAS: finish or undo an upgrade
ConditionPathExists=/opt/openmidas/upgrade.json
After=local-fs.target postgresql.service
Before=midas.target

[Service]
Type=oneshot
ExecStart={CURRENT}/midas upgrade --resume
TimeoutStartSec=infinity

[Install]
WantedBy=midas.target
"""
# `install` and `upgrade` are root's work; `ca` is done with a stick, in the name of whoever holds it.
_COMMAND = """\
#!/bin/sh
# Written by `midas install`: the command of this machine's node, run as the node's account.
case "${{OPENMIDAS_HOME-}}" in "") OPENMIDAS_HOME={home}; export OPENMIDAS_HOME ;; esac
case "${{1-}} ${{2-}}" in
    "install "*|"upgrade "*|"ca init"|"ca issue"|"ca sign") ;;
    *) if [ "$(id -u)" = 0 ] && [ "$OPENMIDAS_HOME" = {home} ]; then
        exec runuser -u {account} -- {current}/midas "$@"
    fi ;;
esac
exec {current}/midas "$@"
"""


def units(installed: Installed) -> dict[str, str]:
    """The text of each unit, by its file name."""
    services = {
        f"midas-{process}.service": _SERVICE.format(
            about=about,
            process=process,
            after=" postgresql.service" if installed.kind == "hq" else "",
            condition=_CONDITIONS.get(process, ""),
            current=CURRENT,
            home=installed.home,
            account=ACCOUNT,
            capabilities=_capabilities(process, installed.port),
            writable=_writable(process, installed.home),
        )
        for process, about in PROCESSES.items()
    }
    target = _TARGET.format(services=" ".join(SERVICES))
    return {**services, TARGET: target, "midas-recover.service": _RECOVER}


def command(installed: Installed) -> str:
    """The text of ``/usr/local/bin/midas``."""
    return _COMMAND.format(home=installed.home, account=ACCOUNT, current=CURRENT)


def sysusers(installed: Installed) -> str:
    """The account, as `systemd-sysusers` makes it."""
    return f'# Written by `midas install`.\nu {ACCOUNT} - "OpenMIDAS" {installed.home}\n'


def _capabilities(process: str, port: int) -> str:
    return "CAP_NET_BIND_SERVICE" if process == "serve" and port <= LAST_PRIVILEGED_PORT else ""


def _writable(process: str, home: str) -> str:
    places = [f"-{place}" for place in BACKUPS] if process == "worker" else []
    return " ".join([home, *places])
