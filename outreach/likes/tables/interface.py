"""Words of the networks' own pages: buttons and labels that come along when a list is copied from the screen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from outreach.words.fold import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.likes.tables.profile import Cell

__all__ = ["are_pasted", "is_button", "is_interface_word"]

BUTTONS: Final = """
    follow; following; followed; requested; unfollow; follow back; unfollow page; follow page; following page;
    subscribe; subscribed; unsubscribe; like; liked; unlike; like page; liked page; page liked; you like this;
    you follow; you are following; join; joined; join group; leave; leave group; request to join; you are a member;
    message; send message; remove; view page; view group; visit; visit group;
    подписаться; подписан; подписана; подписаны; вы подписаны; вы подписаны на это сообщество; отписаться;
    уже подписаны; отменить подписку; в подписках; читать; читаю; вы читаете; не читать; нравится;
    мне нравится; вам нравится;
    больше не нравится; вступить; вступить в группу; вступить в сообщество; подать заявку; заявка отправлена;
    вы участник; вы участница; вы в группе; вы в сообществе; вы состоите в группе; выйти из группы; покинуть группу;
    присоединиться; сообщение; написать; написать сообщение; отправить сообщение; удалить; убрать; перейти; открыть;
    підписатися; підписатись; підписані; ви підписані; ви підписалися; відписатися; відстежувати; відстежується;
    ви стежите; подобається; вам подобається; вступити; приєднатися; ви учасник; ви учасниця; повідомлення;
    надіслати повідомлення; видалити;
    ακολουθω; ακολουθεισ; ακολουθειτε; ακολουθησε; ακολουθηστε; ακολουθησετε; ακολουθει; ακολουθειται; ακολουθηση;
    παρακολουθω; παρακολουθειτε; διακοπη παρακολουθησησ; να μην ακολουθω; αιτηθηκε; μου αρεσει; σου αρεσει; σασ αρεσει;
    δεν μου αρεσει πλεον; εγγραφη; εγγραφηκατε; εγγεγραμμενοσ; εγγεγραμμενη; καταργηση εγγραφησ; συμμετοχη;
    γινετε μελοσ; γινε μελοσ; ειστε μελοσ; εισαι μελοσ; αποχωρηση; μηνυμα; αποστολη μηνυματοσ; στειλτε μηνυμα;
    καταργηση; αφαιρεση;
    sekot; seko; sekoju; sekojat; tu seko; jus sekojat; nesekot; vairs nesekot; partraukt sekosanu; sekosana;
    pieprasits; patik; man patik; tev patik; jums patik; vairs nepatik; abonet; abonets; abonejat; atcelt abonementu;
    pievienoties; pievienojies; pievienojaties; pievienoties grupai; jus esat dalibnieks; tu esi dalibnieks; pamest;
    pamest grupu; zina; sutit zinu; rakstit zinu; nonemt; dzest;
    հետեւել; հետեւում; հետեւում եք; հետեւում եմ; դուք հետեւում եք; չհետեւել; դադարեցնել հետեւելը; հետեւած;
    բաժանորդագրվել; բաժանորդագրված; բաժանորդագրված եք; չեղարկել բաժանորդագրությունը; հավանել; հավանում եմ; հավանած;
    միանալ; միացել եք; միանալ խմբին; դուք անդամ եք; լքել խումբը; հաղորդագրություն; ուղարկել հաղորդագրություն;
    գրել; հեռացնել; ջնջել
"""
"""What one presses, or what the button says afterwards: it stands at the end of an entry."""

LABELS: Final = """
    follows you; followed by you; suggested for you; suggested; recommended for you; verified;
    verified account; verified page; see more; see all; see less; show more; show all; show less; more; load more;
    public group; private group; closed group; page; public page; profile picture; cover photo; search; sort by;
    sorted by; notifications; subscriptions; your pages; liked pages; pages you follow; your groups;
    groups you have joined; groups you ve joined; following list; likes; close; cancel; back;
    подписки; подписчики; мои подписки; на вас подписан; на вас подписана; подписан на вас; подписана на вас;
    рекомендации; рекомендации для вас; подтвержденный аккаунт; подтвержденная страница;
    подтвержденное сообщество; верифицирован; верифицирована; еще; показать еще; показать все; смотреть все;
    больше; развернуть; свернуть; открытая группа; закрытая группа; частная группа; общедоступная группа;
    открытое сообщество; закрытое сообщество; публичная страница; фото профиля; поиск; сортировка; сортировать;
    уведомления; по умолчанию; понравившиеся страницы; отметки нравится; мои группы; ваши группы; закрыть;
    отмена; назад; підписки; підтверджений обліковий запис; підтверджено; ще; показати ще; показати все; відкрита група;
    закрита група; приватна група; сторінка; пошук; рекомендації;
    σε ακολουθει; σασ ακολουθει; προτεινομενα; προτεινεται για εσασ; προτασεισ για εσασ; επαληθευμενο;
    επαληθευμενοσ; επαληθευμενη; επαληθευμενοσ λογαριασμοσ; δειτε περισσοτερα; εμφανιση περισσοτερων; περισσοτερα;
    προβολη ολων; δημοσια ομαδα; ιδιωτικη ομαδα; κλειστη ομαδα; σελιδα; φωτογραφια προφιλ; αναζητηση; ταξινομηση;
    συνδρομεσ; κλεισιμο; ακυρωση; πισω;
    seko tev; seko jums; ieteikts tev; ieteikumi; verificets; verificeta; verificets konts; apstiprinats konts;
    skatit vairak; radit vairak; vairak; skatit visu; publiska grupa; privata grupa; slegta grupa; atverta grupa;
    lapa; profila attels; profila bilde; meklet; kartot; abonementi; aizvert; atcelt; atpakal;
    հետեւում է ձեզ; առաջարկվում է; առաջարկվում է ձեզ; հաստատված; հաստատված հաշիվ; տեսնել ավելին; ավելին;
    ցույց տալ ավելին; տեսնել բոլորը; հանրային խումբ; փակ խումբ; մասնավոր խումբ; էջ; պրոֆիլի նկար; որոնում; որոնել;
    բաժանորդագրություններ; փակել; չեղարկել
"""
"""What stands beside names, or above the list."""

SEPARATORS: Final = re.compile("[·•‧∙⋅・|]")


def _folded(text: str) -> str:
    """Return words without case, accents, punctuation and symbols."""
    return " ".join("".join(char if char.isalnum() else " " for char in fold(text)).split())


BUTTON_WORDS: Final = frozenset(_folded(word) for word in BUTTONS.split(";"))
WORDS: Final = BUTTON_WORDS | frozenset(_folded(word) for word in LABELS.split(";"))
LONGEST: Final = 12 + max(map(len, WORDS))  # punctuation and ticks come on top


def is_button(text: str) -> bool:
    """Return whether a text is what a button says, before or after it was pressed.

    Example:
        >>> [is_button(text) for text in ("Following", "Вы подписаны", "Μου αρέσει!", "Verified", "Baltic SMM")]
        [True, True, True, False, False]

    """
    return len(text) <= LONGEST and text[:1] != "@" and _folded(text) in BUTTON_WORDS


def are_pasted(cells: Sequence[Cell]) -> bool:
    """Return whether buttons stand among the places of a column, as they do where a list was copied from a page.

    A single such word among names may be the name of a place.
    """
    buttons = sum(is_button(cell.text) for cell in cells)
    addresses = sum(cell.holds for cell in cells)
    inside = any(is_button(part.strip()) for cell in cells if "\n" in cell.text for part in cell.text.split("\n"))
    return (
        inside
        or (buttons > 0 and addresses * 2 >= len(cells) - buttons > 0)
        or (buttons > 1 and buttons * 3 >= len(cells))
    )


def is_interface_word(text: str) -> bool:
    """Return whether a text is a word of a network's page and no resource.

    Case, accents, punctuation and kinds of space do not matter; of several words with dots between all must be such.

    Example:
        >>> [is_interface_word(text) for text in ("Verified", "ПОДПИСАТЬСЯ", "Sekošana ✓", "Page · Follow", " · ")]
        [True, True, True, True, True]
        >>> [is_interface_word(text) for text in ("Follow the Money", "Подписаться на жизнь", "Like Magazine", "")]
        [False, False, False, False]

    """
    if len(text) > LONGEST or text[:1] == "@":
        return False
    if _folded(text) in WORDS:
        return True
    parts = [part for part in SEPARATORS.split(text) if part.strip()]
    return SEPARATORS.search(text) is not None and all(_folded(part) in WORDS for part in parts)
