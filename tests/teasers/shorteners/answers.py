"""What the services answer, after their documentation."""

from __future__ import annotations

LONG = "https://example.com/guide?a=1&utm_source=vk&utm_medium=social&utm_campaign=guide#top"

SHORT = {
    "bitly": "https://bit.ly/4aBcD",
    "clck.ru": "https://clck.ru/3AbCd",
    "vk.cc": "https://vk.cc/cAbCd",
    "dub": "https://dub.sh/aBcDeFg",
    "shlink": "https://go.example.com/aBcDe",
}

MADE = {
    "bitly": (
        201,
        {
            "created_at": "2026-11-20T10:00:00+0000",
            "id": "bit.ly/4aBcD",
            "link": SHORT["bitly"],
            "custom_bitlinks": [],
            "long_url": LONG,
            "archived": False,
            "tags": [],
            "deeplinks": [],
            "references": {"group": "https://api-ssl.bitly.com/v4/groups/Ba1bc23dE4F"},
        },
    ),
    "clck.ru": (200, SHORT["clck.ru"].encode()),
    "vk.cc": (
        200,
        {"response": {"short_url": SHORT["vk.cc"], "access_key": "a1b2", "key": "cAbCd", "url": LONG}},
    ),
    "dub": (
        200,
        {"id": "link_1", "domain": "dub.sh", "key": "aBcDeFg", "url": LONG, "shortLink": SHORT["dub"], "clicks": 0},
    ),
    "shlink": (
        200,
        {
            "shortCode": "aBcDe",
            "shortUrl": SHORT["shlink"],
            "longUrl": LONG,
            "dateCreated": "2026-11-20T10:00:00+00:00",
            "visitsSummary": {"total": 0, "nonBots": 0, "bots": 0},
            "tags": [],
            "meta": {"validSince": None, "validUntil": None, "maxVisits": None},
            "domain": None,
            "title": None,
            "crawlable": False,
            "forwardQuery": True,
            "hasRedirectRules": False,
        },
    ),
}


def bitly_error(status: int, message: str) -> tuple[int, dict]:
    """Return an error as Bitly words it."""
    return status, {"message": message, "resource": "bitlinks", "description": "The value provided is invalid."}


def vk_error(code: int, text: str) -> tuple[int, dict]:
    """Return an error as VK words it: with status 200, and the request repeated."""
    asked = [{"key": "method", "value": "utils.getShortLink"}, {"key": "access_token", "value": "s3cret-t0ken"}]
    return 200, {"error": {"error_code": code, "error_msg": text, "request_params": asked}}


def dub_error(status: int, code: str, message: str) -> tuple[int, dict]:
    """Return an error as Dub words it."""
    return status, {"error": {"code": code, "message": message, "doc_url": f"https://dub.co/docs#{code}"}}


def shlink_error(status: int, kind: str, title: str) -> tuple[int, dict]:
    """Return an error as Shlink words it."""
    return status, {"type": f"https://shlink.io/api/error/{kind}", "title": title, "detail": title, "status": status}
