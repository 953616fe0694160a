"""Which column says what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.errors import InputError
from outreach.words.columns import ROLES, choose_columns, map_columns, parse_columns
from outreach.words.fold import fold_header


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        # English
        ("customer,resource", "customer = customer, resource = resource"),
        ("Client ID,Page URL,Followers", "customer = Client ID, url = Page URL, subscribers = Followers"),
        (
            "user,group,group name,members",
            "customer = user, resource = group, name = group name, subscribers = members",
        ),
        (
            "Profile,Community_name,Community,Link",
            "customer = Profile, url = Link, resource = Community, name = Community_name",
        ),
        ("name,page", "customer = name, resource = page"),
        ("Full Name,Channel,Title", "customer = Full Name, resource = Channel, name = Title"),
        (
            "e-mail,website,guest posts,topic,date",
            "customer = e-mail, resource = website, followed_at = date, accepts_posts = guest posts, topic = topic",
        ),
        # Russian
        ("Клиент,Сообщество,Подписчики", "customer = Клиент, resource = Сообщество, subscribers = Подписчики"),
        (
            "ФИО;Ссылка на сообщество;Название;Кол-во подписчиков",
            "customer = ФИО, url = Ссылка на сообщество, name = Название, subscribers = Кол-во подписчиков",
        ),
        (
            "Имя,Соцсеть,Страница,Берёт посты,Тема",
            "customer = Имя, resource = Страница, platform = Соцсеть, accepts_posts = Берёт посты, topic = Тема",
        ),
        # Greek
        ("Πελάτης,Σελίδα,Συνδρομητές", "customer = Πελάτης, resource = Σελίδα, subscribers = Συνδρομητές"),
        ("Όνομα πελάτη,Σύνδεσμος,Τίτλος", "customer = Όνομα πελάτη, url = Σύνδεσμος, name = Τίτλος"),
        # Latvian
        (
            "Klients,Lapa,Sekotāji,Nosaukums",
            "customer = Klients, resource = Lapa, name = Nosaukums, subscribers = Sekotāji",
        ),
        ("Pircējs;Saite;Platforma", "customer = Pircējs, url = Saite, platform = Platforma"),
        # Armenian
        (
            "Հաճախորդ,Էջ,Անվանում,Բաժանորդներ",
            "customer = Հաճախորդ, resource = Էջ, name = Անվանում, subscribers = Բաժանորդներ",
        ),
        # exporters: the queried account is the customer
        ("queryUsername,username,fullName", "customer = queryUsername, handle = username, name = fullName"),
        (
            "username_scrape,type,full_name,id,username",
            "customer = username_scrape, handle = username, name = full_name, direction = type",
        ),
        (
            "relation,target_username,username,full_name,profile_url",
            "customer = target_username, url = profile_url, handle = username, name = full_name, direction = relation",
        ),
        # VK: id and short name
        (
            "user,url,screen name,name,members count",
            "customer = user, url = url, handle = screen name, name = name, subscribers = members count",
        ),
    ],
)
def test_headers_are_recognised(headers, said):
    """In the languages of our users, however they are written."""
    mapped = map_columns(headers.replace(";", ",").split(","))
    assert mapped.describe() == said
    assert mapped.complete


@pytest.mark.parametrize(
    "header", ["Page URL", "page_url", "PAGE-URL", " page  url ", "pageUrl", "Page.URL", "Page URL:"]
)
def test_headers_are_folded(header):
    """Case, spaces, punctuation and camelCase do not matter."""
    assert fold_header(header) == "page url"


@pytest.mark.parametrize("header", ["Sekotāji", "Sekotāji".upper(), "Sekota\u0304ji"])
def test_accents_do_not_matter(header):
    """Composed, decomposed or left out."""
    assert fold_header(header) == "sekotaji"


def test_of_two_columns_with_one_meaning_the_first_counts():
    """Duplicated headers are no error."""
    assert map_columns(["customer", "page", "customer", "page"]).positions == {"customer": 0, "resource": 1}


@pytest.mark.parametrize("headers", [[], [""], ["customer"], ["resource"], ["customer", "subscribers"], ["foo", "bar"]])
def test_incomplete_tables(headers):
    """Without a customer or anything that names a resource a table tells no likes."""
    assert not map_columns(headers).complete


@given(st.lists(st.text(max_size=12), max_size=6))
def test_no_column_has_two_roles(headers):
    """Whatever the headers, nothing raises, roles are known and no column plays two."""
    positions = map_columns(headers).positions
    assert set(positions) <= set(ROLES)
    assert len(set(positions.values())) == len(positions)


def test_columns_by_name_and_number():
    """``--columns`` beats the guess; the other columns keep their meaning."""
    headers = ["Who", "What", "Where", "Members"]
    assert choose_columns(headers, {"customer": "who", "resource": "3"}, "x").describe() == (
        "customer = Who, resource = Where, subscribers = Members"
    )
    assert choose_columns(["resource", "customer"], {"customer": "1", "resource": "customer"}, "x").positions == {
        "customer": 0,
        "resource": 1,
    }


def test_columns_by_number_alone_need_no_header():
    """Then nothing else is guessed."""
    mapped = choose_columns(["Anna", "t.me/x"], {"customer": "1", "resource": "2"}, "x")
    assert (mapped.headers, mapped.describe()) == (None, "customer = column 1, resource = column 2")


@pytest.mark.parametrize("column", ["0", "3", "-1", "Nobody", "٢٢"])
def test_columns_that_are_not_there(column):
    """The table is named, its texts are not."""
    with pytest.raises(InputError, match=r"^x: --columns names a customer column that the table does not have"):
        choose_columns(["Anna", "t.me/x"], {"customer": column}, "x")


@pytest.mark.parametrize(
    "text", ["", "customer", "customer=", "=A", "potato=A", "customer=A,,resource=B", "customer=A;x"]
)
def test_columns_that_are_not_pairs(text):
    """Anything but role=column is refused, except that a column's name may hold nearly anything."""
    if text == "customer=A;x":
        assert parse_columns(text) == {"customer": "A;x"}
        return
    unknown = text.startswith("potato")
    with pytest.raises(
        InputError, match="--columns potato=…: no such role" if unknown else "--columns: write role=column pairs"
    ):
        parse_columns(text)


LIKES = "t.me/smm_riga"


@pytest.mark.parametrize(
    "text",
    [
        f"queryUsername,username\nanna,{LIKES}\n",
        f"relation,target_username,username\nfollowing,anna,{LIKES}\n",
        f"customer,url,handle\nanna,{LIKES},\n",
        f'"Customer\n(label)",Page\nanna,{LIKES}\n'.replace("\n(label)", ""),
        f"sep=;\nКлиент;Канал\nanna;{LIKES}\n",
        f"\n\ncustomer|page\nanna|{LIKES}\n",
        f"customer\tpage\t\nanna\t{LIKES}\t\n",
        f"customer;page;;;\nanna;{LIKES};;;\n",
        f"customer,page,comment\nanna,{LIKES}\n",
    ],
)
def test_tables_of_one_like(text, reading):
    """One customer, one place, whatever the header looks like."""
    likes = reading(text)
    assert likes.engine.rows("select customer, resource from likes join resources using (resource_id)") == [
        ("anna", "telegram:smm_riga")
    ]
    assert likes.rejections == ()


def test_url_beats_handle_beats_name(reading, ranked):
    """The address makes the key; the handle of the same platform becomes another name for it."""
    likes = reading(
        "customer,url,handle,name\nanna,https://vk.com/club7,smm_riga,SMM\nboris,,vk.com/smm_riga,SMM\nclara,,,SMM\n"
    )
    assert ranked(likes, "resource", "overlap") == [("vk:club7", 2), ("other:name/smm", 1)]


def test_followers_among_followings_are_sorted_out(reading, ranked):
    """Where a column tells the direction, only what the account follows counts."""
    likes = reading(
        "username_scrape,type,username\nanna,Followers,boris\nanna,Followings,smm_riga\n", assume_platform="instagram"
    )
    assert ranked(likes, "resource", "overlap") == [("instagram:smm_riga", 1)]
    assert [(one.rows, one.reason.code) for one in likes.rejections] == [(1, "a-follower")]


def test_a_first_line_of_names_is_told(reading):
    """With columns by number, a first line without addresses may be a header: it is left out, and said so."""
    likes = reading("Anna,Baltic\nBoris,Baltic\n", columns={"customer": "1", "resource": "2"})
    assert likes.customers == 1
    assert [one.reason.code for one in likes.rejections] == ["first-line-as-header"]


def test_a_first_line_of_addresses_is_data(reading):
    """With columns by number, nothing is lost where the first line is a row."""
    likes = reading("Anna,t.me/abcde\nBoris,t.me/abcde\n", columns={"customer": "1", "resource": "2"})
    assert (likes.customers, likes.rejections) == (2, ())
