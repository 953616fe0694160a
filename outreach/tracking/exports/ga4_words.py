"""What the columns of Google Analytics 4 are called, in its interface in seven languages and in its API.

Metrics are known by their whole names: ``Engaged sessions`` are no sessions. Dimensions are known by the stems in their
names, because the words around them change (``Session source``, ``Sitzung – Quelle``, ``Fuente de la sesión``).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from outreach.files.money import currency_of
from outreach.tracking.exports.breakdown import Column
from outreach.words.fold import fold_header

__all__ = ["EVENT", "LAST", "column_of", "is_total", "starts"]

LAST: Final = "last non-direct click"
FIRST: Final = "first user"
EVENT: Final = "reporting model of the property"


def _words(text: str) -> frozenset[str]:
    return frozenset(fold_header(word) for word in text.split(";"))


SESSIONS: Final = _words("sessions; сеансы; sitzungen; sesiones; περίοδοι σύνδεσης; περίοδοι; συνεδρίες; sesijas")
ACTIVE: Final = _words(
    "active users; активные пользователи; aktive nutzer; utilisateurs actifs; usuarios activos; ενεργοί χρήστες; "
    "aktīvie lietotāji"
)
USERS: Final = _words(
    "total users; users; все пользователи; всего пользователей; общее число пользователей; пользователи; "
    "nutzer insgesamt; gesamtzahl der nutzer; nutzer; nombre total d'utilisateurs; total des utilisateurs; "
    "utilisateurs; usuarios totales; total de usuarios; usuarios; σύνολο χρηστών; συνολικοί χρήστες; χρήστες; "
    "kopējais lietotāju skaits; lietotāji kopā; lietotāji"
)
VIEWS: Final = _words(
    "views; screen page views; просмотры; aufrufe; vues; vistas; visualizaciones; προβολές; skatījumi"
)
KEY_EVENTS: Final = _words(
    "key events; conversions; ключевые события; конверсии; schlüsselereignisse; evénements clés; eventos clave; "
    "conversiones; βασικά συμβάντα; σημαντικά συμβάντα; μετατροπές; galvenie notikumi; "
    "svarīgākie notikumi; reklāmguvumi"
)
EVENTS: Final = _words(
    "event count; количество событий; число событий; ereignisanzahl; nombre d'événements; número de eventos; "
    "recuento de eventos; πλήθος συμβάντων; αριθμός συμβάντων; notikumu skaits"
)
SESSION_RATE: Final = _words(
    "session key event rate; session conversion rate; "
    "доля сеансов с ключевыми событиями; коэффициент конверсии сеансов; "
    "sitzungs schlüsselereignisrate; schlüsselereignisrate der sitzung; taux d'événements clés par session; "
    "tasa de eventos clave de la sesión; ποσοστό βασικών συμβάντων περιόδου σύνδεσης; sesijas galveno notikumu rādītājs"
)
USER_RATE: Final = _words("user key event rate; user conversion rate; taux d'événements clés par utilisateur")
REVENUE: Final = _words(
    "total revenue; purchase revenue; revenue; общий доход; совокупный доход; доход; gesamtumsatz; umsatz; "
    "revenu total; revenus totaux; ingresos totales; total de ingresos; συνολικά έσοδα; σύνολο εσόδων; "
    "kopējie ieņēmumi; ieņēmumi kopā"
)
EVENT_NAME: Final = _words(
    "event name; название события; имя события; ereignisname; nom de l'événement; nombre del evento; όνομα συμβάντος; "
    "notikuma nosaukums"
)
DAY: Final = _words(
    "date; дата; datum; fecha; ημερομηνία; datums; date hour; date hour yyyymmddhh; date + hour; дата и час; "
    "date hour and minute"
)
NTH_DAY: Final = _words(
    "nth day; n-й день; n-ый день; день n; nter tag; n-ter tag; n. tag; nième jour; n-ième jour; nº de día; día n; "
    "enésimo día; νιοστή ημέρα; ν-οστή ημέρα; n-tā diena"
)
COMPARED: Final = _words(
    "segment; comparison; date range; сегмент; сравнение; диапазон дат; vergleich; zeitraum; comparaison; "
    "plage de dates; segmento; comparación; intervalo de fechas; τμήμα; σύγκριση; εύρος ημερομηνιών; segments; "
    "salīdzinājums; datumu diapazons"
)
TOTALS: Final = _words(
    "grand total; total; totals; reserved total; итого; общий итог; всего; итоги; gesamtsumme; gesamt; summe; "
    "total général; totaux; total general; totales; γενικό σύνολο; σύνολο; σύνολα; kopā; kopsumma; "
    "kopsummas; pavisam kopā"
)

STEMS: Final = {
    role: tuple(fold_header(stem) for stem in text.split())
    for role, text in {
        # kinds of groups, identifiers and other tools' links, whose names contain the words below
        "group": "group групп gruppe groupe grupo ομάδ grup id ид идентификатор platform платформ plattform plateforme "
        "plataforma πλατφόρμα term ключев google sa360 cm360 dv360 referrer format tactic keyword channelgroup",
        "landing": "landing landingpage zielseite einstiegsseite destination destino προορισμού galvenā mērķa посадочн "
        "входа целев",
        "content": "content содержан содержим контент anzeigeninhalt inhalt contenu contenido περιεχόμεν "
        "περιεχομέν satur",
        "campaign": "campaign кампани kampagne campagne campaña καμπάνια καμπάνιας εκστρατεί kampaņ",
        "source": "source источник quelle fuente πηγή πηγής avot",
        "medium": "medium support канал средств medio μέσο μέσου medij kanāl",
        "first": "first перв erste premier première primer πρώτ pirm",
        "session": "session сеанс sitzung sesión περιόδ περίοδ συνεδρί sesij",
    }.items()
}
NAMED: Final = re.compile(
    r"(?P<base>[^(:]+?)(?:\s*\((?P<in>.+)\)|\s*:\s*(?P<after>[^:]+)|\s+for\s+(?P<for>[A-Za-z]\w*))\s*"
)


def is_total(text: str) -> bool:
    """Tell whether a cell marks the row or the column of totals.

    Example:
        >>> is_total("Grand total"), is_total("Общий итог"), is_total("")
        (True, True, False)

    """
    return fold_header(text) in TOTALS


def column_of(header: str, at: int) -> Column:
    """Return what a column of that header says; ``group`` where it does not matter or is not known.

    Example:
        >>> column_of("Session source / medium", 0).role, column_of("sessionManualAdContent", 1).role
        ('source_medium', 'content')
        >>> column_of("Fuente/medio de la sesión", 0).scope, column_of("Erste Nutzerinteraktion – Quelle", 0).scope
        ('last non-direct click', 'first user')
        >>> column_of("Engaged sessions", 2).role, column_of("keyEvents:generate_lead", 3).goal
        ('group', 'generate_lead')

    """
    return _metric(header, at) or _dimension(header, at)


def _metric(header: str, at: int) -> Column | None:
    """Return what a metric counts; behind its name may stand the event that it counts, or a currency."""
    plain = _plain(fold_header(header), at)
    found = NAMED.fullmatch(header.strip())
    if plain or not found or not (base := _plain(fold_header(found["base"]), at)):
        return plain
    goal = (found["in"] or found["after"] or found["for"]).strip()
    if base.role == "revenue":
        return replace(base, currency=currency_of(goal) or "")
    if base.role == "denominator":  # sessions of something: no total
        return None
    return replace(base, role="numerator" if base.role == "events" else base.role, goal=goal)


def _plain(text: str, at: int) -> Column | None:
    """Return the metric of a folded name."""
    units = ((SESSIONS, "session"), (ACTIVE, "visitor"), (USERS, "visitor"), (VIEWS, "pageview"))
    for words, unit in units:
        if text in words:
            return Column(at, "denominator", unit=unit)
    if text in KEY_EVENTS:
        return Column(at, "numerator", kind="event")
    if text in EVENTS:
        return Column(at, "events", kind="event")
    if text in SESSION_RATE or text in USER_RATE:
        return Column(at, "rate", unit="session" if text in SESSION_RATE else "visitor")
    return Column(at, "revenue") if text in REVENUE else None


def _dimension(header: str, at: int) -> Column:
    text = fold_header(header)
    for role, words in (("event", EVENT_NAME), ("day", DAY), ("nth_day", NTH_DAY), ("compared", COMPARED)):
        if text in words:
            return Column(at, role)
    tokens = text.split()
    if starts(tokens, "group"):
        return Column(at, "group")
    if starts(tokens, "landing"):
        return Column(at, "landing", scope="landing page")
    role = next((role for role in ("content", "campaign") if starts(tokens, role)), "")
    if not role and starts(tokens, "source"):
        role = "source_medium" if starts(tokens, "medium") else "source"
    if not role and starts(tokens, "medium"):
        role = "medium"
    scope = FIRST if starts(tokens, "first") else LAST if starts(tokens, "session") else EVENT
    return Column(at, role or "group", scope=scope if role else "")


def starts(tokens: list[str], role: str) -> bool:
    """Tell whether one of the words in a header is of a stem."""
    return any(token == stem or (len(stem) > 3 and token.startswith(stem)) for token in tokens for stem in STEMS[role])
