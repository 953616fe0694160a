"""The words by which tables are recognised; all that this package needs, in one place."""

from __future__ import annotations

from typing import Final

from outreach.words.columns import VOCABULARY
from outreach.words.vocabulary import words_of

__all__ = ["ACCOUNTS", "CONTACTS", "CUSTOMERS", "FLAGS", "JOBS", "NOTES", "NOUNS", "PERSONAL", "SITES"]

ACCOUNTS: Final = words_of("headers.found_account") | words_of("headers.more_accounts")
"""What may stand above customers as well as above the places of one customer."""

CUSTOMERS: Final = (VOCABULARY["customer"] | VOCABULARY["queried"]) - VOCABULARY["name"] - ACCOUNTS
"""What surely stands above customers."""

NOUNS: Final = VOCABULARY["resource"] - words_of("headers.link_or_name")
"""What is followed: beside a name it is the named one's, while "link" may be the link of whatever is named."""

SITES: Final = words_of("headers.sites")
JOBS: Final = words_of("headers.contacts")
PERSONAL: Final = words_of("headers.personal")
"""What is known of people and not of places."""
CONTACTS: Final = JOBS | words_of("headers.whereabouts")
"""Beside an e-mail address they make a list of contacts."""

NOTES: Final = words_of("headers.notes")
FLAGS: Final = words_of("headers.flags")
