"""The words by which tables are recognised; all that this package needs, in one place."""

from __future__ import annotations

from typing import Final

from outreach.words.columns import VOCABULARY, fold_header

__all__ = ["ACCOUNTS", "CONTACTS", "CUSTOMERS", "FLAGS", "JOBS", "NOTES", "NOUNS", "SITES"]


def _headers(text: str) -> frozenset[str]:
    return frozenset(fold_header(word) for word in text.split(";"))


ACCOUNTS: Final = _headers("""
    name; full name; username; user name; user; profile; profile name; account; account name; contact; title;
    имя; профиль; пользователь; пользователи; юзер; контакт; ονομα; χρηστησ; προφιλ; vards; profils; lietotajs;
    անուն; օգտատեր
""")
"""What may stand above customers as well as above the places of one customer."""

CUSTOMERS: Final = (VOCABULARY["customer"] | VOCABULARY["queried"]) - VOCABULARY["name"] - ACCOUNTS
"""What surely stands above customers."""

NOUNS: Final = VOCABULARY["resource"] - _headers("link or name; link or a name; name or link")
"""What is followed: beside a name it is the named one's, while "link" may be the link of whatever is named."""

SITES: Final = _headers("""
    website; site; web site; web; сайт; веб сайт; ιστοσελίδα; vietne; mājaslapa; կայք; url; web address; company;
    organization
""")
JOBS: Final = _headers("position; job title; title position; connected on; должность; θεση; amats; պաշտոն")
CONTACTS: Final = JOBS | _headers("city; country; address; город; страна; πολη; χωρα; pilseta; valsts; քաղաք; երկիր")
"""Beside an e-mail address they make a list of contacts."""

NOTES: Final = _headers("""
    note; notes; comment; comments; remark; remarks; description; about; status; city; country; language; section;
    заметка; заметки; примечание; примечания; комментарий; комментарии; описание; о себе; статус; город; страна; язык;
    раздел; рубрика; σημειωση; σημειωσεισ; σχολιο; σχολια; περιγραφη; κατασταση; πολη; χωρα; γλωσσα; ενοτητα;
    piezime; piezimes; komentars; komentari; apraksts; statuss; pilseta; valsts; valoda; sadala;
    նշում; նշումներ; մեկնաբանություն; նկարագրություն; կարգավիճակ; քաղաք; երկիր; լեզու; բաժին
""")
FLAGS: Final = _headers("""
    verified; private; protected; public; blocked; muted; muting; blocking; follows you; followed by you; followed by
    viewer; show boosts; notify on new posts; hide notifications;
    requested by viewer; default profile; can dm;
    active; open; closed; checked; deactivated; nsfw; over18;
    note; notes; comment; comments; remark; remarks; заметка; заметки; примечание; примечания; комментарий; комментарии;
    верифицирован; закрытый; закрытая; открытая; проверено; σημείωση; σημειώσεις; σχόλιο; σχόλια; piezīme; piezīmes;
    komentārs; komentāri; privāts; pārbaudīts; նշում; նշումներ; մեկնաբանություն; ստուգված
""")
