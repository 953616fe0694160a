"""What the marketer reads in the sheet to fill in, and what his customers read when he asks them, in five languages."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LANGUAGES", "Words", "words_in"]


@dataclass(frozen=True, slots=True)
class Words:
    """What is said in one language.

    Args:
        guide: Name of the tab that explains.
        customer: What stands before the number in the header of a column that nobody has named yet.
        other: Name of the tab for everything that has none of its own.
        platforms: The usual tabs, the most usual first.
        steps: How to fill in, a paragraph a line; with places for ``customer``, ``other`` and ``file``.
        question: The message to customers, a paragraph a line, since a messenger breaks lines itself.

    """

    guide: str
    customer: str
    other: str
    platforms: tuple[str, ...]
    steps: str
    question: str

    def label(self, number: int) -> str:
        """Return the header of a column that nobody has named yet.

        Example:
            >>> words_in("lv").label(3)
            'Klients 3'

        """
        return f"{self.customer} {number}"


def words_in(language: str) -> Words:
    """Return what is said in one of :data:`LANGUAGES`.

    Example:
        >>> words_in("ru").question.splitlines()[0]
        'Здравствуйте!'

    """
    return _WORDS[language]


_ENGLISH: Final = Words(
    guide="Guide",
    customer="Customer",
    other="Other",
    platforms=("facebook", "instagram", "youtube", "linkedin", "telegram", "other"),
    steps="""\
A tab is a platform, a column is a customer.
Write a nickname over “{customer}”; no real names are needed. The same customer has the same name on every tab.
Below it, one page, group, channel or author a cell: an address, an @name, or the title as you see it.
A column with a name of yours and nothing below means: this customer follows nothing there.
Not asked about a platform? Leave “{customer}” on its tab as it is, with nothing below.
What has no tab of its own goes to “{other}”, with its address. Tabs and columns may be added and deleted; \
a new tab bears the name of its platform.
Save the file and close it. Then, in the terminal: outreach check {file}
""",
    question="""\
Hello!

May I ask for five minutes of your time? I would like to write where my customers already read, instead of \
advertising to everybody.
Please name up to ten channels, groups, pages or authors that you really read: on Facebook, Instagram, YouTube \
or anywhere else.
A link or a name is enough, one a line. Simply reply to this message.
If there is a platform where you follow nothing, tell me that too: it is an answer.
Answers are pooled without names: what counts is how many people read something, not who they are.

Thank you!
""",
)

_RUSSIAN: Final = Words(
    guide="Инструкция",
    customer="Клиент",
    other="Другое",
    platforms=("telegram", "vk", "youtube", "instagram", "facebook", "other"),
    steps="""\
Один лист — одна площадка, один столбец — один клиент.
Впишите прозвище вместо «{customer}»: настоящие имена не нужны. На всех листах один и тот же клиент назван одинаково.
Ниже — по одной странице, группе, каналу или автору в ячейке: адрес, @имя или название, как его видно.
Столбец с вашим именем, под которым пусто, значит: этот клиент там ничего не читает.
О площадке не спрашивали? Оставьте на её листе «{customer}» как есть, и под ним пусто.
Всё, для чего нет своего листа, пишите на лист «{other}», с адресом. Листы и столбцы можно добавлять и удалять; \
новый лист называется как площадка.
Сохраните и закройте файл. Потом в терминале: outreach check {file}
""",
    question="""\
Здравствуйте!

Можно попросить пять минут вашего времени? Хочу писать там, где мои клиенты и так читают, а не рекламировать \
себя всем подряд.
Назовите, пожалуйста, до десяти каналов, групп, страниц или авторов, которых вы действительно читаете: в Telegram, \
ВКонтакте, на YouTube или где-то ещё.
Подойдёт ссылка или просто название, по одному в строке. Достаточно ответить на это сообщение.
Если на какой-то площадке вы ничего не читаете, напишите и об этом: это тоже ответ.
Ответы складываются вместе, без имён: важно, сколько человек что-то читает, а не кто именно.

Спасибо!
""",
)

_LATVIAN: Final = Words(
    guide="Pamācība",
    customer="Klients",
    other="Cits",
    platforms=("facebook", "instagram", "youtube", "telegram", "tiktok", "other"),
    steps="""\
Viena darblapa ir viena platforma, viena kolonna ir viens klients.
“{customer}” vietā ierakstiet iesauku; īsti vārdi nav vajadzīgi. Visās darblapās klientam ir viens un tas pats vārds.
Zem tā katrā šūnā viena lapa, grupa, kanāls vai autors: adrese, @vārds vai nosaukums, kā to redzat.
Kolonna ar jūsu dotu vārdu, zem kura nav nekā, nozīmē: šis klients tur neko nelasa.
Par kādu platformu nejautājāt? Tās darblapā atstājiet “{customer}”, kā ir, un zem tā neko.
Visu, kam nav savas darblapas, rakstiet darblapā “{other}”, ar adresi. Darblapas un kolonnas drīkst pievienot un \
dzēst; jaunu darblapu nosauciet platformas vārdā.
Saglabājiet un aizveriet failu. Pēc tam terminālī: outreach check {file}
""",
    question="""\
Labdien!

Vai drīkstu lūgt piecas minūtes Jūsu laika? Gribu rakstīt tur, kur mani klienti jau lasa, nevis reklamēties visiem \
pēc kārtas.
Lūdzu, nosauciet līdz desmit kanāliem, grupām, lapām vai autoriem, ko Jūs tiešām lasāt: Facebook, Instagram, YouTube \
vai citur.
Pietiek ar saiti vai nosaukumu, katru savā rindā. Vienkārši atbildiet uz šo ziņu.
Ja kādā platformā neko nelasāt, uzrakstiet arī to: tā arī ir atbilde.
Atbildes tiek apkopotas bez vārdiem: svarīgi ir, cik cilvēku kaut ko lasa, nevis kurš tieši.

Paldies!
""",
)

_GREEK: Final = Words(
    guide="Οδηγίες",
    customer="Πελάτης",
    other="Άλλο",
    platforms=("facebook", "instagram", "youtube", "linkedin", "tiktok", "other"),
    steps="""\
Ένα φύλλο είναι μία πλατφόρμα, μία στήλη είναι ένας πελάτης.
Γράψτε ένα ψευδώνυμο στη θέση του «{customer}»· δεν χρειάζονται πραγματικά ονόματα. Ο ίδιος πελάτης έχει το ίδιο \
όνομα σε όλα τα φύλλα.
Από κάτω, μία σελίδα, ομάδα, κανάλι ή δημιουργός ανά κελί: η διεύθυνση, το @όνομα ή ο τίτλος όπως τον βλέπετε.
Στήλη με δικό σας όνομα και τίποτα από κάτω σημαίνει: αυτός ο πελάτης δεν διαβάζει τίποτα εκεί.
Δεν ρωτήσατε για μια πλατφόρμα; Αφήστε στο φύλλο της το «{customer}» όπως είναι, χωρίς τίποτα από κάτω.
Ό,τι δεν έχει δικό του φύλλο πηγαίνει στο «{other}», με τη διεύθυνσή του. Φύλλα και στήλες μπορούν να προστεθούν \
ή να διαγραφούν· ένα νέο φύλλο έχει το όνομα της πλατφόρμας του.
Αποθηκεύστε και κλείστε το αρχείο. Μετά, στο τερματικό: outreach check {file}
""",
    question="""\
Γεια σας!

Μπορώ να ζητήσω πέντε λεπτά από τον χρόνο σας; Θέλω να γράφω εκεί όπου οι πελάτες μου ήδη διαβάζουν, αντί να \
διαφημίζομαι σε όλους.
Πείτε μου, παρακαλώ, έως δέκα κανάλια, ομάδες, σελίδες ή δημιουργούς που πραγματικά διαβάζετε: στο Facebook, στο \
Instagram, στο YouTube ή οπουδήποτε αλλού.
Αρκεί ένας σύνδεσμος ή το όνομα, ένα σε κάθε γραμμή. Απλώς απαντήστε σε αυτό το μήνυμα.
Αν σε κάποια πλατφόρμα δεν διαβάζετε τίποτα, γράψτε μου και αυτό: είναι κι αυτό απάντηση.
Οι απαντήσεις συγκεντρώνονται χωρίς ονόματα: μετράει πόσοι διαβάζουν κάτι, όχι ποιοι.

Σας ευχαριστώ!
""",
)

_ARMENIAN: Final = Words(
    guide="Ուղեցույց",
    customer="Հաճախորդ",
    other="Այլ",
    platforms=("facebook", "instagram", "telegram", "youtube", "vk", "other"),
    steps="""\
Մեկ թերթը մեկ հարթակ է, մեկ սյունակը՝ մեկ հաճախորդ։
«{customer}»-ի փոխարեն գրեք մականուն. իսկական անուններ պետք չեն։ Բոլոր թերթերում նույն հաճախորդն ունի նույն անունը։
Դրա տակ՝ ամեն վանդակում մեկ էջ, խումբ, ալիք կամ հեղինակ՝ հասցեն, @անունը կամ վերնագիրը, ինչպես այն տեսնում եք։
Ձեր տված անունով սյունակը, որի տակ ոչինչ չկա, նշանակում է, որ այս հաճախորդն այնտեղ ոչինչ չի կարդում։
Որևէ հարթակի մասին չե՞ք հարցրել։ Դրա թերթում «{customer}»-ը թողեք անփոփոխ, տակը՝ դատարկ։
Ինչ չունի իր թերթը, գրեք «{other}» թերթում՝ հասցեով։ Թերթեր և սյունակներ կարելի է ավելացնել և ջնջել. \
նոր թերթը կրում է իր հարթակի անունը։
Պահպանեք և փակեք ֆայլը։ Հետո տերմինալում՝ outreach check {file}
""",
    question="""\
Բարև Ձեզ։

Կարո՞ղ եմ խնդրել Ձեր ժամանակից հինգ րոպե։ Ուզում եմ գրել այնտեղ, որտեղ իմ հաճախորդներն արդեն կարդում են, և ոչ թե \
գովազդվել բոլորի առջև։
Խնդրում եմ, նշեք մինչև տասը ալիք, խումբ, էջ կամ հեղինակ, որ իսկապես կարդում եք՝ Facebook-ում, Instagram-ում, \
Telegram-ում, YouTube-ում կամ այլ տեղ։
Բավական է հղումը կամ անվանումը՝ ամեն մեկը նոր տողում։ Պարզապես պատասխանեք այս հաղորդագրությանը։
Եթե որևէ հարթակում ոչինչ չեք կարդում, գրեք նաև այդ մասին. դա էլ է պատասխան։
Պատասխաններն ամփոփվում են առանց անունների. կարևոր է, թե քանի հոգի է կարդում, ոչ թե ովքեր են նրանք։

Շնորհակալություն։
""",
)

_WORDS: Final[Mapping[str, Words]] = MappingProxyType(
    {"en": _ENGLISH, "ru": _RUSSIAN, "lv": _LATVIAN, "el": _GREEK, "hy": _ARMENIAN}
)

LANGUAGES: Final = tuple(_WORDS)
"""What ``--lang`` and ``--ask`` take."""
