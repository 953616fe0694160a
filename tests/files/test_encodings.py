"""The encoding of a text is found from its beginning."""

from __future__ import annotations

import codecs
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from outreach.errors import InputError, OptionError
from outreach.files import HEAD_BYTES, letters
from outreach.files.encodings import Encoding, damaged, decoded, encoding_of

UTF_8 = Encoding("utf-8", "")
SAMPLES = {
    "cp1251 mac-cyrillic cp866 koi8-r": (
        "Клиент;Сообщество;Подписчики\r\nАнна К.;Мамы Химок;5 000\r\nИлья;Велопрогулки;н/д\r\nЖанна;Щенки;12 тыс.\r\n",
        "имя,паблик\nоля,рецепты без глютена\nпётр,гаражный форум\nфаина,барахолка\n",
        "Имя\tГде читаете?\nЯна\tХабр\nЮра\tПикабу\nЭмма\tцветоводы\n",
        "ФИО;КАНАЛ\nСИДОРОВ;ОБЩЕСТВО ЗНАНИЕ\nЗЮЗИНА;ШАХМАТЫ\n",
        "customer,name\nann,Дачники\nbob,Клуб Парус Тверь\n",
    ),
    "cp1251 mac-cyrillic": (
        "customer,name\nann,Дачники\nbob,Клуб «Парус» — Тверь\n",
        "Клієнт;Спільнота\nЇжак;Смачна кухня\nЄва;Мандрівники\n",
    ),
    "cp1253 mac-greek": (
        "Πελάτης;Ομάδα;Μέλη\r\nΆννα;Φίλοι του καφέ;5 000\r\nΗλίας;Ποδηλάτες Βόλου;1200\r\nΌλγα;Ψάρεμα;δ/υ\r\n",
        "όνομα,σελίδα\nγιάννης,κουζίνα της γιαγιάς\nσοφία,πεζοπορία\n",
        "ΟΝΟΜΑ;ΚΑΝΑΛΙ\nΜΑΡΙΑ;ΓΥΜΝΑΣΤΙΚΗ\nΘΩΜΑΣ;ΣΚΑΚΙ\n",
        "customer,name\nann,Κήποι\nbob,Χρήστες ποδηλάτων\n",
    ),
    "cp1257": (
        "Klients;Grupa;Sekotāji\r\nAnna;Rīgas māmiņas;5 000\r\nJānis;Velobraucēji;1200\r\nŽanete;Šūšanas klubs;\r\n",
        "vārds,lapa\nēriks,makšķernieki\nķesteris,dziesmu draugi\n",
        "Pircējs\tKanāls\nĢertrūde\tČiekurs\n",
        "customer,name\nann,Cēsu ziņas\nbob,Ēšanas prieks\n",
        "customer,page\nMāris,a\nPēteris,b\n",
    ),
    "cp1252 mac-roman": (
        "client;page;abonnés\nZoé;Café littéraire;500\nLéa;Crèmes brûlées;20\n",
        "customer,name\nann,Café Noir\n",
        "customer,name\nann,Français à Riga\nbob,Les Châteaux\n",
        "customer,name\nann,L’atelier – Noël\n",
        "Kunde;Gruppe\nJörg;Gärtner Köln\nUwe;Fußballmütter\n",
        "cliente,página\nMaría,Niños y niñas\nJosé,¿Fútbol?\n",
        "cliente,página\nJoão,Pão e maçã\n",
        "kund,sida\nÅsa,Småland\nGöran,Kök\n",
        "nome,pagina\nNicolò,Caffè e città\n",
    ),
}
WORDS = {
    "cp1251": "снегирь бабочка керамика огурцы пчеловод юбилей эскиз фиалка прыжок чемодан жираф хомяк съезд цирк ёжик",
    "mac-cyrillic": "Снегирь бабочка Керамика Яблоня юбилей Эскиз фиалка прыжок чемодан Жираф хомяк объезд Цирк Ёжик",
    "cp1253": "χελιδόνι πεταλούδα κεραμική μέλισσα γιορτή σκίτσο βιολέτα άλμα βαλίτσα καμηλοπάρδαλη ήλιος ώριμος",
    "cp1257": "bezdelīga tauriņš māls gurķis biškopība jubileja skicē vijolīte lēciens čemodāns žirafe kāmītis",
    "cp1252": "célèbre grêle hirondelles gâté règle Bär höflich Übung Schlüssel pingüino jardín montaña órgano",
}


def head(*lines: str, codec: str) -> bytes:
    return "\n".join(lines).encode(codec)


@pytest.mark.parametrize(
    ("codec", "text"),
    [(codec, text) for names, texts in SAMPLES.items() for codec in names.split() for text in texts],
)
def test_short_lists(codec, text):
    """A header and a few rows are enough: the text comes back as it was written."""
    encoding = encoding_of("likes.csv", text.encode(codec))
    assert text.encode(codec).decode(encoding.name) == text
    assert encoding.said.startswith(f"{encoding.name} (")


@pytest.mark.parametrize("codec", sorted(WORDS))
@given(data=st.data())
def test_words_of_one_language(codec, data):
    """Any six letters and more that no training list holds are read as they were written."""
    strange = [word for word in WORDS[codec].split() if not word.isascii()]
    chosen = data.draw(st.lists(st.sampled_from(strange), min_size=2, max_size=6, unique=True))
    text = "customer,name\n" + "".join(f"{number},{word}\n" for number, word in enumerate(chosen))
    assert text.encode(codec).decode(encoding_of("likes.csv", text.encode(codec)).name) == text


def test_the_words_are_new():
    """What the words of the property show was not learned by heart."""
    assert not {word.lower() for text in WORDS.values() for word in text.split()} & set(
        " ".join(letters.CODECS.values()).split()
    )


@given(st.text(max_size=200))
@example("Клиент;Сообщество\n" * 3000)
@example("aé")
@example("\ufffd")
def test_utf_8_is_utf_8(text):
    """Text that is UTF-8 is never taken for something older, wherever the head is cut."""
    content = text.replace("\0", "").encode()
    assert encoding_of("likes.csv", content[:HEAD_BYTES]) == UTF_8


def test_marks():
    """A mark at the beginning decides."""
    assert encoding_of("a", codecs.BOM_UTF8 + b"a,b") == UTF_8
    assert encoding_of("a", "a,b\nк,м".encode("utf-16")).name == "utf-16"
    assert encoding_of("a", "a,b".encode("utf-32")).name == "utf-32"
    assert encoding_of("a", codecs.BOM_UTF16_BE + "a,b".encode("utf-16-be")).name == "utf-16"


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark(name):
    """Every second byte tells the alphabet."""
    assert encoding_of("a", "customer\tсообщество\nanna\tдача\n".encode(name)).name == name


def test_empty_and_ascii():
    """No letters outside ASCII: UTF-8, and what comes later is seen line by line."""
    assert encoding_of("a", b"") == encoding_of("a", b"customer,page\n" * 6000) == UTF_8


def test_a_damaged_line_stays_a_line():
    """One line in another encoding does not change that of a whole UTF-8 text."""
    lines = ["клиент;группа", *["Анна;Щенки"] * 20]
    content = head(*lines, codec="utf-8") + b"\n\xc0\xed\xed\xe0;x\n"
    assert encoding_of("a", content) == UTF_8


def test_a_cut_letter():
    """A head may end inside a letter, a whole text may not."""
    assert encoding_of("a", b"a" * (HEAD_BYTES - 1) + "é".encode()[:1]) == UTF_8
    assert encoding_of("a", "customer,name\nann,Café".encode("cp1252")).name == "cp1252"


@pytest.mark.parametrize("text", ["5\u00a0000", "a – b", "№ 5", "«Ann»", "10 €", "±5", "Ann’s"])
def test_a_lone_sign(text):
    """A sign without letters is read as it was written."""
    for codec in ("cp1251", "cp1252", "cp1253", "cp1257"):
        try:
            content = f"customer,page\nann,{text}\n".encode(codec)
        except UnicodeEncodeError:
            continue
        assert content.decode(encoding_of("a", content).name) == content.decode(codec)


@pytest.mark.parametrize(
    "content",
    [bytes(range(256)) * 4, b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 9, b"a\0b" * 100, b"\xe0\xe1\x01\x02" * 50],
)
def test_no_text(content):
    """Bytes that no text holds are refused."""
    with pytest.raises(InputError, match=r"^x.csv: this is not text") as caught:
        encoding_of("x.csv", content)
    assert caught.value.exit_code == 3


@pytest.mark.parametrize(
    ("text", "codec"),
    [("客户;社区\n安娜;妈妈俱乐部\n", "gbk"), ("klient;grupa\nŁucja;Piękne góry\nJędrzej;Książki\n", "cp1250")],
)
def test_other_languages(text, codec):
    """Letters of no language that we know are not guessed; the line and the way out are said."""
    with pytest.raises(InputError, match=r"x.csv, line [12]: the text is not UTF-8") as caught:
        encoding_of("x.csv", text.encode(codec))
    assert "--encoding" in caught.value.hint
    assert text.encode(codec).decode(encoding_of("x.csv", text.encode(codec), codec).name) == text


@pytest.mark.parametrize(
    ("given_name", "name", "said"),
    [
        ("windows-1251", "cp1251", "cp1251 (Windows, Cyrillic)"),
        ("CP1251", "cp1251", "cp1251 (Windows, Cyrillic)"),
        ("macroman", "mac-roman", "mac-roman (Mac, Western)"),
        ("mac_cyrillic", "mac-cyrillic", "mac-cyrillic (Mac, Cyrillic)"),
        ("UTF8", "utf-8", ""),
        ("utf-8-sig", "utf-8", ""),
        ("utf-16", "utf-16-le", "utf-16-le (Excel's Unicode text)"),
        ("cp1255", "cp1255", "cp1255"),
    ],
)
def test_forced(given_name, name, said):
    """What the user says counts, under any of its names."""
    assert encoding_of("a", "я;e".encode("cp1251"), given_name) == Encoding(name, said)


@pytest.mark.parametrize(
    "name",
    ["base64", "rot13", "zip", "idna", "punycode", "unicode_escape", "undefined", "klingon", "", "a\0b", "cp 1251x"],
)
def test_no_encoding(name):
    """Codecs that are no encodings of text are refused as the option's value."""
    with pytest.raises(OptionError, match="--encoding: unknown text encoding") as caught:
        encoding_of("a", b"a", name)
    assert caught.value.exit_code == 2
    assert "cp1251" in caught.value.hint


def test_forced_on_pictures():
    """Saying cp1251 does not make a picture a text."""
    with pytest.raises(InputError, match="this is not text"):
        encoding_of("a", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "cp1251")


@given(st.text(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"]))
def test_decoding_gives_the_text(tmp_path_factory, text, codec):
    """The copy is the text in UTF-8 without a mark; nothing is counted as damaged that was not."""
    folder = tmp_path_factory.mktemp("text")
    (folder / "a").write_bytes(text.encode(codec))
    name = codec.removesuffix("-sig")
    assert decoded(folder / "a", Encoding(name, ""), folder / "b") == text.count("\ufffd")
    assert (folder / "b").read_bytes().decode() == text.removeprefix("\ufeff")


def test_decoding_in_blocks(tmp_path):
    """A letter over the border of two blocks stays whole."""
    text = "a" + "яé€" * 500_000
    (tmp_path / "a").write_bytes(text.encode("utf-16-le"))
    assert decoded(tmp_path / "a", Encoding("utf-16-le", ""), tmp_path / "b") == 0
    assert (tmp_path / "b").read_text("utf-8") == text


def test_damage_is_counted(tmp_path):
    """A byte that the encoding does not have becomes a mark and counts."""
    (tmp_path / "a").write_bytes(b"a\x81b\x8d,\xe9\n")
    assert decoded(tmp_path / "a", Encoding("cp1252", ""), tmp_path / "b") == 2
    assert (tmp_path / "b").read_text("utf-8") == "a\ufffdb\ufffd,é\n"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("??????? ????", True), ("????", True), ("?? ???", True), ("??? 12", True), ("Ford ????", True),
        ("«?????»", True), ("? ?", False), ("?", False), ("??", False), ("Who?", False), ("What???", False),
        ("Who? Why? How?", False), ("Да!???", False), ("https://a.com/?a=b", False), ("", False), ("Анна", False),
    ],
)  # fmt: skip
def test_damaged(text, answer):
    """Question marks where letters were, not those that people write."""
    assert damaged(text) is answer


@given(st.text("абвгд", min_size=3, max_size=9))
def test_what_excel_leaves_is_damaged(word):
    """Letters that an encoding lacks become question marks."""
    assert damaged(word.encode("cp1253", errors="replace").decode("cp1253"))


@given(st.binary(max_size=300))
def test_any_bytes(content):
    """Any bytes have an encoding that Python knows, or are refused in one sentence."""
    try:
        encoding = encoding_of("a.csv", content)
    except InputError:
        return
    else:
        assert codecs.lookup(encoding.name)


def test_a_whole_head_is_quick():
    """64 KiB are looked at in a few milliseconds, also without line breaks."""
    heads = [("Клиент;Щенки и котята;5 000\n" * 3000).encode("cp1251")[:HEAD_BYTES], b"\xe9" * HEAD_BYTES]
    heads.append(b"a" * (HEAD_BYTES - 1) + b"\xe9")
    started = time.perf_counter()
    for content in heads:
        try:
            encoding_of("a", content)
        except InputError:
            continue
    assert time.perf_counter() - started < 0.5  # ten times what a slow machine needs
