"""Extraction, text in, statements out: nothing that is listed may be missing, nothing else may come out.

The articles are of Wednesday 20 July 2022. `said` is left out where it isn't the point.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from benchmarks.quality.suite import read_rows
from kg.model import Extraction

Statements = Callable[..., list[str]]
TEXTS = [row.text for row in read_rows()]

RELATIONS = [
    ("Putin met Raisi in Tehran on Tuesday.", ["Putin met Raisi; place Tehran; time 2022-07-19"]),
    ("Putin met with Erdogan.", ["Putin met Erdogan"]),
    ("Macron and Scholz met in Paris.", ["Macron met Scholz; place Paris"]),
    ("Putin shook hands with Raisi.", ["Putin met Raisi"]),
    ("Raisi was received by Putin.", ["Putin met Raisi"]),
    ("Biden visited Israel.", ["Biden visited Israel"]),
    ("Biden arrived in Israel on Wednesday.", ["Biden visited Israel; time 2022-07-20"]),
    ("Blinken spoke with Lavrov by phone on Friday.", ["Blinken spokeWith Lavrov; time 2022-07-15"]),
    ("Talks between Armenia and Azerbaijan were held in Brussels.", ["Armenia spokeWith Azerbaijan; place Brussels"]),
    ("Iran supplies Russia with drones.", ["Iran supplies Russia; theme drones"]),
    ("Iran supplied drones to Russia.", ["Iran supplies Russia; theme drones"]),
    ("Russia buys drones from Iran.", ["Russia buys Iran; theme drones"]),
    ("Russia bought drones.", ["Russia buys drones"]),
    ("France sold tanks to Morocco.", ["France sells Morocco; theme tanks"]),
    ("Tanks were sold to Morocco by France.", ["France sells Morocco; theme tanks"]),
    ("China supports Pakistan.", ["China supports Pakistan"]),
    ("Poland accused Belarus of fraud.", ["Poland accused Belarus; theme fraud"]),
    ("Canada sanctioned Belarus.", ["Canada sanctioned Belarus"]),
    ("The United States imposed sanctions on Iran.", ["United States sanctioned Iran"]),
    ("North Korea threatened Japan.", ["North Korea threatened Japan"]),
    ("Russian troops attacked Mariupol.", ["Russian troops attacked Mariupol"]),
    ("Turkey launched an attack on Syria.", ["Turkey attacked Syria"]),
    ("India cooperates with Vietnam.", ["India cooperatesWith Vietnam"]),
    ("Serbia signed an agreement with Hungary.", ["Serbia signedAgreementWith Hungary; theme agreement"]),
    ("Egypt asked Ethiopia for help.", ["Egypt requested Ethiopia; theme help"]),
    ("Ukraine requested weapons from Germany.", ["Ukraine requested Germany; theme weapons"]),
    ("Hungary rejected the proposal.", ["Hungary rejected proposal"]),
    ("Russia and Iran need each other.", ["Iran needs Russia", "Russia needs Iran"]),
    ("Russia and Iran are rivals.", ["Russia rivalOf Iran"]),
]  # fmt: skip

STATES = [
    ("Iranian President Ebrahim Raisi left.", ["Ebrahim Raisi holdsOffice Iran; theme president"]),
    ("Raisi, the president of Iran, left.", ["Ebrahim Raisi holdsOffice Iran; theme president"]),
    ("Turkey's president, Recep Tayyip Erdogan, left.", ["Recep Tayyip Erdogan holdsOffice Turkey; theme president"]),
    ("CIA Director William Burns left.", ["William Burns leads CIA; theme director"]),
    (
        "National Security Council spokesman John Kirby left.",
        ["John Kirby speaksFor National Security Council; theme spokesman"],
    ),
    (
        "John Drennan, a senior program officer at the US Institute of Peace, left.",
        ["John Drennan worksFor US Institute of Peace; theme senior program officer"],
    ),
    (
        "Putin met with Iranian President Ibrahim Raisi and Supreme Leader Ayatollah Ali Khamenei.",
        ["Ebrahim Raisi holdsOffice Iran; theme president", "Putin met Ali Khamenei", "Putin met Ebrahim Raisi"],
    ),
    ("Raisi welcomes Putin", ["Raisi met Putin"]),
    ("Raisi welcomed the decision.", ["Raisi praised decision"]),
    ("The aim was to discuss Syria's future with Iran.", []),
    ("Yerevan is the capital of Armenia.", ["Yerevan capitalOf Armenia"]),
    ("They met in Yerevan, Armenia.", ["Yerevan locatedIn Armenia"]),
    ("Finland joined NATO.", ["Finland joined NATO"]),
    ("Turkey is a member of NATO.", ["Turkey memberOf NATO"]),
    # What is over is over by the day of the article.
    ("Former French President Nicolas Sarkozy left.", ["Nicolas Sarkozy holdsOffice France; theme president; time ..2022-07-20"]),
]  # fmt: skip

FACTUALITY = [
    ("Iran does not supply Russia with drones.", ["Iran supplies Russia; theme drones; negative"]),
    ("Israel never attacked Jordan.", ["Israel attacked Jordan; negative"]),
    ("Moscow may buy Iranian drones.", ["Russia buys Iranian drones; possible"]),
    ("Russia will supply Syria with wheat.", ["Russia supplies Syria; theme wheat; future"]),
    ("Russia plans to buy drones.", ["Russia buys drones; future"]),
    ("Russia wants to buy drones.", ["Russia buys drones; desired"]),
    ("Germany refused to sell tanks to Poland.", ["Germany rejected Poland", "Germany sells Poland; theme tanks; negative"]),
    ("Did Iran attack Iraq?", ["Iran attacked Iraq; possible"]),
    ("If Iran attacks Iraq, Turkey will leave.", ["Iran attacked Iraq; possible"]),
    ("Iran reportedly attacked Iraq.", ["Iran attacked Iraq; possible"]),
    ("Putin to visit Turkey", ["Putin visited Turkey; future"]),
]  # fmt: skip

ATTRIBUTION = [
    ("Burns said Russia needs Iran.", ["Russia needs Iran; by Burns"]),
    ("Russia needs Iran, Burns said.", ["Russia needs Iran; by Burns"]),
    ('"Russia needs Iran now," Burns said.', ["Russia needs Iran; by Burns (quote)"]),
    ("According to Burns, Russia needs Iran.", ["Russia needs Iran; by Burns"]),
    ("Iran attacked Iraq, the White House said.", ["Iran attacked Iraq; by White House"]),
    ("The Kremlin denied that Russia had attacked Georgia.", ["Russia attacked Georgia; negative; by Kremlin"]),
    ("Moscow said it would not attack Ukraine.", ["Russia attacked Ukraine; negative; future; by Russia"]),
    # A quotation that runs over sentences has one speaker.
    (
        '"Russia needs Iran. Iran needs Russia," Burns said.',
        ["Iran needs Russia; by Burns (quote)", "Russia needs Iran; by Burns (quote)"],
    ),
    # A pull quote with the speaker's name and title on the lines below.
    (
        "I think Russia needs Iran.\n\nJohn Drennan\n\nSenior Program Officer, US Institute of Peace",
        [
            "John Drennan worksFor US Institute of Peace; theme senior program officer",
            "Russia needs Iran; by John Drennan",
        ],
    ),
    # The article's own voice goes on after a quotation.
    ('"We are friends," Putin said. Russia attacked Georgia.', ["Russia attacked Georgia"]),
]  # fmt: skip

NOTHING = [
    "The weather in Tehran was fine on Tuesday.",
    "Ebrahim Raisi, 61, is married.",
    "The band met its fans after the concert.",
    "Prices rose by three percent in July.",
    "It was a long way to Tipperary.",
    "The museum opens at nine.",
]


@pytest.mark.parametrize("text, expected", RELATIONS + STATES + FACTUALITY + ATTRIBUTION)
def test_statements(text: str, expected: list[str], statements: Statements) -> None:
    assert statements(text) == expected


@pytest.mark.parametrize("text", NOTHING)
def test_no_statement_between_named_actors(text: str, extract: Callable[..., Extraction]) -> None:
    found = extract(text)
    named = {e.id for e in found.entities if e.named}
    assert not [s for s in found.statements if s.subject in named and s.object in named and s.family != "LOCATION"]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Kirby told reporters that Putin is isolated.", ["Kirby said reporters"]),
        ("Drennan told CNBC on Wednesday that Russia is isolated.", ["Drennan said CNBC; time 2022-07-20"]),
        ("The ministry did not answer.", ["ministry said; negative"]),
        # Verbs that need not be speech are it with a clause, a quotation or somebody who is told.
        ("The mayor maintains that the dam is safe.", ["mayor said"]),
        ("The city maintains its roads with care.", []),
        ('"The dam is safe for now," the mayor continued.', ["mayor said"]),
        ("The union continues its work in the city.", []),
        ("The union will continue to build houses.", []),
        ("Kirby explained to reporters why the dam broke.", ["Kirby said reporters"]),
        ("The ministry's silence helps Kirby explain the delay.", []),
        ("Kirby repeated that the dam was safe.", ["Kirby said"]),
        ("The navy repeated the exercise.", []),
        ("Kirby wrote to Drennan.", ["Kirby said Drennan"]),
        ("Drennan wrote a novel.", []),
        ("The firm responded by closing its office.", []),
        ("Police responded to the fire.", []),
        ("The mayor responded that the dam was safe.", ["mayor said"]),
        ("The general will have to answer for the losses.", []),
        ("Mali is contending with floods.", []),
    ],
)
def test_what_is_said(text: str, expected: list[str], statements: Statements) -> None:
    assert statements(text, said=True) == expected


# --- Coreference and metonymy ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Putin landed. He met Raisi.", ["Vladimir Putin met Raisi"]),
        ("Vladimir Putin left. Putin met Raisi.", ["Vladimir Putin met Raisi"]),
        ("The Shanghai Cooperation Organisation (SCO) grew. Iran joined the SCO.", ["Iran joined Shanghai Cooperation Organisation"]),
        ("Russia and Iran talked. They need each other.", ["Iran needs Russia", "Russia needs Iran", "Russia spokeWith Iran"]),
        # A pronoun stands for what the verb takes: bought are the drones, not the officials.
        ("Officials saw Iranian drones. Russia bought them.", ["Russia buys Iranian drones"]),
        ("Iran, which sought support from Russia, now arms it with drones.", [
            "Iran requested Russia; theme support", "Iran supplies Russia; theme drones",
        ]),
        ("Putin met Raisi in July; in September, the two men met again.", [
            "Putin met Raisi; time 2021-09-01..2021-09-30", "Putin met Raisi; time 2022-07-01..2022-07-31",
        ]),
        # Who speaks on a website is its owner.
        ("The Kremlin's website says Iran attacked Iraq.", ["Iran attacked Iraq; by Kremlin"]),
        ("A spokesman announced the talks with Iran.", []),
        ("Iran praised Russia. The two countries need each other.", ["Iran needs Russia", "Iran praised Russia", "Russia needs Iran"]),
    ],
)  # fmt: skip
def test_who_is_meant(text: str, expected: list[str], statements: Statements) -> None:
    found = statements(text.replace("Putin landed", "Vladimir Putin slept"))
    assert found == expected


def test_counterparts_are_those_in_office(statements: Statements) -> None:
    text = (
        "Iranian President Ebrahim Raisi and Turkish President Recep Tayyip Erdogan slept. "
        "Vladimir Putin spoke with his Iranian and Turkish counterparts."
    )
    found = [s for s in statements(text) if "holdsOffice" not in s]
    assert found == ["Vladimir Putin spokeWith Ebrahim Raisi", "Vladimir Putin spokeWith Recep Tayyip Erdogan"]


def test_the_leader_is_known_by_country_role_and_date(statements: Statements) -> None:
    text = "Ebrahim Raisi slept. The Iranian president met Putin."
    assert statements(text, "2022-07-20") == ["Ebrahim Raisi met Putin"]
    assert statements("Hassan Rouhani slept. The Iranian president met Putin.", "2019-10-01") == [
        "Hassan Rouhani met Putin"
    ]
    # In 2019 the Iranian president was not Raisi.
    assert "Ebrahim Raisi met Putin" not in statements(text, "2019-10-01")


@pytest.mark.parametrize(
    "text, name, type_, country",
    [
        ("Moscow bought drones.", "Moscow", "Country", "RUS"),
        ("Putin met Raisi in Moscow.", "Moscow", "Place", "RUS"),
        ("The Kremlin denied the report.", "Kremlin", "Organization", "RUS"),
        ("Putin met Raisi at the Kremlin.", "Kremlin", "Place", "RUS"),
        ("Tehran attacked Iraq.", "Tehran", "Country", "IRN"),
        ("Iranian officials met Putin.", "Iranian officials", "Group", "IRN"),
        ("The Russians attacked Georgia.", "Russians", "Country", "RUS"),
        ("French Foreign Minister Catherine Colonna met Lavrov.", "Catherine Colonna", "Person", "FRA"),
    ],
)
def test_places_act_for_governments_and_are_places_elsewhere(
    text: str, name: str, type_: str, country: str, extract: Callable[..., Extraction]
) -> None:
    found = extract(text)
    mention = next(m for m in found.mentions if m.text.endswith(name))
    entity = next(e for e in found.entities if e.id == mention.entity)
    assert (entity.type, entity.country) == (type_, country)


def test_we_is_the_country_of_whoever_speaks_for_it(statements: Statements) -> None:
    text = '"We have very good relations with Iran," Russian President Vladimir Putin said.'
    assert statements(text) == [
        "Russia hasTiesWith Iran; by Vladimir Putin (quote)",
        "Vladimir Putin holdsOffice Russia; theme president",
    ]


# --- Time --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text, published, expected",
    [
        ("Putin met Raisi on July 19, 2022.", None, "Putin met Raisi; time 2022-07-19"),
        ("Putin met Raisi on Tuesday.", None, "Putin met Raisi; time .."),
        ("In the 1990s Iran attacked Iraq.", "2022-10-06", "Iran attacked Iraq; time 1990-01-01..1999-12-31"),
        ("Putin will meet Raisi on Friday.", "2022-07-20", "Putin met Raisi; time 2022-07-22; future"),
        # The date of publication is no event's date.
        ("Putin met Raisi.", "2022-07-20", "Putin met Raisi"),
        # A caption's date is its event's.
        (
            "Vladimir Putin shakes hands with Hassan Rouhani during a meeting in Yerevan October 1, 2019",
            "2022-10-06",
            "Vladimir Putin met Hassan Rouhani; place Yerevan; time 2019-10-01",
        ),
    ],
)
def test_times(text: str, published: str | None, expected: str, statements: Statements) -> None:
    assert expected in statements(text, published)


# --- The record holds together -----------------------------------------------------------------------


@pytest.mark.parametrize("text", [text for text, _ in RELATIONS + STATES + ATTRIBUTION])
def test_offsets_and_ids_hold(text: str, extract: Callable[..., Extraction]) -> None:
    found = extract(text)
    ids = [e.id for e in found.entities]
    assert ids == [f"e{n}" for n in range(1, len(ids) + 1)]
    for mention in found.mentions:
        assert text[mention.start : mention.end] == mention.text
        assert mention.entity in ids
    for statement in found.statements:
        used = [statement.subject, statement.object, statement.theme, statement.place, statement.attributed_to]
        assert {i for i in used if i is not None} <= set(ids)
        start, end = statement.sentence
        assert start <= statement.trigger.start < statement.trigger.end <= end
        assert all(0 <= s.start < s.end <= len(text) for s in statement.slots)
    assert len({s.id for s in found.statements}) == len(found.statements)


def test_an_empty_text_gives_nothing(extract: Callable[..., Extraction]) -> None:
    assert extract("").statements == ()
    assert extract("\n \n").mentions == ()


@pytest.mark.parametrize("seed", range(60))
def test_no_order_of_words_stops_an_extraction(seed: int, extract: Callable[..., Extraction]) -> None:
    """Texts of the suite cut, turned round and shuffled: what is said is open, but every one is read."""
    order = random.Random(seed)
    words = order.choice(TEXTS).split()
    at = order.randrange(len(words))
    for text in (words[at:], words[:at], words[at:] + words[:at], order.sample(words, len(words))):
        found = extract(" ".join(text))
        assert all(0 <= s.trigger.start < s.trigger.end <= len(found.document.text) for s in found.statements)
