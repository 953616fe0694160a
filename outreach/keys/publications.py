"""GitHub, Pinterest, Medium, Substack, Spotify: where people publish and others subscribe."""

from __future__ import annotations

from outreach.keys.base import (
    HANDLE,
    Identity,
    Platform,
    Url,
    fullmatch,
    keep_none,
    no,
    owned,
    query_value,
    quote,
    reserved,
    slug,
    subdomain,
    words,
)

__all__ = ["GITHUB", "MEDIUM", "PINTEREST", "SPOTIFY", "SUBSTACK"]

_WORD = fullmatch(r"[a-z0-9](?:[a-z0-9_-]{0,58}[a-z0-9_])?")

# --- GitHub: accounts and repositories ---

_OWNER = fullmatch(r"[a-z0-9](?:[a-z0-9_-]{0,58})")  # old accounts end with a hyphen
_REPOSITORY = fullmatch(r"(?!\.{1,2}$)[a-z0-9._-]+")
_GITHUB_NO_NAME = no("not a GitHub account or repository")
_GITHUB_RESERVED = reserved(
    "github.com",
    {
        "a search or a list": "search explore topics trending collections discussions issues pulls notifications "
        "marketplace events watching",
        "a page of the site itself": "about account apps blog codespaces contact copilot customer-stories customers "
        "dashboard edu education enterprise enterprises features gist git-guides home join login logout mobile "
        "models new nonprofit organizations partners password_reset pricing readme resources security sessions "
        "settings signup site site-map solutions stars sponsors orgs users team why-github repos",
    },
)


def _github_url(url: Url) -> Identity:
    parts, service = url.parts, subdomain(url.host, "github.com")
    if service == "gist":
        return no("a snippet on GitHub: give the account or the repository")
    if service and service != "api":
        return no("a service site of GitHub, not an account")
    if len(parts) > 1 and parts[0].lower() in {"orgs", "users", "repos", "sponsors", "stars"}:
        parts = parts[1:] if parts[0].lower() == "repos" else parts[1:2]
    return (
        _github(parts[:2])
        if parts
        else no("github.com without a path is the home page: give an account or a repository")
    )


def _github(parts: list[str]) -> Identity:
    owner = parts[0].removeprefix("@").lower()
    if owner in _GITHUB_RESERVED:
        return _GITHUB_RESERVED[owner]
    if not _OWNER(owner):
        return _GITHUB_NO_NAME
    if len(parts) < 2 or parts[1].lower() in {"followers", "following"}:
        return Identity(f"github:{owner}", "the account in a GitHub address")
    repository = parts[1].lower().removesuffix(".git")
    if not _REPOSITORY(repository):
        return _GITHUB_NO_NAME
    return Identity(owned("github", owner, repository), "the repository in a GitHub address")


def _github_text(text: str) -> Identity | None:
    parts = text.split("/")
    found = _github(parts) if len(parts) < 3 else _GITHUB_NO_NAME
    return found if found.key else None


def _github_address(rest: str) -> str:
    """A dot at the end of an address belongs to the sentence around it, unless a slash follows."""
    return f"https://github.com/{rest}/" if rest[-1] == "." else f"https://github.com/{rest}"


GITHUB = Platform("github", "GitHub", ("github.com",), _github_url, _github_text, _github_address, keep_none)

# --- Pinterest: accounts and boards ---

_PINTEREST_ACCOUNT = fullmatch(r"[a-z0-9_]{1,40}")
_PINTEREST_NO_NAME = no("not a Pinterest account or board")
_PINTEREST_TABS = words("_saved _created _pins _shop boards pins followers following")
_PINTEREST_SERVICES = words(
    "about ads analytics api assets brand business careers create developers engineering help i investor log "
    "newsroom "
    "policy post trends"
)
_PINTEREST_RESERVED = reserved(
    "pinterest.com",
    {
        "a pin, which does not show its account: give the account or the board": "pin",
        "a search or a list": "ideas search explore today categories topics discover videos following news source",
        "a page of the site itself": "about ads analytics app ay business careers convert create email features help "
        "invited join login logout me messages notifications oauth password pin-builder pin-creation-tool policy "
        "press privacy reset resource settings shop signup terms v3 widgets _ _saved _created",
    },
)


def _pinterest_url(url: Url) -> Identity:
    if subdomain(url.host, *_PINTEREST_HOSTS) in _PINTEREST_SERVICES:
        return no("a service site of Pinterest, not an account")
    if not url.parts:
        return no("pinterest.com without a path is the home page: give the address of an account or a board")
    return _pinterest(url.parts)


def _pinterest(parts: list[str]) -> Identity:
    owner = parts[0].removeprefix("@").lower()
    if owner in _PINTEREST_RESERVED:
        return _PINTEREST_RESERVED[owner]
    if not _PINTEREST_ACCOUNT(owner):
        return _PINTEREST_NO_NAME
    if len(parts) < 2 or parts[1].lower() in _PINTEREST_TABS:
        return Identity(f"pinterest:{owner}", "the account in a Pinterest address")
    board = slug(parts[1])
    if board is None:
        return _PINTEREST_NO_NAME
    return Identity(owned("pinterest", owner, board), "the board in a Pinterest address")


def _pinterest_text(text: str) -> Identity | None:
    parts = text.split("/")
    found = _pinterest(parts) if len(parts) < 3 else _PINTEREST_NO_NAME
    return found if found.key else None


_PINTEREST_HOSTS = (
    "pinterest.com", "pinterest.at", "pinterest.be", "pinterest.ca", "pinterest.ch", "pinterest.cl", "pinterest.co",
    "pinterest.co.at", "pinterest.co.in", "pinterest.co.kr", "pinterest.co.nz", "pinterest.co.uk", "pinterest.com.au",
    "pinterest.com.bo", "pinterest.com.ec", "pinterest.com.mx", "pinterest.com.pe", "pinterest.com.py",
    "pinterest.com.uy", "pinterest.com.vn", "pinterest.de", "pinterest.dk", "pinterest.ec", "pinterest.engineering",
    "pinterest.es", "pinterest.fr", "pinterest.hu", "pinterest.id", "pinterest.ie", "pinterest.in", "pinterest.info",
    "pinterest.it", "pinterest.jp", "pinterest.kr", "pinterest.mx", "pinterest.nl", "pinterest.nz", "pinterest.pe",
    "pinterest.ph", "pinterest.pt", "pinterest.ru", "pinterest.se", "pinterest.th", "pinterest.tw", "pinterest.uk",
    "pinterest.vn",
)  # fmt: skip
PINTEREST = Platform(
    "pinterest",
    "Pinterest",
    _PINTEREST_HOSTS,
    _pinterest_url,
    _pinterest_text,
    lambda rest: f"https://www.pinterest.com/{quote(rest)}/",
    keep_none,
)

# --- Medium: writers (@name) and publications (name) ---

_MEDIUM_NO_NAME = no("not a Medium writer or publication")
_MEDIUM_RESERVED = reserved(
    "medium.com",
    {
        "a story without its publication: give the writer or the publication": "p s story stories",
        "a topic or a list": "tag tags topic topics search explore-topics browse list lists archive trending",
        "a page of the site itself": "about blog business creators feed help jobs-at-medium jobs m r me media "
        "membership "
        "mobile-app new new-story notifications partner-program plans policy press privacy settings signin signout "
        "signup terms u verified-authors your-friends _ earn download",
    },
)
_MEDIUM_SERVICES = words("about api blog cdn-client cdn-images-1 cdn-videos-1 glyph help miro policy status")


def _medium_url(url: Url) -> Identity:
    parts, name = url.parts, subdomain(url.host, "medium.com")
    if name == "link":
        return no("a short link hides its target: open it and give the full address")
    if name:
        return no("a service site of Medium, not a writer") if name in _MEDIUM_SERVICES else _medium("@" + name)
    if parts and parts[0].lower() == "feed":
        parts = parts[1:] if parts[1:2] != ["tag"] else []
    return (
        _medium(parts[0]) if parts else no("medium.com without a path is the home page: give a writer or a publication")
    )


def _medium(word: str) -> Identity:
    word = word.lower()
    if word[0] == "@":
        known = HANDLE(word[1:]) and word[-1] != "."
        return Identity(f"medium:{word}", "the writer in a Medium address") if known else _MEDIUM_NO_NAME
    if word in _MEDIUM_RESERVED:
        return _MEDIUM_RESERVED[word]
    known = HANDLE(word) and word[-1] != "."
    return Identity(f"medium:{word}", "the publication in a Medium address") if known else _MEDIUM_NO_NAME


def _medium_text(text: str) -> Identity | None:
    """A bare word could be a writer or a publication, so only ``@name`` is a handle."""
    return _medium_key(text) if text[:1] == "@" else None


def _medium_key(rest: str) -> Identity | None:
    found = _medium(rest)
    return found if found.key else None


MEDIUM = Platform(
    "medium",
    "Medium",
    ("medium.com",),
    _medium_url,
    _medium_text,
    lambda rest: f"https://medium.com/{rest}",
    keep_none,
    _medium_key,
)

# --- Substack: publications (name) and people (@name) ---

_SUBSTACK_NO_NAME = no("not a Substack publication")
_SUBSTACK_PAGE = no("a page of Substack, not a publication: give the address of the publication")
_SUBSTACK_SERVICES = words("api cdn email help mail support www status")


def _substack_url(url: Url) -> Identity:
    parts, name = url.parts, subdomain(url.host, "substack.com")
    if name == "open":
        return _substack(parts[1]) if len(parts) > 1 and parts[0] == "pub" else _SUBSTACK_PAGE
    if name:
        return _SUBSTACK_PAGE if name in _SUBSTACK_SERVICES else _substack(name)
    return _substack(parts[0]) if parts and parts[0][0] == "@" else _SUBSTACK_PAGE


def _substack(word: str) -> Identity:
    word = word.lower()
    name = word.removeprefix("@")
    if not _WORD(name) or name in _SUBSTACK_SERVICES or name == "open":
        return _SUBSTACK_NO_NAME
    if word[0] != "@" and "_" in word:  # a host name
        return _SUBSTACK_NO_NAME
    return Identity(f"substack:{word}", "the publication or person in a Substack address")


def _substack_text(text: str) -> Identity | None:
    found = _substack(text)
    return found if found.key else None


def _substack_address(rest: str) -> str:
    return f"https://substack.com/{rest}" if rest[0] == "@" else f"https://{rest}.substack.com/"


SUBSTACK = Platform(
    "substack", "Substack", ("substack.com",), _substack_url, _substack_text, _substack_address, keep_none
)

# --- Spotify: artists, shows, playlists by id, people by name ---

_SPOTIFY_ID = fullmatch(r"[A-Za-z0-9]{22}")
_SPOTIFY_PAGE = no("a page of Spotify, not an artist, show, playlist or person")
_SPOTIFY_RESERVED = reserved(
    "open.spotify.com",
    {
        "a part of something larger: give the artist or the show": "album track episode chapter audiobook concert "
        "prerelease"
    },
)


def _spotify_url(url: Url) -> Identity:
    parts = url.parts
    if parts == ["embed"] and (shown := query_value(url.query, "uri")):
        return _spotify(shown.split(":")[1:])
    while parts and (parts[0].startswith("intl-") or parts[0] in {"embed", "embed-legacy", "embed-podcast"}):
        parts = parts[1:]
    return _spotify(parts)


def _spotify(parts: list[str]) -> Identity:
    if len(parts) > 3 and parts[0] == "user" and parts[2] == "playlist":
        parts = parts[2:]
    if len(parts) < 2:
        return _SPOTIFY_PAGE
    kind, word = parts[0].lower(), parts[1]
    if kind in {"artist", "show", "playlist"} and _SPOTIFY_ID(word):
        return Identity(f"spotify:{kind}/{word}", "the id in a Spotify address")
    if kind == "user" and HANDLE(word) and word[-1] != ".":
        return Identity(f"spotify:user/{word}", "the person in a Spotify address")
    return _SPOTIFY_RESERVED.get(kind, _SPOTIFY_PAGE)


def _spotify_text(text: str) -> Identity | None:
    found = _spotify(text.replace(":", "/").split("/"))  # spotify:artist:ID is their own spelling
    return found if found.key or found is not _SPOTIFY_PAGE else None


SPOTIFY = Platform(
    "spotify",
    "Spotify",
    ("open.spotify.com", "play.spotify.com", "spotify.com"),
    _spotify_url,
    _spotify_text,
    lambda rest: f"https://open.spotify.com/{rest}",
    lambda rest: not rest.startswith("user/"),
)
