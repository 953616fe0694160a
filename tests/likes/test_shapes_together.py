"""Files as people have them, from the bytes to who follows what: every mistake here once gave a wrong list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.errors import InputError
from outreach.likes.tables import recognise
from outreach.likes.tables.contract import Head, Tally
from outreach.messages import describe
from tests.files.workbooks import excel


@pytest.fixture
def follows(reading, write):
    """Read one file; return each customer's resources, and the likes themselves."""

    def read_one(name: str, content: str | bytes, **how):
        likes = reading(write(name, content), **how)
        found: dict[str, set[str]] = {}
        for customer, key in likes.engine.rows(
            "select customer, resource from likes join resources using (resource_id)"
        ):
            found.setdefault(customer, set()).add(key)
        return found, likes

    return read_one


@pytest.fixture
def listed():
    """Return the pairs of customer and platform of which a list is known."""

    def pairs(likes):
        return set(likes.engine.rows("select customer, platform from lists"))

    return pairs


ANNA_AND_BORIS = {"Anna": {"telegram:smm_riga", "vk:club7"}, "Boris": {"telegram:smm_riga"}}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("f.csv", "Surname;Reads\nAnna;t.me/smm_riga\nAnna;vk.com/club7\nBoris;t.me/smm_riga\n"),
        ("f.csv", "Surname;Age;Reads\nAnna;31;t.me/smm_riga\nAnna;31;vk.com/club7\nBoris;40;t.me/smm_riga\n"),
        ("f.csv", "Where;Whose\nt.me/smm_riga;Anna\nt.me/smm_riga;Boris\nvk.com/club7;Anna\n"),
        ("f.csv", "Кто;Что читает\nAnna;t.me/smm_riga\n;vk.com/club7\nBoris;t.me/smm_riga\n"),
        ("f.csv", 'Uzvārds;Ko lasa\nAnna;"t.me/smm_riga, vk.com/club7"\nBoris;t.me/smm_riga\n'),
        ("f.csv", "Anna,Boris\nt.me/smm_riga,t.me/smm_riga\nFollowing,Following\nvk.com/club7,\nFollowing,\n"),
        ("f.csv", "Klients;Kanāli\nAnna;t.me/smm_riga, vk.com/club7\nBoris;t.me/smm_riga\n"),
        (
            "chat.txt",
            "Anna, [01.05.2026 12:01]\nt.me/smm_riga\nvk.com/club7\n\nBoris, [01.05.2026 12:03]\nt.me/smm_riga\n",
        ),
        (
            "chat.txt",
            "01.05.2026, 12:01 - Anna: t.me/smm_riga, vk.com/club7\n01.05.2026, 12:02 - Boris: t.me/smm_riga\n",
        ),
        ("notes.txt", "Anna: t.me/smm_riga, vk.com/club7\nBoris: t.me/smm_riga\nBoris: thanks!\n"),
    ],
)
def test_what_any_person_understands(follows, name, text):
    """Headers nobody knows, columns in any order, buttons between addresses, times of messages."""
    assert follows(name, text)[0] == ANNA_AND_BORIS


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("f.csv", "a,b,c\n1,2,3\n4,5,6\n", "no column has the customer"),
        ("f.csv", "Surname,City,Age\nSmith,Riga,31\nJones,London,40\n", "no column has what the customers follow"),
        ("f.csv", "Who,Town,Reads\nAnna,Riga,t.me/smm_riga\nBoris,Oslo,t.me/smm_riga\n", None),
        ("shop.csv", "Product,Website\nBooks,https://example.com/b\nToys,https://example.com/t\n", "no column has"),
        ("jobs.csv", "First Name,Last Name,Company,Position\nAnna,Smith,Example Ltd,Director\n", "a list of contacts"),
        ("crm.csv", "Name,Email,Phone,Website\nAnna,a@example.com,+371 2000,example.com\n", "a list of contacts"),
        ("c.csv", "Паблик;Сколько из 10\nvk.com/club7;7\nvk.com/smm;3\n", "already counted"),
        ("Anna.csv", "Coffee,t.me/smm_riga\nTea,t.me/kopuking\n", "customers or names of places"),
        ("Anna.csv", "What;At\nCoffee;t.me/smm_riga\nTea;t.me/kopuking\n", None),
        ("Anna.txt", "Coffee - t.me/smm_riga\nTea - t.me/kopuking\n", "customers or names of places"),
        ("Anna.txt", "Coffee\nt.me/smm_riga\nTea\nt.me/kopuking\n", "customers or names of places"),
        ("anna followers.csv", "Username,Profile link\nsmm,https://www.instagram.com/smm/\n", "a table of followers"),
        ("Анна подписчики.txt", "@user_one\n@user_two\n", "a table of followers"),
        ("users.csv", "username,fullName\nsmm_riga,SMM Riga\nkopuking,Kop\n", "it is unknown whose list it is"),
    ],
)
def test_what_nobody_can_know_is_refused(follows, name, text, sentence):
    """One clear sentence, in which no label stands."""
    with pytest.raises(InputError, match=sentence) as caught:
        follows(name, text)
    assert "SMM Riga" not in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "# Research\n\nWe asked ten customers, see https://example.com/brief for more.\n\n## Notes\n- Anna: first\n",
        "Недавно мы проверили, где сидят клиенты. Почти все читают t.me/smm_riga.\n\nМы опросили, vk.com/club7\n",
        "Dear Anna,\n\nThank you for your time. Please send me the list:\n\nt.me/example\n\nKind regards,\nBoris\n",
        "import os\n# see https://example.com/doc\nprint('x')\n",
        "2026-05-01 12:00:00 INFO GET https://example.com/a\n2026-05-01 12:00:01 INFO GET https://example.com/b\n",
        'window.part0 = [\n{\n"following" : {\n"id" : "1"\n}\n},\n{\n"following" : {\n"id" : "2"\n}\n}\n]\n',
    ],
    ids=["readme", "article", "letter", "program", "log", "archive"],
)
def test_prose_and_programs_are_no_lists(follows, text):
    """Addresses inside sentences make no list of one."""
    with pytest.raises(InputError):
        follows("some.txt", text)


def test_a_short_name_is_no_customer_where_the_file_is_one_customers(follows):
    """``club7`` above an address is a group of VK; a name between blank lines stays a customer."""
    assert follows("anna vk.txt", "club7\nvk.com/smm\n")[0] == {"anna": {"vk:club7", "vk:smm"}}
    assert set(follows("telegram.txt", "anna\n@smm_riga\n\nboris\n@kopuking\n")[0]) == {"anna", "boris"}


def test_greetings_and_thanks_are_no_places(follows):
    """They are rejected, with a reason."""
    found, likes = follows("anna.txt", "Привет! Вот что читаю:\nt.me/smm_riga\nvk.com/club7\n\nСпасибо!\n")
    assert found == {"anna": {"telegram:smm_riga", "vk:club7"}}
    assert likes.rejected_count == 1


def test_two_people_of_one_first_name_stay_two(follows):
    """In a list and in a matrix."""
    text = "First name,Last name,Channel\nAnna,Smith,t.me/smm_riga\nAnna,Jones,vk.com/club7\n"
    assert follows("f.csv", text)[0] == {"Anna Smith": {"telegram:smm_riga"}, "Anna Jones": {"vk:club7"}}
    text = "Имя;Фамилия;t.me/smm_riga;vk.com/club7\nАнна;Петрова;1;0\nАнна;Иванова;0;1\n"
    assert follows("f.csv", text)[0] == {"Анна Петрова": {"telegram:smm_riga"}, "Анна Иванова": {"vk:club7"}}


@pytest.mark.parametrize("header", ["name,username,userId,fullName", "userName,login2,followersCount,fullName"])
def test_an_account_list_is_of_the_one_whom_the_file_names(follows, header):
    """The accounts in it are no customers."""
    text = f"{header}\nbaltic.smm,baltic.smm,1,Baltic SMM\nriga_ads,riga_ads,2,Riga Ads\n"
    found, _ = follows("anna instagram following.csv", text)
    assert found == {"anna": {"instagram:baltic.smm", "instagram:riga_ads"}}


@pytest.mark.parametrize("whole", ["f.csv", "f.xlsx"])
def test_a_total_far_below_is_no_customer(follows, whole):
    """Only the first rows are looked at to recognise a table."""
    rows = [["Клиент", "Канал"], *[[f"c{n % 9}", f"t.me/channel{n % 7}"] for n in range(300)], ["Итого:", "300"]]
    content = excel(Лист1=rows) if whole.endswith("xlsx") else "\n".join(map(";".join, rows)) + "\n"
    found, likes = follows(whole, content)
    assert sorted(found) == [f"c{n}" for n in range(9)]
    assert all(key.startswith("telegram:channel") for keys in found.values() for key in keys)
    assert likes.rejected_count + sum("totals" in remark for remark in map(describe, likes.remarks)) == 1


def test_no_is_an_answer_where_the_platform_is_known(follows, listed):
    """A question mark is none."""
    text = (
        "Клиент;Платформа;Ресурс\nАнна;Telegram;t.me/smm_riga\nБорис;Telegram;нет\nВера;Telegram;-\nГлеб;Telegram;?\n"
    )
    found, likes = follows("f.csv", text)
    assert found == {"Анна": {"telegram:smm_riga"}}
    assert listed(likes) == {(name, "telegram") for name in ("Анна", "Борис", "Вера")}


def test_respondents_without_a_name_are_not_joined_over_files(reading, write):
    """Row 2 of one survey and row 2 of another are two people."""
    text = "Timestamp,Which Telegram channels do you read?,Which Facebook groups do you follow?\n1,@smm_riga,none\n"
    assert reading(write("a.csv", text), write("b.csv", text)).customers == 2


def test_other_in_a_form_is_cut_off(follows):
    """Forms write it before what people add to the choices."""
    text = (
        'Timestamp,Name,Which Telegram channels do you read?\n1,Anna,"@smm_riga, Other: @smm_lv"\n2,Boris,@smm_riga\n'
    )
    assert follows("form.csv", text)[0]["Anna"] == {"telegram:smm_riga", "telegram:smm_lv"}


def test_the_button_of_instagram_in_russian(follows):
    """Name and handle are one place."""
    text = "baltic.smm\nBaltic SMM\nПодписки\nriga_ads\nRiga Ads\nПодписки\n"
    assert follows("Анна instagram.txt", text)[0] == {"Анна": {"instagram:baltic.smm", "instagram:riga_ads"}}


def test_the_address_behind_a_text_counts(follows, ranked):
    """Of places, not of customers; the text is the name."""

    def fill(book):
        sheet = book.add_worksheet("Sheet1")
        sheet.write_row(0, 0, ["Customer", "Channel"])
        sheet.write_url(1, 0, "https://vk.com/id5", string="Anna")
        sheet.write_url(1, 1, "https://t.me/smm_riga", string="The Riga Channel")
        sheet.write_url(2, 0, "mailto:boris@example.com", string="Boris")
        sheet.write(2, 1, "vk.com/club7")

    found, likes = follows("f.xlsx", excel(fill))
    assert found == {"Anna": {"telegram:smm_riga"}, "Boris": {"vk:club7"}}
    assert ("telegram:smm_riga", "The Riga Channel") in ranked(likes, "resource", "name")


def test_addresses_behind_headers_and_columns(follows):
    """In a matrix they stand above the marks, in columns of customers below the names."""

    def matrix(book):
        sheet = book.add_worksheet("Sheet1")
        sheet.write(0, 0, "Customer")
        sheet.write_url(0, 1, "https://t.me/smm_riga", string="SMM Riga")
        sheet.write_url(0, 2, "https://vk.com/club7", string="Club")
        sheet.write_row(1, 0, ["Anna", "x", "x"])
        sheet.write_row(2, 0, ["Boris", "x", ""])

    def columns(book):
        sheet = book.add_worksheet("Sheet1")
        sheet.write_row(0, 0, ["Anna", "Boris"])
        sheet.write_url(1, 0, "https://t.me/smm_riga", string="SMM Riga")
        sheet.write_url(1, 1, "https://t.me/smm_riga", string="SMM Riga")
        sheet.write_url(2, 0, "https://vk.com/club7", string="Club")

    assert follows("m.xlsx", excel(matrix))[0] == ANNA_AND_BORIS
    assert follows("c.xlsx", excel(columns))[0] == ANNA_AND_BORIS


def test_a_link_that_was_typed_over_does_not_count(follows):
    """Excel keeps the old link behind the new text."""

    def fill(book):
        sheet = book.add_worksheet("Sheet1")
        sheet.write_row(0, 0, ["Customer", "Channel"])
        sheet.write_row(1, 0, ["Anna"])
        sheet.write_url(1, 1, "https://t.me/old_one", string="t.me/smm_riga")

    assert follows("f.xlsx", excel(fill))[0] == {"Anna": {"telegram:smm_riga"}}


WORDS = st.text("qwzjkv", min_size=3, max_size=9)


@given(WORDS, WORDS, st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from(["a", "b", "c"])), min_size=3))
def test_unknown_headers_say_what_known_ones_do(first, second, pairs):
    """Two columns, one of them addresses: the header makes no difference."""
    body = [(line, [customer, f"t.me/smm_{place}{place}"]) for line, (customer, place) in enumerate(pairs, 2)]
    told = []
    for header in ([first, second], ["customer", "resource"]):
        rows = [(1, header), *body]
        shape = recognise(Head("list.csv", ["list"], rows))
        told.append(sorted((line, *values) for line, values in shape.records(rows, Tally())))
    assert told[0] == told[1]
    assert len(told[0]) == len(pairs)


def test_counted_out_of_so_many(follows):
    """The header may say of how many."""
    found, _ = follows("c.csv", "Паблик;Сколько из 10\nvk.com/club7;2\nvk.com/smm;1\n", counted=2)
    assert found == {"1": {"vk:club7", "vk:smm"}, "2": {"vk:club7"}}


def guided(**tabs):
    """Return our workbook as somebody filled it in."""
    return excel(Guide=[["outreach: how to fill this in"], [], ["1. A tab is a platform."]], **tabs)


def test_our_workbook_is_read_by_its_columns(follows, listed):
    """Whatever people did to it: one column left, a new tab, only names, one customer without an answer."""
    book = guided(
        Facebook=[["Ilze"], ["rigasmammas"], ["Baltic SMM"]],
        Instagram=[["Ilze", "Zane", "Customer 3"], ["riga.cafe", "riga.cafe"]],
        YouTube=[["Ilze", "Customer 2"]],
        TikTok=[["Ilze", "Zane"], ["rigatok", "@rigatok"]],
        Draugiem=[["Zane"], ["Latvijas radio"]],
    )
    found, likes = follows("onecol.xlsx", book)
    assert found == {
        "Ilze": {"facebook:rigasmammas", "facebook:name/baltic%20smm", "instagram:riga.cafe", "tiktok:rigatok"},
        "Zane": {"instagram:riga.cafe", "tiktok:rigatok", "other:name/latvijas%20radio"},
    }
    assert ("Ilze", "youtube") in listed(likes)
    assert ("Zane", "facebook") not in listed(likes)


def test_notes_in_our_workbook_are_passed_over_loudly(follows):
    """They are no customers; the rest is read, wherever the guide went."""
    fill = {"Telegram": [["Ilze"], ["@riga_news"]], "piezīmes": [["Ilze zvanīt otrdien"], ["Zane nopirka"]]}
    found, likes = follows("f.xlsx", excel(**fill, Guide=[["outreach: how to fill this in"]]))
    assert found == {"Ilze": {"telegram:riga_news"}}
    assert [one.wanted for one in likes.skipped if "notes" in describe(one.why)] == [True]


@pytest.mark.parametrize(
    "other",
    [
        {"Instagram": [["Ilze", "Zane"], ["@riga.cafe", "@riga.cafe"]]},
        {"Instagram": [["Ilze"], ["riga.cafe"], ["latvian_design"]]},
    ],
)
def test_tabs_of_platforms_tell_each_other_apart(follows, other):
    """Another tab with customers above its columns, or with the same name above: then the file is no customer."""
    tabs = {"Facebook": [["Ilze"], ["rigasmammas"], ["Baltic SMM"]], "Telegram": [["Ilze"], ["t.me/riga_news"]]}
    found, _ = follows("pavasaris.xlsx", excel(**tabs, **other))
    assert {"facebook:rigasmammas", "facebook:name/baltic%20smm", "telegram:riga_news"} < found["Ilze"]
    assert set(found) <= {"Ilze", "Zane"}


def test_a_workbook_of_one_customer_stays_his(follows):
    """Tabs of platforms that begin with different places."""
    tabs = {"Facebook": [["rigasmammas"], ["Baltic SMM"]], "Telegram": [["@riga_news"], ["Forbes"]]}
    found, _ = follows("Ilze.xlsx", excel(**tabs))
    assert list(found) == ["Ilze"]
    assert len(found["Ilze"]) == 4


def test_a_pasted_chat(follows):
    """A greeting, sizes, a button, a sentence, a customer on a line of his own and one before a colon."""
    text = (
        "Светлана Иванова\nЗдравствуйте! Я читаю:\nРига Ньюс\n@riga_news\n31,4 тыс. подписчиков\n"
        "Маркетинг без воды\n12 345 подписчиков\nt.me/marketing_lv\nПодписаться\n\n"
        "Олег\n@riga_news\nничего больше не читаю\n\nAnna: t.me/riga_news, vk.com/club7\n"
    )
    found, likes = follows("telegram_chat.txt", text)
    assert found == {
        "Светлана Иванова": {
            "telegram:riga_news",
            "telegram:marketing_lv",
            "telegram:name/рига%20ньюс",
            "telegram:name/маркетинг%20без%20воды",
        },
        "Олег": {"telegram:riga_news"},
        "Anna": {"telegram:riga_news", "vk:club7"},
    }
    assert likes.rejected_count == 2


@pytest.mark.parametrize("header", ["Klients;Facebook lapas;Telegram", "Klients;Saite 1;Saite 2"])
def test_a_row_of_sums_is_no_customer(follows, header):
    """In a survey and in one row for each customer."""
    text = f"{header}\nIlze;facebook.com/rigasmammas;t.me/riga_news\nJānis;facebook.com/rigasmammas;\nKopā;2;1\n"
    found, likes = follows("f.csv", text)
    assert set(found) == {"Ilze", "Jānis"}
    assert any("rows of totals left out: 1" in remark for remark in map(describe, likes.remarks))


@pytest.mark.parametrize("given_as", [".", "../Ilze", "../Ilze/../Ilze/."])
def test_a_folder_is_called_as_it_is(write, reading, monkeypatch, given_as):
    """However it was given, its name is the customer's."""
    write("Ilze/telegram.txt", "riga_news\nt.me/marketing_lv\n@bez_vody\nМаркетинг без воды\n")
    monkeypatch.chdir(write("Ilze/facebook.txt", "rigasmammas\nBaltic SMM\n").parent)
    likes = reading(given_as)
    rows = likes.engine.rows("select distinct customer, resource from likes join resources using (resource_id)")
    assert {customer for customer, _ in rows} == {"Ilze"}
    assert {"telegram:riga_news", "facebook:rigasmammas"} < {key for _, key in rows}


@pytest.mark.parametrize(
    ("header", "likes"),
    [
        ("Клиент;Площадка;Ссылка", ["@smm_riga", "bakers", "bakers"]),
        ("Клиент;Площадка;Группа или канал", ["https://t.me/smm_riga", "instagram.com/bakers", "instagram.com/bakers"]),
        ("Customer;Site;Link", ["t.me/smm_riga", "bakers", "bakers"]),
    ],
)
def test_a_column_of_networks_is_the_platform_whatever_it_is_called(follows, header, likes):
    """Nobody follows "Instagram"."""
    rows = zip(["Анна", "Борис", "Анна"], ["Телеграм", "Инстаграм", "Instagram"], likes, strict=True)
    told, _ = follows("likes.csv", header + "\n" + "".join(f"{';'.join(row)}\n" for row in rows))
    assert told == {"Анна": {"instagram:bakers", "telegram:smm_riga"}, "Борис": {"instagram:bakers"}}


def test_networks_alone_are_what_was_told(follows):
    assert follows("sites.csv", "Customer,Site\nAnna,Telegram\n")[0] == {"Anna": {"other:name/telegram"}}
