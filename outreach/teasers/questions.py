"""What the marketer is asked for a brief, in five languages: the question, which is also the note in the file."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ASKED", "LANGUAGES", "NEEDED", "SEVERAL_LINES", "Questions", "questions_in"]

NEEDED: Final = ("url", "campaign", "problem", "solution")
SEVERAL_LINES: Final = ("problem", "solution", "bonus")
ASKED: Final = (
    "url", "campaign", "title", "problem", "solution", "bonus", "bonus_how", "author", "company", "language",
    "hashtags", "image", "market",
)  # fmt: skip
"""The names that are asked for, in order; those behind ``market`` are for the file only."""


@dataclass(frozen=True, slots=True)
class Questions:
    """What is said in one language.

    Args:
        head: What the file is, a line a line.
        several: How a question with several lines ends.
        names: Name in the file to its question.

    """

    head: str
    several: str
    names: Mapping[str, str]


def questions_in(language: str) -> Questions:
    """Return what is said in one of :data:`LANGUAGES`.

    Example:
        >>> questions_in("ru").names["url"]
        'Адрес статьи, полностью'

    """
    return _QUESTIONS[language]


def _names(text: str) -> Mapping[str, str]:
    """Return the question for each name, a line each."""
    found: dict[str, str] = {}
    for line in text.strip().split("\n"):
        name, _, question = line.partition(": ")
        found[name] = question
    return MappingProxyType(found)


_ENGLISH: Final = Questions(
    head="""\
The brief of one article: every teaser for it is made from this.
Put texts in straight quotes. Several texts in one list are variants: problem = ["one", "another"]
A line that begins with # is a note; remove the # to use it.
""",
    several="an empty line ends it",
    names=_names("""\
url: Address of the article, in full
campaign: Name of the campaign, like spring 2026; it appears in the links
title: Title of the article
problem: The problem that these readers share; its first sentence is the hook and does not name your company
solution: A hint of the solution, not all of it
bonus: What readers get with the article: a checklist, a template, a table
bonus_how: How they get it, like: in the article, no sign-up
author: Who wrote the article
company: Your company; the teaser is checked for its name
language: Language of the texts: en, ru, el, lv, hy or another code
hashtags: Hashtags, with or without #
image: Picture: a path or an address
market: Country whose advertising rules apply: RU, GR, LV, AM, EU, US
emoji: Whether teasers may have emoji: true or false
short: Shorter texts for networks with little room, like X
disclosure: The label of paid and exchanged posts; in Russia each post has its own erid
utm: How links are tagged; these are the defaults
platform: What is different on one platform; you can use every name from above
resource: What is different in one place, by its key
"""),
)

_RUSSIAN: Final = Questions(
    head="""\
Бриф одной статьи: из него делаются все анонсы.
Тексты пишите в прямых кавычках. Несколько текстов в списке — это варианты: problem = ["один", "другой"]
Чтобы включить настройку, уберите # перед строкой со знаком = и перед её заголовком в [ ].
""",
    several="пустая строка — конец ответа",
    names=_names("""\
url: Адрес статьи, полностью
campaign: Название кампании, например весна 2026; попадёт в ссылки
title: Заголовок статьи
problem: Общая проблема этих читателей; первая фраза цепляет и обходится без названия вашей компании
solution: Намёк на решение, не всё решение
bonus: Что читатели получат вместе со статьёй: чек-лист, шаблон, таблицу
bonus_how: Как это получить, например: в статье, без регистрации
author: Кто написал статью
company: Ваша компания; программа проверяет, нет ли её названия в анонсе
language: Язык текстов: en, ru, el, lv, hy или другой код
hashtags: Хештеги, с # или без
image: Картинка: путь или адрес
market: Страна, чьи правила рекламы действуют: RU, GR, LV, AM, EU, US
emoji: Можно ли ставить эмодзи в анонсы: true — да, false — нет
short: Тексты покороче для сетей, где мало места, например X
disclosure: Пометка платных и бартерных постов; в России у каждого поста свой erid
utm: Как размечаются ссылки; здесь значения по умолчанию
platform: Что отличается на одной платформе; подходит любое имя из списка выше
resource: Что отличается на одной площадке, по её ключу
"""),
)

_GREEK: Final = Questions(
    head="""\
Οι πληροφορίες για ένα άρθρο: από αυτές γίνονται όλα τα κείμενα προώθησης.
Τα κείμενα μπαίνουν σε ίσια εισαγωγικά. Πολλά κείμενα σε λίστα είναι παραλλαγές: problem = ["ένα", "άλλο"]
Γραμμή που αρχίζει με # είναι σημείωση· σβήστε το # για να ισχύσει.
""",
    several="μια κενή γραμμή τελειώνει την απάντηση",
    names=_names("""\
url: Η διεύθυνση του άρθρου, ολόκληρη
campaign: Όνομα της καμπάνιας, π.χ. άνοιξη 2026· θα φαίνεται στους συνδέσμους
title: Τίτλος του άρθρου
problem: Το πρόβλημα που έχουν όλοι αυτοί οι αναγνώστες· η πρώτη πρόταση τραβά την προσοχή, χωρίς το όνομα της εταιρείας
solution: Μια ιδέα για τη λύση, όχι ολόκληρη η λύση
bonus: Τι παίρνουν οι αναγνώστες εκτός από το άρθρο: λίστα ελέγχου, πρότυπο, πίνακα
bonus_how: Πώς το παίρνουν, π.χ.: μέσα στο άρθρο, χωρίς εγγραφή
author: Ποιος έγραψε το άρθρο
company: Η εταιρεία σας· ελέγχεται αν το όνομά της υπάρχει στο κείμενο
language: Γλώσσα των κειμένων: en, ru, el, lv, hy ή άλλος κωδικός
hashtags: Ετικέτες (hashtags), με # ή χωρίς
image: Εικόνα: διαδρομή αρχείου ή διεύθυνση
market: Χώρα της οποίας ισχύουν οι κανόνες διαφήμισης: RU, GR, LV, AM, EU, US
emoji: Αν επιτρέπονται emoji: true είναι ναι, false είναι όχι
short: Πιο σύντομα κείμενα για δίκτυα με λίγο χώρο, όπως το X
disclosure: Τι γράφουν οι πληρωμένες αναρτήσεις και οι ανταλλαγές· στη Ρωσία κάθε δημοσίευση έχει δικό της erid
utm: Πώς σημαίνονται οι σύνδεσμοι· εδώ φαίνεται το προεπιλεγμένο
platform: Τι διαφέρει σε μία πλατφόρμα· ισχύουν όλα τα παραπάνω ονόματα
resource: Τι διαφέρει σε ένα μέρος, με το κλειδί του
"""),
)

_LATVIAN: Final = Questions(
    head="""\
Viena raksta apraksts: no tā top visi īsie ieraksti.
Teksti ir taisnās pēdiņās. Vairāki teksti sarakstā ir varianti: problem = ["viens", "cits"]
Rinda, kas sākas ar #, ir piezīme; izdzēsiet #, lai tā darbotos.
""",
    several="tukša rinda beidz atbildi",
    names=_names("""\
url: Raksta adrese, pilnībā
campaign: Kampaņas nosaukums, piemēram, pavasaris 2026; tas būs saitēs
title: Raksta virsraksts
problem: Šo lasītāju kopīgā problēma; pirmais teikums piesaista un iztiek bez jūsu uzņēmuma nosaukuma
solution: Mājiens par risinājumu, ne viss risinājums
bonus: Ko lasītāji saņem papildus rakstam: kontrolsarakstu, veidni, tabulu
bonus_how: Kā to saņemt, piemēram: rakstā, bez reģistrācijas
author: Kas uzrakstīja rakstu
company: Jūsu uzņēmums; tekstā tiek meklēts tā nosaukums
language: Tekstu valoda: en, ru, el, lv, hy vai cits kods
hashtags: Tēmturi, ar # vai bez
image: Attēls: ceļš vai adrese
market: Valsts, kuras reklāmas noteikumi ir spēkā: RU, GR, LV, AM, EU, US
emoji: Vai drīkst lietot emocijzīmes: true ir jā, false ir nē
short: Īsāki teksti tīkliem, kur maz vietas, piemēram, X
disclosure: Ko raksta apmaksātos un maiņas ierakstos; Krievijā katrai publikācijai ir savs erid
utm: Kā tiek iezīmētas saites; šeit ir noklusējums
platform: Kas atšķiras vienā platformā; der visi nosaukumi no augšas
resource: Kas atšķiras vienā vietā, pēc tās atslēgas
"""),
)

_ARMENIAN: Final = Questions(
    head="""\
Մեկ հոդվածի նկարագիրը. բոլոր կարճ գրառումները կազմվում են սրանից:
Տեքստերը ուղիղ չակերտների մեջ են: Մի քանի տեքստ ցուցակով տարբերակներ են՝ problem = ["մեկը", "մյուսը"]
#-ով սկսվող տողը նշում է. ջնջեք #-ը, որ այն գործի:
""",
    several="դատարկ տողով պատասխանն ավարտվում է",
    names=_names("""\
url: Հոդվածի հասցեն ամբողջությամբ
campaign: Արշավի անունը, օրինակ՝ գարուն 2026. կլինի հղումներում
title: Հոդվածի վերնագիրը
problem: Այս ընթերցողների ընդհանուր խնդիրը. առաջին նախադասությունը գրավում է և չի պարունակում ձեր ընկերության անունը
solution: Լուծման ակնարկ, ոչ թե ամբողջ լուծումը
bonus: Ինչ են ստանում ընթերցողները հոդվածից բացի՝ ստուգաթերթ, ձևանմուշ, աղյուսակ
bonus_how: Ինչպես են ստանում, օրինակ՝ հոդվածում, առանց գրանցման
author: Ով է գրել հոդվածը
company: Ձեր ընկերությունը. տեքստում փնտրվում է դրա անունը
language: Տեքստերի լեզուն՝ en, ru, el, lv, hy կամ այլ կոդ
hashtags: Հեշթեգներ՝ #-ով կամ առանց դրա
image: Նկար՝ ֆայլի ուղի կամ հասցե
market: Երկիր, որի գովազդի կանոններն են գործում՝ RU, GR, LV, AM, EU, US
emoji: Կարելի՞ է էմոջի օգտագործել. true՝ այո, false՝ ոչ
short: Ավելի կարճ տեքստեր քիչ տեղ ունեցող ցանցերի համար, օրինակ՝ X
disclosure: Ինչ են գրում վճարովի և փոխանակման գրառումներում. Ռուսաստանում ամեն հրապարակում ունի իր erid-ը
utm: Ինչպես են նշվում հղումները. այստեղ լռելյայն արժեքներն են
platform: Ինչով է տարբերվում մեկ հարթակը. վերևի բոլոր անունները գործում են
resource: Ինչով է տարբերվում մեկ տեղը՝ ըստ իր բանալու
"""),
)

_QUESTIONS: Final[Mapping[str, Questions]] = MappingProxyType(
    {"en": _ENGLISH, "ru": _RUSSIAN, "el": _GREEK, "lv": _LATVIAN, "hy": _ARMENIAN}
)
LANGUAGES: Final = tuple(_QUESTIONS)
