"""What the newsroom's settings say about where it is served, checked and put as a server's configuration needs it."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from tribuna.press.stores.files.layout import PAGES
from tribuna.site.env import in_brackets

PORTS = {"http": 80, "https": 443}
CERTBOT = Path("/etc/letsencrypt/live")
IPV6 = Path("/proc/net/if_inet6")  # there, on Linux, where the machine speaks IPv6
LOOPBACK = ("127.0.0.1", "::1", "localhost")

_HOST = re.compile(r"\.?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")
# What means something inside the quotes of nginx, Caddy or systemd, and can't be written there in any other way.
_MEANING = re.compile(r'["\\$`{}]|[\0-\x1f\x7f]')


@dataclass(frozen=True)
class Facts:
    """Where a newsroom is served. Hosts are lower case, one that begins with a dot stands for all under it too."""

    scheme: str
    port: int
    hosts: tuple[str, ...]  # readers' own first
    upstream_host: str
    upstream_port: int
    certificate: Path | None
    brotli: bool | None  # None: whoever writes has to look

    def refuse_what_cannot_be(self) -> None:
        """Raise ImproperlyConfigured for hosts that no server can tell apart, and for a port that two would share."""
        if self.port == self.upstream_port and self.upstream_host in (*LOOPBACK, *self.hosts):
            raise ImproperlyConfigured(
                f"TRIBUNA_ADDRESS is {self.address}, and there Tribuna itself listens. Say in tribuna.env where "
                "readers find the newsroom, such as https://news.example.org, or move Tribuna with --upstream."
            )
        for host in self.hosts:
            _refuse_no_host(host)

    @property
    def port_suffix(self) -> str:
        """Return what stands behind the host in an address: nothing where the port is the scheme's own."""
        return "" if self.port == PORTS[self.scheme] else f":{self.port}"

    @property
    def address(self) -> str:
        """Return where readers go."""
        return f"{self.scheme}://{self.hosts[0]}{self.port_suffix}"

    @property
    def upstream(self) -> str:
        """Return where ``tribuna serve`` listens, as HOST:PORT."""
        return f"{in_brackets(self.upstream_host)}:{self.upstream_port}"

    @property
    def certificate_folder(self) -> Path:
        """The folder of the certificate: the one that was given, or where certbot keeps it."""
        return absolute(self.certificate or CERTBOT / self.hosts[0].removeprefix("."))

    @property
    def name(self) -> str:
        """Return a word for this newsroom that no other on the machine has."""
        return "tribuna_" + re.sub(r"[^a-z0-9]", "_", f"{self.hosts[0]}{self.port_suffix}")

    @property
    def pages_folder(self) -> Path:
        """The folder of the pages for this scheme; in it one for each host."""
        return absolute(settings.TRIBUNA_PRESS_FOLDER) / PAGES / self.scheme

    def advice(self) -> Iterator[str]:
        """Say what would keep this from working as it should."""
        peer = "127.0.0.1" if self.upstream_host == "localhost" else self.upstream_host
        if peer in LOOPBACK and not any(ip_address(peer) in network for network in settings.TRIBUNA_TRUSTED_PROXIES):
            bits = ip_address(peer).max_prefixlen
            yield (
                f"TRIBUNA_TRUSTED_PROXIES does not name {peer}: add {peer}/{bits} in tribuna.env, or Tribuna "
                "believes neither where readers come from nor that they came by https."
            )
        for folder in _closed([self.pages_folder, absolute(settings.STATIC_ROOT), absolute(settings.MEDIA_ROOT)]):
            yield f"only its owner and group can enter {folder}, and web servers are mostly neither: chmod o+x {folder}"

    def advice_about_certificate(self) -> Iterator[str]:
        """Say how to come by a certificate if there is none to be seen."""
        if self.scheme == "https" and not os.access(self.certificate_folder / "fullchain.pem", os.F_OK):
            hosts = " ".join(f"-d {host.removeprefix('.')}" for host in self.hosts)
            yield (
                f"no certificate is to be seen in {self.certificate_folder}, and without one nginx does not start: "
                f"get one there with `certbot certonly --nginx {hosts}`, or say with --certificate where it is."
            )


def facts(upstream: tuple[str, int], *, certificate: Path | None = None, brotli: bool | None = None) -> Facts:
    """Return the facts, with Tribuna listening at *upstream*. *certificate* is a folder, as certbot makes one."""
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    port = address.port or PORTS[address.scheme]
    others = [host for host in settings.ALLOWED_HOSTS if host not in LOOPBACK]
    hosts = tuple(dict.fromkeys(in_brackets(host.lower()) for host in (address.hostname or "", *others)))
    return Facts(address.scheme, port, hosts, *upstream, certificate, brotli)


def _refuse_no_host(host: str) -> None:
    if host == "*":
        raise ImproperlyConfigured("TRIBUNA_HOSTS is *: name the hosts, or nobody can tell which requests are yours.")
    if not (_HOST.fullmatch(host) or _is_address(host)):
        raise ImproperlyConfigured(f"{host!r}, in TRIBUNA_ADDRESS or TRIBUNA_HOSTS, is not the name of a host.")


def _is_address(host: str) -> bool:
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def listens(host: str, port: int, *, ipv6: bool) -> list[str]:
    """Return where to listen for *host*: at its own address where it is one, else at all of the machine's."""
    if host == "localhost":
        found = [f"127.0.0.1:{port}", f"[::1]:{port}"]
    elif _is_address(host):
        return [f"{host}:{port}"]
    else:
        found = [str(port), f"[::]:{port}"]
    return found if ipv6 else found[:1]


def quoted(text: str | Path) -> str:
    """Return *text* in quotes. Raises ImproperlyConfigured for what nginx, Caddy or systemd would read as their own."""
    if found := _MEANING.search(str(text)):
        raise ImproperlyConfigured(f"{found.group()!r} can't stand in a server's configuration: {text}")
    return f'"{text}"'


def absolute(folder: str | Path) -> Path:
    """Return *folder* from the root on; what it is a link to is not asked."""
    return Path(folder).absolute()


def _closed(folders: list[Path]) -> list[Path]:
    """Return those of *folders* and above them that are closed to all but their owner and group."""
    every = dict.fromkeys(each for folder in folders for each in reversed([folder, *folder.parents]))
    return [each for each in every if each.is_dir() and not each.stat().st_mode & stat.S_IXOTH]
