"""What columns, statuses and deals are called by people, in five languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.store.placement import FIELDS
from outreach.tables import DEALS, STATUSES
from outreach.words.columns import fold_header

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["deal_named", "map_links", "status_named"]

COLUMNS: Final = {
    "resource": "resource; place; key; page; group; community; channel; where; site; address; площадка; место; канал; "
    "группа; сообщество; паблик; ресурс; где; адрес; сайт; ключ; πού; μέρος; κανάλι; ομάδα; σελίδα; πηγή; διεύθυνση; "
    "vieta; kanāls; grupa; kopiena; lapa; resurss; kur; adrese; տեղ; վայր; ալիք; խումբ; էջ; հասցե; ռեսուրս",
    "name": "name; title; place name; название; наименование; имя; όνομα; τίτλος; ονομασία; nosaukums; անուն; անվանում",
    "platform": "platform; network; social network; платформа; соцсеть; сеть; πλατφόρμα; δίκτυο; platforma; "
    "sociālais tīkls; հարթակ; սոցցանց",
    "final_url": "final url; link; tagged link; utm link; full link; long link; url; link with utm; ссылка; "
    "ссылка с utm; utm ссылка; utm метка; ссылка с меткой; длинная ссылка; линк; σύνδεσμος; σύνδεσμος utm; λινκ; "
    "saite; utm saite; gara saite; հղում; utm հղում; երկար հղում",
    "short_url": "short url; short link; short; короткая ссылка; сокращённая ссылка; σύντομος σύνδεσμος; īsā saite; "
    "īsa saite; կարճ հղում",
    "post_url": "post url; post; post link; link to post; ссылка на пост; пост; адрес поста; ανάρτηση; "
    "σύνδεσμος ανάρτησης; ieraksts; saite uz ierakstu; գրառում; գրառման հղում",
    "published_at": "published at; date; published; published on; posted; posted at; day; дата; дата публикации; "
    "опубликовано; вышло; когда; день; ημερομηνία; δημοσιεύτηκε; datums; publicēts; publicēšanas datums; ամսաթիվ; "
    "հրապարակվել է; օր",
    "cost": "cost; price; spend; paid; стоимость; цена; расход; сколько; κόστος; τιμή; izmaksas; cena; maksa; "
    "արժեք; գին",
    "currency": "currency; валюта; νόμισμα; valūta; արժույթ; տարադրամ",
    "campaign": "campaign; utm campaign name; кампания; рекламная кампания; καμπάνια; εκστρατεία; kampaņa; "
    "քարոզարշավ; արշավ",
    "status": "status; state; статус; состояние; κατάσταση; statuss; stāvoklis; կարգավիճակ; վիճակ",
    "deal": "deal; terms; условия; сделка; συμφωνία; όροι; vienošanās; nosacījumi; պայմաններ; գործարք",
    "text": "text; teaser; post text; текст; тизер; текст поста; κείμενο; teksts; տեքստ",
    "comment": "comment; first comment; комментарий; первый комментарий; σχόλιο; πρώτο σχόλιο; komentārs; "
    "pirmais komentārs; մեկնաբանություն; առաջին մեկնաբանություն",
    "variant": "variant; version; вариант; версия; παραλλαγή; έκδοση; variants; versija; տարբերակ",
    "round": "round; time; заход; круг; раунд; γύρος; kārta; reize; փուլ; շրջան",
    "language": "language; lang; язык; γλώσσα; valoda; լեզու",
    "promo": "promo; promo code; code; coupon; промокод; код; купон; κωδικός; κουπόνι; kods; atlaides kods; "
    "promo kods; պրոմո կոդ; կոդ",
}
STATUS_WORDS: Final = {
    "drafted": "drafted; draft; черновик; написано; готово; πρόχειρο; melnraksts; uzmetums; սևագիր",
    "sent": "sent; offered; written; отправлено; отправлен; отправила; предложено; στάλθηκε; εστάλη; nosūtīts; "
    "aizsūtīts; ուղարկված; ուղարկվել է",
    "quoted": "quoted; price named; названа цена; цена названа; προσφορά; δόθηκε τιμή; nosaukta cena; "
    "գինը նշված է; գին է տրվել",
    "booked": "booked; agreed; забронировано; договорились; согласовано; κλείστηκε; συμφωνήθηκε; rezervēts; "
    "sarunāts; ամրագրված; պայմանավորված",
    "published": "published; posted; done; live; опубликовано; опубликован; вышел; вышло; размещено; да; "
    "δημοσιεύτηκε; δημοσιευμένο; publicēts; ievietots; հրապարակված; հրապարակվել է",
    "declined": "declined; refused; rejected; no; отказ; отказано; отказались; нет; απορρίφθηκε; αρνήθηκε; atteikts; "
    "noraidīts; մերժված; մերժվել է",
    "removed": "removed; deleted; gone; удалено; удалён; удален; снято; διαγράφηκε; αφαιρέθηκε; dzēsts; noņemts; "
    "ջնջված; հեռացված",
}
DEAL_WORDS: Final = {
    "free": "free; free of charge; бесплатно; бесплатный; бесплатная; даром; δωρεάν; τζάμπα; χωρίς χρέωση; bez maksas; "
    "bezmaksas; par velti; անվճար; ձրի",
    "barter": "barter; exchange; swap; in exchange; бартер; по бартеру; бартером; взаимно; взаимопиар; обмен; в обмен; "
    "ανταλλαγή; με ανταλλαγή; μπάρτερ; αντιπαροχή; maiņa; barters; bartera darījums; apmaiņa; pret apmaiņu; բարտեր; "
    "բարտերով; փոխանակում; փոխանակմամբ",
    "paid": "paid; ad; platno; платно; реклама; за деньги; πληρωμένο; επί πληρωμή; maksas; par maksu; վճարովի; գովազդ",
}


def map_links(headers: Sequence[str]) -> dict[str, int]:
    """Return which column of a table of links is where, by its headers in any of five languages.

    Our own names count first. A column ``url`` is the link with its tags where no other one is.

    Example:
        >>> map_links(["Канал", "Ссылка", "Дата", "Стоимость"])
        {'resource': 0, 'final_url': 1, 'cost': 3, 'published_at': 2}
        >>> map_links(["url", "final_url"]), map_links(["url"])
        ({'url': 0, 'final_url': 1}, {'final_url': 0})

    """
    tidy = [header.strip().casefold() for header in headers]
    found = {name: tidy.index(name) for name in FIELDS if name in tidy and name not in ("id", "url")}
    if "final_url" in found and "url" in tidy:
        found["url"] = tidy.index("url")
    texts = [fold_header(header) for header in headers]
    for column, words in COLUMNS.items():
        wanted, taken = {fold_header(word) for word in words.split(";")}, set(found.values())
        place = next((place for place, text in enumerate(texts) if text in wanted and place not in taken), None)
        if column not in found and place is not None:
            found[column] = place
    return {name: found[name] for name in FIELDS if name in found}


def status_named(text: str) -> str | None:
    """Return the status that a word means, None for a word that means none.

    Example:
        >>> status_named("Опубликовано"), status_named("PUBLISHED"), status_named("soon")
        ('published', 'published', None)

    """
    return _meaning(text, STATUS_WORDS, STATUSES)


def deal_named(text: str) -> str | None:
    """Return the deal that a word means, None for a word that means none."""
    return _meaning(text, DEAL_WORDS, DEALS)


def _meaning(text: str, words: dict[str, str], known: Sequence[str]) -> str | None:
    wanted = fold_header(text)
    return next((one for one in known if wanted in {fold_header(word) for word in words[one].split(";")}), None)
