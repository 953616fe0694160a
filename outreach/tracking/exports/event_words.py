"""What the columns of lists of sign-ups and orders are called, and what their statuses mean, in many tools' words.

English, Russian, Greek, Latvian and Armenian; German, French and Spanish where a tool is likely to write them. Headers
and cells are compared folded; of the words of one role the earlier is the more certain.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from outreach.words.columns import fold_header

__all__ = [
    "CANCELLED",
    "PAID",
    "PAYOUT",
    "REFUNDED",
    "ROLES",
    "TESTED",
    "UNPAID",
    "WORDS",
    "folded_words",
    "likes_words",
    "status_of",
]

ROLES: Final = (
    "id", "email", "phone", "date", "source", "medium", "campaign", "content", "url", "promo", "start", "revenue",
    "currency", "status", "refund", "date_order",
)  # fmt: skip
"""What ``--columns`` may name; ``date_order=day`` or ``month`` says how to read 05/06/2026."""

WORDS: Final = {
    "id": """
        order id; orderid; order number; order no; order nr; order; order name; transaction id; payment intent id;
        payment id; charge id; invoice number; deal id; id заказа; номер заказа; № заказа; заказ; id сделки;
        номер сделки; αριθμός παραγγελίας; κωδικός παραγγελίας; παραγγελία; pasūtījuma numurs; pasūtījuma nr;
        pasūtījuma id; pasūtījums; պատվերի համար; պատվերի համարը; պատվեր; bestellnummer; numéro de commande;
        número de pedido; pedido
    """,
    "record": """
        submission id; response id; respondent id; requestid; request id; token; record id; lead id; contact id;
        id; номер; #; №; id заявки; номер заявки; id лида; chat id; user id; telegram id; id пользователя
    """,
    "email": """
        email; e mail; email address; e mail address; customer email; user email; contact email; subscriber email;
        your email; billing email; mail; почта; эл почта; электронная почта; адрес электронной почты;
        электронный адрес; рабочий email; рабочий e mail; email клиента; e mail клиента; ηλεκτρονικό ταχυδρομείο;
        ηλεκτρονική διεύθυνση; διεύθυνση email; διεύθυνση ηλεκτρονικού ταχυδρομείου; e pasts; epasts;
        e pasta adrese; էլ փոստ; էլփոստ; էլեկտրոնային հասցե; էլեկտրոնային փոստ; e mail adresse; adresse e mail;
        courriel; correo; correo electrónico; dirección de correo electrónico
    """,
    "phone": """
        phone; phone number; telephone; mobile; mobile phone; mobile phone number; tel; billing phone; телефон;
        номер телефона; рабочий телефон; мобильный телефон; телефон клиента; τηλέφωνο; κινητό; αριθμός τηλεφώνου;
        tālrunis; telefons; tālruņa numurs; telefona numurs; հեռախոս; հեռախոսահամար; հեռախոսի համար; telefon;
        telefonnummer; téléphone; teléfono
    """,
    "date": """
        timestamp; submitted at; submit date; submit date utc; submission date; submission time; completed at;
        created at; created utc; created date utc; created date; create date; date created; creation date; created;
        created on; created time; order date; purchase date; date of purchase; sign up date; signup date; signed up;
        signed up at; subscribed; subscribed at; subscription date; date subscribed; optin time; confirm time;
        email add time; email confirm time; registered; registered at; registration date; date registered;
        date and time; date time; datetime; date utc; date; time; sent; joined; joined at; paid at;
        отметка времени; дата создания; дата создания сделки; дата создания заказа; создан; создана; создано;
        дата заявки; дата заказа; дата регистрации; дата подписки; дата добавления; дата отправки; дата и время;
        дата; время; дата оплаты;
        χρονική σήμανση; ημερομηνία παραγγελίας; ημερομηνία εγγραφής; ημερομηνία υποβολής; ημερομηνία δημιουργίας;
        ημερομηνία και ώρα; ημερομηνία; laikspiedols; laika zīmogs; pasūtījuma datums; reģistrācijas datums;
        pieteikuma datums; izveides datums; izveidots; datums un laiks; datums;
        ժամանակի դրոշմ; պատվերի ամսաթիվ; գրանցման ամսաթիվ; ստեղծման ամսաթիվ; ամսաթիվ;
        zeitstempel; bestelldatum; erstellt am; datum; horodateur; date de commande; date de création;
        marca temporal; fecha de creación; fecha
    """,
    "landing": """
        landing page; landing url; landing page url; landing site; landing; first page seen; first landing page;
        entry page; form url; original url; utm; utm tags; utm link; query string; referer; referrer; referring site;
        посадочная страница; страница входа; страница заявки; utm метки; utm метка; метки; реферер;
        σελίδα προορισμού; σελίδα εισόδου; mērķlapa; ieejas lapa; վայրէջքի էջ; մուտքի էջ; zielseite;
        page de destination; página de destino
    """,
    "address": """
        page url; page address; full url; url; page; link; страница; адрес страницы; url страницы; ссылка; адрес;
        διεύθυνση σελίδας; σελίδα; σύνδεσμος; lapas adrese; lapa; saite; էջի հասցե; էջ; հղում
    """,
    "promo": """
        discount code; discount codes; promo code; promocode; promo; coupon code; coupon codes; coupon; coupons;
        voucher code; voucher; промокод; промо код; промокоды; купон; код скидки; код купона; скидочный код;
        εκπτωτικός κωδικός; κωδικός έκπτωσης; κωδικός προσφοράς; κουπόνι; promokods; promo kods; atlaides kods;
        atlaižu kods; kupons; kupona kods; պրոմոկոդ; պրոմո կոդ; զեղչի կոդ; կուպոն; gutscheincode; rabattcode;
        gutschein; code promo; code de réduction; código promocional; código de descuento; cupón
    """,
    "start": """
        start; start payload; start param; start parameter; startapp; payload; deep link; deeplink; параметр start;
        старт; стартовый параметр; диплинк; παράμετρος start; start parametrs; start պարամետր
    """,
    "revenue": """
        total; order total; total amount; total price; grand total; amount paid; total paid; amount; order amount;
        payment amount; revenue; order value; value; sum; price; subtotal; paid;
        стоимость; сумма заказа; сумма; итого; итоговая сумма; бюджет; бюджет сделки; сумма сделки; сумма оплаты;
        оплачено; цена; σύνολο παραγγελίας; σύνολο; συνολικό ποσό; ποσό; αξία; τιμή; pasūtījuma summa; kopsumma;
        kopā; summa; cena; ընդհանուր գումար; ընդամենը; գումար; գին; արժեք; gesamtbetrag; gesamtsumme; betrag;
        summe; montant total; montant; importe total; importe; monto
    """,
    "refund": """
        refunded amount; amount refunded; refund amount; refunded; refunds; refund; total refunded; возврат;
        сумма возврата; возвраты; возвращено; ποσό επιστροφής; επιστροφή χρημάτων; επιστροφή; atmaksātā summa;
        atmaksa; atmaksāts; վերադարձված գումար; վերադարձ; erstatteter betrag; erstattet; montant remboursé;
        importe reembolsado
    """,
    "currency": """
        currency; order currency; currency code; валюта; νόμισμα; valūta; արժույթ; տարադրամ; währung; devise; moneda
    """,
    "status": """
        financial status; payment status; order status; status; response type; статус заказа; статус оплаты;
        статус платежа; статус; κατάσταση παραγγελίας; κατάσταση πληρωμής; κατάσταση; pasūtījuma statuss;
        apmaksas statuss; statuss; պատվերի կարգավիճակ; կարգավիճակ; վիճակ; zahlungsstatus; statut; estado;
        reporting category; type
    """,
    "stage": """
        deal stage; stage; pipeline stage; этап сделки; стадия сделки; стадия; этап; статус сделки; στάδιο; posms;
        stadija; փուլ
    """,
    "cancelled": "cancelled at; canceled at; cancelled on; canceled on; дата отмены; ακυρώθηκε στις; atcelts",
    "mode": "mode; livemode; live mode",
    "captured": "captured",
    "notes": "note attributes; additional details; order note attributes",
    "payment": "payment; оплата; платеж",
    "weak_source": """
        source; traffic source; lead source; original source; источник; источник трафика; источник сделки; πηγή;
        avots; աղբյուր; quelle; fuente
    """,
    "weak_medium": "medium; канал; traffic medium; μέσο; kanāls; ալիք",
    "weak_campaign": """
        campaign; campaign name; кампания; рекламная кампания; καμπάνια; kampaņa; արշավ; քարոզարշավ; kampagne;
        campagne; campaña
    """,
    "weak_content": "ad content; объявление",
}

COUNTED: Final = """
    sessions; visits; visitors; unique visitors; users; active users; new users; total users; pageviews; page views;
    views; impressions; clicks; bounces; bounce rate; visit duration; engagement rate; conversions; conversion rate;
    key events; event count; events; event name; transactions; nb visits; nb uniq visitors; nb actions; визиты;
    посетители; просмотры; показы; клики; отказы; сеансы; глубина просмотра; достижения цели; επισκέψεις; επισκέπτες;
    προβολές; συνεδρίες; χρήστες; κλικ; apmeklējumi; apmeklētāji; skatījumi; sesijas; klikšķi; այցեր; այցելուներ;
    դիտումներ; սեսիաներ; sitzungen; besuche; nutzer; besucher; visites; visiteurs; sesiones; visitas; final url;
    session id; session; user agent; useragent; browser
"""
"""Columns of reports and logs, of which no row is a person; and of our own links."""

LIKES: Final = """
    resource resources group groups community communities channel channels subreddit subreddits follow follows followed
    following subscriptions likes liked pages subscribers followers members facebook instagram telegram youtube vk
    вконтакте группы группа сообщества сообщество каналы канал паблики паблик подписки подписка подписаны подписан
    подписчики страницы ресурс ресурсы телеграм инстаграм фейсбук ютуб читаете σελίδες ομάδες ομάδα κοινότητες
    κοινότητα κανάλια κανάλι συνδρομητές ακολουθείτε lapas grupas grupa kopienas kopiena kanāli kanāls sekotāji
    abonementi sekojat էջեր խմբեր խումբ համայնքներ համայնք ալիքներ ալիք բաժանորդներ
"""
"""Words of headers over lists of what customers follow."""

PAID: Final = "paid"
REFUNDED: Final = "refunded"
CANCELLED: Final = "cancelled"
UNPAID: Final = "unpaid"
PAYOUT: Final = "payout"
TESTED: Final = "test"

STATUSES: Final = {
    PAID: """
        paid; succeeded; success; successful; complete; completed; won; closed won; closedwon; fulfilled; processing;
        partially refunded; partially paid; captured; approved; settled; charge; payment; live; оплачен; оплачено;
        оплачена; завершен; завершено; завершена; выполнен; успешно реализовано; сделка успешна; успешно; успешна;
        частично оплачен; частичный возврат; πληρώθηκε; πληρωμένη; πληρωμένο; ολοκληρώθηκε; ολοκληρωμένη;
        apmaksāts; samaksāts; pabeigts; izpildīts; վճարված; վճարված է; վճարվել է; ավարտված; bezahlt; abgeschlossen;
        payé; payée; terminé; pagado; completado
    """,
    REFUNDED: """
        refunded; refund; chargeback; возврат; возвращен; возврат средств; возвращено; επιστράφηκε; επιστροφή;
        atmaksāts atpakaļ; atgriezts; atmaksa; վերադարձված; վերադարձված է; erstattet; remboursé; reembolsado
    """,
    CANCELLED: """
        cancelled; canceled; voided; void; expired; declined; lost; closed lost; closedlost; отменен; отменена;
        отменено; отказ; закрыто и не реализовано; сделка провалена; ложный; удален; удалена; ακυρώθηκε; ακυρωμένη;
        ακυρωμένο; atcelts; anulēts; չեղարկված; չեղարկված է; չեղյալ; storniert; annulé; annulée; cancelado
    """,
    UNPAID: """
        unpaid; not paid; pending; pending payment; awaiting payment; authorized; authorised; on hold; draft; open;
        incomplete; requires payment method; requires action; requires capture; requires confirmation; failed; blocked;
        uncaptured; новый; новая; новая заявка; не оплачен; не оплачено; не оплачена; неоплачен; ожидает оплаты;
        ожидание оплаты; ожидается; в ожидании; в работе; не подтвержден; απλήρωτη; απλήρωτο; εκκρεμεί; σε αναμονή;
        neapmaksāts; nav apmaksāts; gaida apmaksu; չվճարված; չի վճարվել; սպասում է; offen; nicht bezahlt; unbezahlt;
        en attente; impayé; pendiente
    """,
    PAYOUT: "payout; transfer; stripe fee; adjustment; topup",
    TESTED: """
        test; spam; duplicate; partial; bot; тест; тестовый; спам; дубль; дубликат; τεστ; δοκιμή; tests; mēstule;
        թեստ; սպամ
    """,
}
"""Why a row is not counted, and the words that say so; first those of rows that are."""


@cache
def folded_words(role: str) -> tuple[str, ...]:
    """Return the words of a role, the most certain first.

    Example:
        >>> folded_words("currency")[:4]
        ('currency', 'order currency', 'currency code', 'валюта')

    """
    return _folded(WORDS[role])


def _folded(text: str) -> tuple[str, ...]:
    words = (word.strip() for word in text.split(";"))
    return tuple(dict.fromkeys(fold_header(word) or word for word in words if word))


@cache
def counted_words() -> frozenset[str]:
    """Return the headers of reports and logs."""
    return frozenset(_folded(COUNTED))


@cache
def likes_words() -> frozenset[str]:
    """Return the single words by which headers tell of lists of what people follow."""
    return frozenset(map(fold_header, LIKES.split()))


@cache
def _statuses() -> dict[str, str]:
    return {word: why for why, text in STATUSES.items() for word in _folded(text)}


def status_of(text: str) -> str | None:
    """Return what a status means: one of the codes above; None where the word is not known.

    Example:
        >>> status_of("Paid"), status_of("Не оплачен"), status_of("partially_refunded"), status_of("Думает")
        ('paid', 'unpaid', 'paid', None)

    """
    return _statuses().get(fold_header(text))
