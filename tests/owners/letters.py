"""Facts of letters in five languages; people, places and addresses are made up."""

from datetime import date

from outreach.owners.letter_facts import Facts, Post, Recipient, Topic
from outreach.owners.profile import Writer

LINKS = ("https://www.zobi.example/most", "https://zobi.example/bol/")
PHONE = "+371 20000000"
DAY = date(2026, 11, 3)
TODAY = date(2026, 11, 30)


def facts(language, place, writer, recipient, fact, topics, gets, platform="telegram"):  # noqa: PLR0917 - a table
    """Return the facts of a letter to an owner whose place six of nine customers follow."""
    name, role, proof = writer
    to, found = recipient
    company = "Զոբի" if language == "hy" else "Zobi"
    return Facts(
        Writer(name, role, company, "", 14, (proof,), LINKS, "", PHONE),
        Recipient(to, "marina@rigalife.example", language, found),
        place,
        platform,
        Post(DAY, fact),
        tuple(Topic(*one) for one in topics),
        gets,
        6,
        9,
        language=language,
        today=TODAY,
    )


FACTS = {
    "en": facts(
        "en",
        "Riga Expats",
        ("Anna Ozola", "an implant dentist at Zobi in Riga", "I've placed 3,000 implants."),
        ("Tom", "group page"),
        "40 people asked what treatment should cost and got no answer.",
        [
            ("Implant or bridge: 7 questions before you pay", "What the price includes. Where extras hide."),
            ("A second opinion", "When it saves 1,000 euros. When it's a waste."),
        ],
        "A price checklist, no sign-up",
        "facebook",
    ),
    "ru": facts(
        "ru",
        "Рига Life",
        ("Анна Озола", "имплантолог клиники Zobi", "Установила 3 000 имплантов"),
        ("Марина", "описание канала"),
        "40 человек спросили, сколько стоит лечение, и ответа не получили",
        [
            ("Имплант или мост: 7 вопросов, прежде чем платить", "Что входит в цену. Где доплачивают."),
            ("Второе мнение стоматолога", "Когда оно экономит тысячу евро. Когда оно лишнее."),
        ],
        "Таблица «что входит в цену», без регистрации",
    ),
    "el": facts(
        "el",
        "Riga Life",
        ("Άννα Όζολα", "οδοντίατρος εμφυτευμάτων στη Zobi", "Έχω τοποθετήσει 3.000 εμφυτεύματα."),
        ("Μαρίνα", "περιγραφή του καναλιού"),
        "40 άτομα ρώτησαν πόσο κοστίζει η θεραπεία και δεν πήραν απάντηση",
        [
            ("Εμφύτευμα ή γέφυρα: 7 ερωτήσεις πριν πληρώσετε", "Τι περιλαμβάνει η τιμή. Πού κρύβονται τα έξτρα."),
            ("Η δεύτερη γνώμη του οδοντιάτρου", "Πότε εξοικονομεί χίλια ευρώ. Πότε περισσεύει."),
        ],
        "Ένας πίνακας τιμών, χωρίς εγγραφή",
    ),
    "lv": facts(
        "lv",
        "Rīga Life",
        ("Anna Ozola", "implantoloģe klīnikā „Zobi”", "Esmu ievietojusi 3000 implantu."),
        ("Marina", "kanāla apraksts"),
        "40 cilvēki jautāja, cik maksā ārstēšana, un atbildi nesaņēma",
        [
            ("Implants vai tilts: 7 jautājumi pirms maksāšanas", "Ko ietver cena. Kur slēpjas piemaksas."),
            ("Zobārsta otrais viedoklis", "Kad tas ietaupa tūkstoš eiro. Kad tas ir lieks."),
        ],
        "Cenu tabula bez reģistrācijas",
    ),
    "hy": facts(
        "hy",
        "Ռիգա Life",
        ("Աննա Օզոլա", "«Զոբի» կլինիկայի իմպլանտոլոգ", "Տեղադրել եմ 3000 իմպլանտ։"),
        ("Մարինա", "ալիքի նկարագրություն"),
        "40 մարդ հարցրել էր, թե որքան արժե բուժումը, և պատասխան չէր ստացել",
        [
            ("Իմպլանտ, թե կամրջակ. 7 հարց վճարելուց առաջ", "Ի՞նչ է ներառում գինը։ Որտե՞ղ են հավելավճարները։"),
            ("Ատամնաբույժի երկրորդ կարծիքը", "Երբ է այն խնայում հազար եվրո։ Երբ է ավելորդ։"),
        ],
        "Գների աղյուսակ՝ առանց գրանցման",
    ),
}
