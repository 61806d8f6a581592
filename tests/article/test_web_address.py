"""Web addresses: what is one, what is sent of it, and which networks are private."""

from __future__ import annotations

from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from summarizer.article.address import is_public, is_web_address, parse_address
from summarizer.errors import InputError


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("http://example.org", "http://example.org/"),
        ("HTTPS://Example.ORG:443/a?b=c#d", "https://example.org/a?b=c"),
        ("http://example.org:8080/?q", "http://example.org:8080/?q"),
        ("https://example.org./a", "https://example.org/a"),
        ("http://[2606:2800::1]:8080/a", "http://[2606:2800::1]:8080/a"),
        ("https://example.org/Київ/a b?q=é", "https://example.org/%D0%9A%D0%B8%D1%97%D0%B2/a%20b?q=%C3%A9"),
        ("https://example.org/%D0%9A/50%?a[0]=1&b=(x)", "https://example.org/%D0%9A/50%?a[0]=1&b=(x)"),
        ("https://faß.de/", "https://xn--fa-hia.de/"),
        ("https://новости.example/", "https://xn--b1amnebsh.example/"),
        ("http://１２７。0.0.1/", "http://127.0.0.1/"),
        ("https://a_b.example.org/", "https://a_b.example.org/"),
    ],
)  # fmt: skip
def test_what_is_sent(url: str, sent: str) -> None:
    assert is_web_address(url)
    assert parse_address(url).url == sent
    assert parse_address(sent).url == sent


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("http://", "is not a web address"),
        ("http:///path", "is not a web address"),
        ("http://.", "is not a web address"),
        ("http://a..b/", "is not a web address"),
        ("http://" + "a" * 64 + ".org/", "is not a web address"),
        ("http://" + "a." * 130 + "org/", "is not a web address"),
        ("http://example.org:port/", "is not a web address"),
        ("http://example.org:99999/", "is not a web address"),
        ("http://exa mple.org/", "is not a web address"),
        ("http://example.org\\.example.com/", "is not a web address"),
        ("http://example.org/\r\nHost: other", "is not a web address"),
        ("http://example.org/a\tb", "is not a web address"),
        ("http://exam\0ple.org/", "is not a web address"),
        ("http://[::1", "is not a web address"),
        ("http://[fe80::1%25eth0]/", "is not a web address"),
        ("http://a%2eb.org/", "is not a web address"),
        ("http://example.org/\udc80", "is not a web address"),
        ("http://xn--\u2024.org/", "is not a web address"),
        ("ftp://example.org/", "is an address of the kind `ftp`"),
        ("file://localhost/etc/passwd", "is an address of the kind `file`"),
        ("http://example.org:22/", "has the port 22"),
        ("http://example.org:0/", "has the port 0"),
        ("http://example.org:25/", "has the port 25"),
    ],
)
def test_what_is_no_address(url: str, complaint: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_address(url)
    assert complaint in caught.value.message
    assert caught.value.where is not None and caught.value.where.isprintable()


@pytest.mark.parametrize(
    "url",
    [
        "https://user:pass-word@example.org/",
        "https://pass-word@example.org/",
        "https://user:pass-word/x@example.org/",
        "https://user:pass-word@x:y@example.org:port/",
        "https://user:pass-word@[::1/",
    ],
)
def test_a_password_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_address(url)
    assert "pass-word" not in str(caught.value)


def test_a_sign_of_a_password_that_is_none() -> None:
    assert parse_address("https://example.org/@name/a").target == "/@name/a"


@given(st.text(), st.sampled_from(["http://", "https://", ""]))
@example("\u212a", "http://")
def test_any_text_is_an_address_that_can_be_sent_or_an_error(text: str, start: str) -> None:
    with suppress(InputError):
        found = parse_address(start + text)
        line = f"GET {found.target} {found.authority}"
        assert line.isascii() and line.isprintable() and len(line.split(" ")) == 3
        assert found.target.startswith("/")
        assert parse_address(found.url) == found


# --- networks -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.254", "168.63.129.16",
        "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1",
        "192.168.1.1", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9",
        "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::127.0.0.1", "::ffff:10.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1",
        "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "2002:a00:1::1",
        "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1",
        "ff02::1",
    ],
)  # fmt: skip
def test_private_addresses(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.1", "126.255.255.255", "128.0.0.1",
        "172.15.255.255", "172.32.0.1", "192.0.1.1", "198.17.255.255", "223.255.255.255",
        "2606:4700::1111", "2a00:1450::1", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1",
    ],
)  # fmt: skip
def test_public_addresses(address: str) -> None:
    assert is_public(address)


def is_special(address: IPv4Address | IPv6Address) -> bool:
    return (
        address.is_private
        or address.is_loopback
        or address.is_link_local
        or address.is_multicast
        or address.is_reserved
        or address.is_unspecified
        or not address.is_global
    )


@given(st.ip_addresses(v=4))
def test_every_address_that_the_library_calls_special_is_private(address: IPv4Address) -> None:
    """The library's own table depends on the version of Python, and is never the wider one."""
    assert not (is_special(address) and is_public(str(address)))


@given(st.ip_addresses(v=6))
def test_every_address_of_six_that_the_library_calls_special(address: IPv6Address) -> None:
    if is_public(str(address)) and not address.ipv4_mapped and not str(address).startswith("64:"):
        assert not is_special(address)


@given(st.ip_addresses(v=4))
def test_a_carried_address_is_judged_as_itself(address: IPv4Address) -> None:
    number = int(address)
    high, low = number >> 16, number & 0xFFFF
    for carrier in (f"::ffff:{address}", f"64:ff9b::{address}", f"2002:{high:x}:{low:x}::1"):
        assert is_public(carrier) == is_public(str(address)), carrier


def test_what_is_no_network_address() -> None:
    with pytest.raises(ValueError, match="does not appear to be"):
        is_public("localhost")
