"""What the user says of a service: its name, a server of his own, a domain, the token."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError, OptionError
from outreach.remote.settings import server_address, token_in
from outreach.teasers.shorteners.bitly import BITLY
from outreach.teasers.shorteners.clck import CLCK
from outreach.teasers.shorteners.dub import DUB
from outreach.teasers.shorteners.links import ascii_host
from outreach.teasers.shorteners.shlink import SHLINK
from outreach.teasers.shorteners.vk import VK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outreach.teasers.shorteners.base import Shortener

__all__ = ["SHORTENERS", "base_of", "domain_of", "shortener_named", "token_of"]

SHORTENERS: Final[Mapping[str, Shortener]] = {service.name: service for service in (BITLY, CLCK, VK, DUB, SHLINK)}
"""Every service by its name."""
OTHER_NAMES: Final = {"bit.ly": "bitly", "clck": "clck.ru", "vk": "vk.cc", "dub.co": "dub", "shlink.io": "shlink"}
_DOMAIN: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}").fullmatch


def shortener_named(name: str) -> Shortener:
    """Return the service that a user means.

    Raises:
        OptionError: There is none of that name.

    Example:
        >>> shortener_named(" VK ").title
        'VK'

    """
    word = name.strip().lower()
    if (service := SHORTENERS.get(OTHER_NAMES.get(word, word))) is None:
        raise OptionError(f"{name}: not a service that shortens links", hint=f"known: {', '.join(SHORTENERS)}")
    return service


def base_of(service: Shortener, env: Mapping[str, str]) -> str:
    """Return where a service answers, without a slash at the end.

    Raises:
        InputError: The variable for it is missing, or its address is not to be trusted with a token.

    """
    variable = f"{service.variable}_URL"
    if not (given := env.get(variable, "").strip()):
        if not service.base:
            raise InputError(
                f"{service.title} runs on your own server, but {variable} is not set",
                hint=f"set {variable} to its address, like https://go.example.com",
            )
        return service.base
    return server_address(variable, given)


def domain_of(service: Shortener, domain: str) -> str:
    """Return the domain that a user wants for his short links, in ASCII; empty is the usual one.

    Raises:
        OptionError: It is none, or the service gives no choice.

    Example:
        >>> domain_of(BITLY, "Go.Example.com"), domain_of(CLCK, "")
        ('go.example.com', '')

    """
    if not domain.strip():
        return ""
    if not service.domains:
        raise OptionError(
            f"--domain {domain}: {service.title} does not let you choose a domain", hint="leave --domain out"
        )
    try:
        word = ascii_host(domain.strip())
    except ValueError:
        word = ""
    if not _DOMAIN(word):
        raise OptionError(f"--domain {domain}: not a domain", hint="give one like go.example.com")
    return word


def token_of(service: Shortener, env: Mapping[str, str]) -> str:
    """Return the user's token.

    Raises:
        InputError: The variable for it is missing, or holds what no token is.

    """
    if not service.token_from:
        return ""
    variable = f"{service.variable}_TOKEN"
    return token_in(variable, env, service.title, service.token_from)
