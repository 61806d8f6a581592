"""Web addresses: which are read, in the one form that is sent, and which networks are private."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import quote, urlsplit

from summarizer.errors import InputError

# Networks that are no part of the internet at large: the special-purpose registries of IANA
# (RFC 6890, RFC 9637), multicast, and the host of a cloud's own services (168.63.129.16 at Azure).
_PRIVATE_4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32",
            "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
            "224.0.0.0/4", "240.0.0.0/4",
        ),
    )
)  # fmt: skip
_GLOBAL_6 = IPv6Network("2000::/3")
_PRIVATE_6 = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "3fff::/20")))
_NAT64 = IPv6Network("64:ff9b::/96")

_WEB = re.compile(r"https?://", re.IGNORECASE)
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\\]")
_NAME = re.compile(r"(?=.{1,253}\Z)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_SIX = re.compile(r"[0-9a-f:.]+:[0-9a-f:.]*")
_IN_PATH = "/%:@!$&'()*+,;=~"
_IN_QUERY = _IN_PATH + "?[]"
_PORTS = {"http": 80, "https": 443}
_UNPRIVILEGED = 1024


@dataclass(frozen=True)
class WebAddress:
    """An address in ASCII; `scheme` is `http` or `https`, `target` what a request names."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """The host, and the port where it is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The whole address."""
        return f"{self.scheme}://{self.authority}{self.target}"


def is_web_address(text: str) -> bool:
    """Whether `text` starts as an `http` or `https` address does."""
    return _WEB.match(text) is not None


def parse_address(url: str) -> WebAddress:
    """The address that `url` writes.

    Raises:
        InputError: it is no address that is read; a password in it is not repeated.
    """
    try:
        parts = urlsplit(url)
        port, scheme = parts.port, parts.scheme
        if parts.username is not None or parts.password is not None:
            raise InputError(
                "holds a name or password, which would be stored",
                where=_hidden(url),
                hint="Save the page as `.html` in a browser and give that file.",
            )
        host = _host(parts.hostname or "")
        target = quote(parts.path or "/", safe=_IN_PATH)
        if parts.query:
            target += "?" + quote(parts.query, safe=_IN_QUERY)
    except ValueError:  # a wrong port or host, or half a surrogate pair
        host = ""
    if not host or _UNSAFE.search(url):
        raise InputError("is not a web address", where=_hidden(url))
    if scheme != "http" and scheme != "https":
        raise InputError(
            f"is an address of the kind `{scheme[:20]}`",
            where=_hidden(url),
            hint="Only `http` and `https` addresses are read.",
        )
    if port is None:
        port = _PORTS[scheme]
    if port not in _PORTS.values() and port < _UNPRIVILEGED:
        raise InputError(
            f"has the port {port}, which is another service's",
            where=_hidden(url),
            hint="Pages are read from the ports 80, 443, and 1024 and above.",
        )
    return WebAddress(scheme, host, port, target)


def is_public(address: str) -> bool:
    """Whether an IPv4 or IPv6 address is one of the internet at large.

    An IPv6 address that carries an IPv4 one (mapped, NAT64, 6to4) is judged by that.

    Raises:
        ValueError: it is no address.
    """
    found: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        carried = _carried(found)
        if carried is None:
            return found in _GLOBAL_6 and not any(found in network for network in _PRIVATE_6)
        found = carried
    return not any(found in network for network in _PRIVATE_4)


def _carried(address: IPv6Address) -> IPv4Address | None:
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def _host(name: str) -> str:
    """The host as it is looked up; empty if no host is called so."""
    if not name.isascii():
        import idna

        name = idna.encode(name, uts46=True).decode("ascii")
    name = name.removesuffix(".").lower()
    return name if _NAME.fullmatch(name) or _SIX.fullmatch(name) else ""


def _hidden(url: str) -> str:
    """`url` as a message may show it: without what may be a password, and on one line."""
    shown = re.sub(r"//.*@", "//…@", url, flags=re.DOTALL)
    return "".join(c if c.isprintable() else "�" for c in shown[:200])
