"""The words around sizes, in the languages of our users."""

from __future__ import annotations

from typing import Final

from outreach.words.fold import fold

__all__ = ["ABOUT", "BELOW", "MULTIPLIERS", "PEOPLE", "UNKNOWN_SIZES", "fold_size"]

NOTHING: Final = """
    ; ?; ??; ???; -; --; ---; –; —; −; .; ...; …; *; n/a; na; n.a.; none; null; nil; nan; <na>; #n/a; unknown;
    not known; not available; no data; hidden; private; tbd;
    н/д; нд; н.д.; н/а; #н/д; нет; нет данных; неизвестно; не известно; неизв.; не знаю; не указано; скрыто;
    скрыт; скрыты;
    nav; nav zināms; nav zinams; nav datu; nezināms; nezinams; nezinu; slēpts; slepts;
    άγνωστο; αγνωστο; άγνωστος; δ/υ; δ.υ.; μ/δ; δεν ξέρω; δεν ξερω; κρυφό; κρυφο;
    անհայտ; անհայտ է; չկա; չգիտեմ; թաքնված
"""
UNKNOWN_SIZES: Final = frozenset(word.strip() for word in NOTHING.split(";"))
"""What people write where they do not know the size, in lower case."""

THOUSANDS: Final = """
    k; к; κ; т; тыс; тысяч; тысяча; тысячи; thousand; thousands; tūkst; tūkstoši; tūkstošu; tūkstotis; χιλ; χιλιάδες;
    հազ; հազար
"""
MILLIONS: Final = """
    m; м; μ; kk; кк; mln; mio; млн; миллион; миллиона; миллионов; million; millions; milj; miljons; miljoni; miljonu;
    εκ; εκατ; εκατομμύρια; εκατομμύριο; մլն; միլիոն
"""
MILLIARDS: Final = """
    b; bn; billion; billions; млрд; миллиард; миллиарда; миллиардов; mljrd; miljards; miljardi; δισ; δισεκ;
    մլրդ; միլիարդ
"""
STEMS: Final = """
    subscri; follower; member; fan; reader; people; user; person;
    подпис; участни; читател; человек; чел; люд; фолловер; член; пользовател;
    μέλη; μέλος; ακόλουθ; συνδρομητ; άτομα; sekotāj; abonent; dalībniek; biedr; lietotāj; cilvēk;
    բաժանորդ; հետևորդ; անդամ; մարդ; օգտատեր
"""  # how words for subscribers begin
AT_LEAST: Final = """
    ~; ≈; ∼; ±; about; around; approx; approximately; circa; ca; c; roughly; nearly; almost;
    около; ок; примерно; приблизительно; порядка; почти; где-то; aptuveni; apmēram; apm; ap; gandrīz;
    περίπου; περ; σχεδόν; մոտ; շուրջ; մոտավորապես; մոտավոր;
    >; ≥; >=; over; more than; above; at least; more; plus; более; более чем; больше; больше чем; свыше; не менее; от;
    vairāk; vairāk nekā; vairāk par; virs; vismaz; πάνω από; περισσότεροι από; περισσότερα από; άνω των; τουλάχιστον;
    από; ավելի; ավելի քան; առնվազն
"""  # these leave the number what it is
AT_MOST: Final = """
    <; ≤; <=; less than; under; below; up to; менее; менее чем; меньше; меньше чем; до; не более; не больше;
    mazāk; mazāk nekā; mazāk par; līdz; zem; λιγότερο από; λιγότεροι από; κάτω από; έως; ως; μέχρι; մինչև; պակաս
"""


def fold_size(words: str) -> str:
    """Return words in lower case, without accents and a final dot."""
    return fold(words).strip(".: ")


def _words(text: str) -> frozenset[str]:
    return frozenset(fold_size(word) for word in text.split(";"))


MULTIPLIERS: Final = {
    word: times
    for words, times in ((THOUSANDS, 10**3), (MILLIONS, 10**6), (MILLIARDS, 10**9))
    for word in _words(words)
}
PEOPLE: Final = tuple(sorted(_words(STEMS)))
ABOUT: Final = _words(AT_LEAST)
BELOW: Final = _words(AT_MOST)
