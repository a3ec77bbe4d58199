"""Addresses that a service gives: one that is elsewhere must not send the studio into the user's own network.

A service on the internet says where its files lie. An address there that leads to this computer, to the network around it
or to a cloud's own counter (169.254.169.254) is none of its files. A service of the user's own may name what it likes.
"""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from studio.errors import Answer, EngineRefused


def must_lead_outward(url: str, base: str, asked: Answer) -> None:
    """EngineRefused if ``url`` leads into the own network though the service at ``base`` is not there, or is no web address.

    A name that cannot be looked up here (a proxy may know it) leads nowhere inward.
    """
    service = urlsplit(base).hostname or ""
    try:
        host, is_web = urlsplit(url).hostname or "", urlsplit(url).scheme in ("http", "https")
    except ValueError:  # ``http://[::1``
        host, is_web = "", False
    if not is_web or host != service and _is_inside(host) and not _is_inside(service):
        raise EngineRefused(
            f"{asked.engine}, {asked.stage}: the address it names leads into this computer or its network, not to a file "
            "of the service. Nothing was fetched from there. Tell the service, or choose another engine.",
            answer=asked,
        )


def _is_inside(host: str) -> bool:
    import socket

    try:
        found = {entry[4][0] for entry in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        return False
    return any(not ip_address(str(place).partition("%")[0]).is_global for place in found)
