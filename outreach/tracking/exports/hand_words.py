"""What the columns of a sheet of results are called, our own name first, in five languages."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from outreach.words.columns import fold_header

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["COLUMNS", "COUNTS", "foreign_words", "map_results"]

COLUMNS: Final = (
    "place", "link", "date", "views", "clicks", "visits", "conversions", "revenue", "currency", "cost", "note",
    "campaign", "variant", "round", "key",
)  # fmt: skip
"""Columns of our sheet, in order; the last four tie a row to its placement."""

COUNTS: Final = ("views", "clicks", "visits", "conversions")

WORDS: Final = {
    "place": "place; places; resource; community; group; channel; public; subreddit; blog; where; where posted; "
    "площадка; место; сообщество; группа; канал; паблик; ресурс; блог; где; где разместили; μέρος; πού; κοινότητα; "
    "ομάδα; κανάλι; πηγή; ιστολόγιο; vieta; kur; kopiena; grupa; kanāls; resurss; blogs; տեղ; վայր; որտեղ; համայնք; "
    "խումբ; ալիք; ռեսուրս; բլոգ",
    "link": "link; url; tagged link; utm link; final url; address; ссылка; ссылка с utm; адрес; линк; σύνδεσμος; "
    "διεύθυνση; λινκ; saite; adrese; հղում; հասցե",
    "date": "date; published; published at; published on; day; дата; дата публикации; опубликовано; день; ημερομηνία; "
    "δημοσιεύτηκε; ημέρα; datums; publicēts; diena; ամսաթիվ; հրապարակվել է; օր",
    "views": "views; reach; impressions; post views; просмотры; просмотров; охват; показы; προβολές; απήχηση; "
    "εμφανίσεις; skatījumi; aizsniegtie; դիտումներ; դիտում",
    "clicks": "clicks; link clicks; клики; кликов; переходы; переходы по ссылке; переходов; κλικ; klikšķi; "
    "սեղմումներ; կտտոցներ; քլիքեր",
    "visits": "visits; sessions; visitors; визиты; визитов; посещения; посетители; сеансы; επισκέψεις; επισκέπτες; "
    "συνεδρίες; apmeklējumi; apmeklētāji; sesijas; այցեր; այցելություններ; այցելուներ",
    "conversions": "conversions; signups; sign ups; sign up; registrations; leads; orders; sales; purchases; "
    "конверсии; конверсий; регистрации; регистраций; подписки; заявки; заявок; лиды; заказы; заказов; продажи; "
    "покупки; "
    "μετατροπές; εγγραφές; παραγγελίες; πωλήσεις; αγορές; konversijas; reģistrācijas; pieteikumi; pasūtījumi; "
    "pārdošanas; pirkumi; փոխարկումներ; կոնվերսիաներ; գրանցումներ; պատվերներ; վաճառքներ; գնումներ",
    "revenue": "revenue; income; turnover; выручка; доход; оборот; έσοδα; τζίρος; ieņēmumi; apgrozījums; եկամուտ; "
    "հասույթ",
    "currency": "currency; валюта; νόμισμα; valūta; արժույթ; տարադրամ",
    "cost": "cost; price; spend; paid; стоимость; цена; расход; расходы; затраты; κόστος; τιμή; δαπάνη; izmaksas; "
    "cena; maksa; ծախս; արժեք; գին",
    "note": "note; notes; comment; заметка; заметки; примечание; комментарий; σημείωση; σημειώσεις; σχόλιο; piezīme; "
    "piezīmes; komentārs; նշում; մեկնաբանություն",
    "campaign": "campaign; кампания; рекламная кампания; καμπάνια; εκστρατεία; kampaņa; արշավ; քարոզարշավ",
    "variant": "variant; version; вариант; версия; παραλλαγή; έκδοση; variants; versija; տարբերակ",
    "round": "round; раунд; круг; заход; γύρος; kārta; reize; փուլ; շրջան",
    "key": "key; ключ; κλειδί; atslēga; բանալի",
}

FOREIGN: Final = """
    bounce rate; bounces; visit duration; time on page; engagement rate; conversion rate; pageviews; key events;
    session source; event count; отказы; глубина просмотра; время на сайте; конверсия;
    customer; customers; subscribers; followers; members; accepts posts; subscribers from; way in; подписчики; клиент;
    клиенты; участники; συνδρομητές; πελάτης; πελάτες; sekotāji; klients; klienti; բաժանորդներ; հաճախորդ;
    email; e mail; email address; phone; order id; user agent; session id;
    short url; short link; bitlink; long url; destination; destination url; domain; slug; short code;
    utm source; utm medium; utm content; nb visits; label;
    conversion kind; rate shrunk; more needed
"""
"""Columns of other tools' reports, of lists of customers, of the sheet of resources and of our own report."""


@cache
def _places() -> dict[str, tuple[str, ...]]:
    return {column: tuple(fold_header(word) for word in words.split(";")) for column, words in WORDS.items()}


@cache
def foreign_words() -> frozenset[str]:
    """Return the headers of tables that are no sheets of results."""
    return frozenset(fold_header(word) for word in FOREIGN.split(";"))


def map_results(headers: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Return where the columns of a sheet of results are; of all but the conversions the first counts.

    Example:
        >>> map_results(["Площадка", "Визиты", "Регистрации", "Заказы"])
        {'place': (0,), 'visits': (1,), 'conversions': (2, 3)}

    """
    texts = [fold_header(header) for header in headers]
    found = {}
    for column, words in _places().items():
        own = [place for place, text in enumerate(texts) if text == words[0]]
        named = own or [place for place, text in enumerate(texts) if text in words]
        if named:
            found[column] = tuple(named) if column == "conversions" else (named[0],)
    return found
