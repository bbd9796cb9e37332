from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.clean import BoilerplateRules, clean, load_rules, tidy
from kg.datafiles import load_data_files
from kg.errors import DataError

RULES = load_rules(load_data_files())

STORY = (
    "Premier Ada Okoro met President Ivo Lund in Velm on Tuesday to discuss the sale of drones.",
    "Both countries want to sign a contract before the winter, officials said after the meeting.",
    "The opposition called the plan dangerous and asked parliament to stop it.",
)


def cleaned(*paragraphs: str, title: str | None = None) -> list[str]:
    return list(clean("\n\n".join(paragraphs), RULES, title).paragraphs)


def survives(paragraph: str) -> bool:
    """Whether a paragraph in the middle of a story is kept as it is."""
    return paragraph in cleaned(*STORY[:2], paragraph, STORY[2])


BOILERPLATE = [
    # notices and page furniture
    "Advertisement",
    "ADVERTISEMENT",
    "— Advertisement —",
    "Article continues below advertisement",
    "Skip to main content",
    "5 min read",
    "Reading time: 4 minutes",
    "3 hours ago",
    "1,204 views",
    "Listen to this article",
    "Share this article",
    "Share this:",
    "Copy link",
    "Back to top ↑",
    "We use cookies to improve your experience on our site. By continuing you agree to their use.",
    "Your email address will not be published. Required fields are marked *",
    "Save my name, email, and website in this browser for the next time I comment.",
    "Please enable JavaScript to view the comments.",
    "This article was originally published in The Harbour Post on 3 May 2022.",
    "The views expressed in this article are the author's own and do not reflect those of this newspaper.",
    "© 2022 Reuters. All rights reserved",
    "© The Harbour Post",
    "Copyright 2023 NewsNow Ltd.",
    "Copyright © The Harbour Post",
    # teasers
    "See also  Singer 'Tiny' Explains How He Learned to Fly",
    "See also: Storm hits the coast",
    "Read more: Grain prices rise after port closure",
    "READ MORE | Grain prices rise after port closure",
    "Read more from Channel Nine Pro",
    "Also read: Why the minister resigned",
    "Related: Ferry sinks off Amber.",
    "RELATED – Ferry sinks off Amber",
    "WATCH: Premier arrives in Velm",
    "» Read also: What we know about the ferry",
    # prompts
    "Sign up for our daily newsletter",
    "Sign up here for the Morning Post newsletter and never miss a story.",
    "Subscribe to our YouTube channel",
    "Follow us on Twitter",
    "Follow us on Facebook, Twitter and Instagram for the latest updates.",
    "Download our app from the App Store or Google Play",
    "Get the latest news delivered to your inbox every morning.",
    "Join our Telegram channel",
    "Click here to read the full report",
    "Already a subscriber? Log in",
    # share bars and menus
    "Facebook Twitter WhatsApp",
    "Facebook | Twitter | Email | Print",
    "Home | World | Politics | Business",
    "Home News Sport Opinion Contact us",
    # bylines, stamps, tags
    "By Jane Smith",
    "By Jane Smith and John Doe in Washington",
    "BY JANE SMITH",
    "By Jane Smith, Political Correspondent",
    "By Jane Smith | Reuters",
    "By Reuters",
    "By The Associated Press",
    "by Staff Writer",
    "By our world desk · July 21, 2022 · 2 min read",
    "By Mary O’Neil, Ahmed al-Sayed and Jan van der Berg",
    "Reporting by Ann Lee; Editing by Bo Ek",
    "(Reporting by Ann Lee and Bo Ek in Velm; writing by Cy Roe; editing by Di Fox)",
    "Additional reporting by Ann Lee",
    "With inputs from agencies",
    "Updated: July 20, 2022 10:15 GMT",
    "Published 20 July 2022",
    "Published Thu, Jul 21 2022 3:00 AM EDT",
    "Last updated on 20/07/2022 at 14:05",
    "Posted on July 20, 2022 by Jane Smith",
    "Jane Smith | AFP | 20 July 2022",
    "Tags: Okoria, Velm, drones",
    "Filed under: World, Diplomacy",
    # picture credits
    "Marta Weiss | AFP | Good pictures",
    "Marta Weiss | AFP | Getty Images",
    "Getty Images",
    "AFP via Getty Images",
    "REUTERS/Marta Weiss",
    "REUTERS/Marta Weiss/File Photo",
    "AP Photo/Nils Roe",
    "(AP Photo/Nils Roe)",
    "Nils Roe/AP",
    "Photo: Reuters",
    "Photo by Nils Roe",
    "Photo by Nils Roe/Getty Images",
    "Photograph: Lars Berg/Reuters",
    "Image credit: Nils Roe",
    "Image source, Getty Images",
    "(photo credit: REUTERS)",
    "Credit...Nils Roe for The Ledger",
    "Source: Reuters",
    "dr/ch (AFP, dpa)",
    "https://harbour.example/2022/07/okoro",
    "___",
    "* * *",
    "Published On 3 Jun 2022\n3 Jun 2022",
    "Sign up for Harbour Post",
    "Associated Press writers Bo Ek in Velm and Cy Roe contributed to this report.",
    "Source: Harbour Post and news agencies",
    "@harbourpost",
    "This article is more than 2 years old",
    "Our Standards: The Thomson Reuters Trust Principles., opens new tab",
    "CLICK HERE TO GET THE HARBOUR NEWS APP",
    "To view this video please enable JavaScript, and consider upgrading to another browser.",
    "Courtesy of Velm Shipyard",
]

STORYTELLING = [
    # the same words in sentences
    "By Monday, troops had taken the harbour and the two bridges behind it.",
    "By July 2022 Okoria had bought ten ferries",
    "By contrast, Larvania wants to keep the embargo.",
    "By then Premier Okoro had left the country.",
    "By meeting Lund, Okoro broke a promise",
    "Share prices fell after the talks.",
    "Share and share alike, the minister said.",
    "Subscribe to that theory, he warned, and you will find no peace.",
    "Advertisement revenues fell by a third, the newspaper said.",
    "Readers should see also the report of 2019, which found no evidence of fraud.",
    "Watch the border closely, Lund told his officers.",
    "Related charges against two ministers were dropped on Friday.",
    "More than 200 people were arrested, police said.",
    "More: the minister also lost his seat in the cabinet, which he had held since the spring of 2011 under"
    " two premiers and three presidents, before the party turned against him over the ferries and the grain"
    " treaty, as his own office confirmed.",
    "Sign up or leave, recruiters told students.",
    "Follow the money, said the prosecutor.",
    "Get the troops out, she demanded.",
    "Download speeds fell across Okoria after the attack.",
    "Photo evidence showed that the ship had been hit.",
    "Photo by photo, investigators rebuilt the night of the attack.",
    "Image is everything to Lund, his aides say.",
    "Reuters reported on Monday that Okoria had bought ten ferries.",
    "Reporting by the newspaper showed that the minister had lied.",
    "Editing by the ministry changed the text beyond recognition, the editor said.",
    "Published reports say that Okoro will resign.",
    "Updated figures show that 40 people died.",
    "Copyright law was changed on Monday.",
    "Topics: the leaders spoke about grain, ferries and drones.",
    "Source: “We never had any drones.”",
    "Comments by the premier angered Larvania.",
    "Tags on the drones showed where they had been built.",
    "“We use cookies to track them,” the spy chief said.",
    "Home Minister Tom Reed resigned.",
    "World leaders meet in Velm",
    "Twitter and Facebook were blocked",
    "Okoria, Larvania and Velm",
    # the parts of an article that look like furniture
    "Growing ties",
    "Interest in drones",
    "A cold pipeline",
    "Peter Holm",
    "Senior Fellow, Northern Institute",
    "They have to spin it as a success.",
    "“It was us.”",
    "No.",
    "14:05",
    "14:05 — Okoro has arrived at the conference hall.",
    "2.15pm: ships are waiting outside the harbour",
    "July 19, 2022",
    "MOSCOW (AP) — Okoro arrived on Monday.",
    "WASHINGTON, July 20 (Reuters) - Okoro arrived on Monday.",
    "March 2021: Okoro visits Velm.",
    "Okoro told Larvania’s state news agency (TASS)",
    "He works for the Associated Press (AP)",
    "Okoro, left, and Lund in Velm (the capital of Larvania)",
    "Lund's party (the largest in parliament, Reuters reported)",
    "Minister of Foreign Affairs",
    "Did you offer drones to Okoria?",
    "yes or no",
    "(c) Okoria shall return the ferries by the end of the year.",
    "Author Sam Oduya in Velm",
    "Also: Okoro has bought ten ferries.",
    "FILES on the drones were burnt, she said.",
]


@pytest.mark.parametrize("paragraph", BOILERPLATE)
def test_boilerplate_goes(paragraph: str) -> None:
    assert cleaned(*STORY[:2], paragraph, STORY[2]) == list(STORY)


@pytest.mark.parametrize("paragraph", STORYTELLING)
def test_the_story_stays(paragraph: str) -> None:
    assert survives(tidy(paragraph))


CAPTIONS = [
    ("Okoro greets Lund. Marta Weiss | AFP | Getty Images", "Okoro greets Lund."),
    ("Okoro greets Lund on July 19, 2022 (photo credit: REUTERS)", "Okoro greets Lund on July 19, 2022"),
    ("OKORO GREETS Lund in Velm (credit: SPUTNIK/REUTERS)", "OKORO GREETS Lund in Velm"),
    ("Okoro greets Lund. (Photo: Reuters)", "Okoro greets Lund."),
    ("Okoro greets Lund. AP Photo/Nils Roe", "Okoro greets Lund."),
    ("Okoro greets Lund. REUTERS/Marta J. Weiss/File Photo", "Okoro greets Lund."),
    ("Okoro greets Lund. [File: Bo Ek/Reuters]", "Okoro greets Lund."),
    ("Okoro greets Lund (Nils Roe/AP)", "Okoro greets Lund"),
    ("Okoro greets Lund.Credit...Nils Roe for The Ledger", "Okoro greets Lund."),
    ("Okoro greets Lund. Photograph: Lars Berg/Reuters", "Okoro greets Lund."),
    (
        "Okoro greets Lund. (Photo by Nils Roe / AFP) (Photo by NILS ROE/AFP via Getty Images)",
        "Okoro greets Lund.",
    ),
    ("Okoro greets Lund in Velm (AFP)", "Okoro greets Lund in Velm"),
    ("Image caption, Okoro greets Lund in Velm", "Okoro greets Lund in Velm"),
    ("FILE PHOTO: Okoro greets Lund. REUTERS/Nils Roe/File Photo", "Okoro greets Lund."),
    ("FILE - Okoro greets Lund. (AP Photo/Nils Roe, File)", "Okoro greets Lund."),
    (
        "[1/3] Okoro greets Lund. REUTERS/Nils Roe Acquire Licensing Rights, opens new tab",
        "Okoro greets Lund.",
    ),
    ("1 of 3 | Okoro greets Lund.", "Okoro greets Lund."),
    ("Okoro, opens new tab, greets Lund (opens in a new window).", "Okoro, greets Lund."),
    ("1 of 3 ships was hit.", "1 of 3 ships was hit."),
    ("Filed under protest: Okoro’s complaint", "Filed under protest: Okoro’s complaint"),
    ("Okoro greets Lund. pic.twitter.com/a1B2c3", "Okoro greets Lund."),
    ("Okoro greets Lund in Velm (right)", "Okoro greets Lund in Velm (right)"),
    ("Okoro greets Lund. Reuters was told to leave", "Okoro greets Lund. Reuters was told to leave"),
    ("Okoro greets Lund of the Associated Press (AP)", "Okoro greets Lund of the Associated Press (AP)"),
]


@pytest.mark.parametrize(("caption", "expected"), CAPTIONS)
def test_captions_lose_their_credit_only(caption: str, expected: str) -> None:
    assert cleaned(*STORY, caption) == [*STORY, expected]


def test_a_caption_that_comes_twice_stays_once() -> None:
    caption = "Okoro shakes hands with Lund during a meeting in Velm on July 19, 2022"
    text = f"{STORY[0]}\n\n{caption} (photo credit: REUTERS)\n{caption}\n(photo credit: REUTERS)\n\n{STORY[1]}"
    assert list(clean(text, RULES).paragraphs) == [STORY[0], caption, STORY[1]]


def test_short_answers_may_come_twice() -> None:
    interview = ["Will you sell drones?", "No.", "Will you sell ferries?", "No.", *STORY]
    assert cleaned(*interview) == interview


def test_a_list_of_teasers_goes_with_its_heading() -> None:
    teasers = ["Related stories", "Storm hits the coast", "Why the minister resigned", "Singer wins prize"]
    assert cleaned(STORY[0], *teasers, STORY[1]) == [STORY[0], STORY[1]]


def test_comments_of_readers_end_the_article() -> None:
    below = ["2 Comments", "Bob says:", "Okoro should fly to Mars.", "Leave a Reply", "Name *"]
    assert cleaned(*STORY, *below) == list(STORY)


def test_a_heading_of_comments_does_not_end_an_article_that_has_not_begun() -> None:
    assert cleaned("Talks in Velm", "Comments", *STORY) == ["Talks in Velm", *STORY]


def test_menus_of_a_line_per_item_go() -> None:
    menu = ["Home", "World", "Gull Island", "Business", "Sign in"]
    assert cleaned(*menu, *STORY, "Facebook", "Twitter", "WhatsApp") == list(STORY)


def test_the_first_paragraph_may_begin_like_a_teaser() -> None:
    assert cleaned("Watch: Okoro arrives in Velm", *STORY)[0] == "Watch: Okoro arrives in Velm"


def test_a_date_below_the_headline_goes_and_one_in_a_chronicle_stays() -> None:
    chronicle = ["Two years of talks", "July 20, 2022", STORY[0], "March 3, 2021", STORY[1]]
    assert cleaned(*chronicle) == ["Two years of talks", STORY[0], "March 3, 2021", STORY[1]]


def test_bylines_above_the_text_go_and_names_below_quotes_stay() -> None:
    name, role = "Mary Adeyemi", "Diplomatic correspondent"
    assert cleaned("Okoro visits Velm", name, role, *STORY) == ["Okoro visits Velm", *STORY]
    assert cleaned("Okoro visits Velm", *STORY, name, role) == ["Okoro visits Velm", *STORY, name, role]


def test_a_dateline_on_its_own_line_opens_its_sentence() -> None:
    assert cleaned("Okoro visits Velm", "MOSCOW (AP) —", *STORY)[1] == f"MOSCOW (AP) — {STORY[0]}"


TITLES = [
    (["Okoro visits Velm", *STORY], "Okoro visits Velm"),
    (STORY, "Okoro visits Velm"),
    (["OKORO VISITS VELM", *STORY], "Okoro visits Velm"),
    (["Okoro visits Velm - analysis", *STORY], "Okoro visits Velm"),
    (["Okoro visits Velm", *STORY], "Okoro visits Velm | The Harbour Post"),
    ([STORY[0], "Okoro visits Velm", *STORY[1:]], "Okoro visits Velm"),
    (STORY, "Share this article"),
]


@pytest.mark.parametrize(("paragraphs", "title"), TITLES)
def test_the_title_comes_first_and_once(paragraphs: list[str], title: str) -> None:
    assert cleaned(*paragraphs, title=title) == [title, *STORY]


def test_a_heading_that_says_more_than_the_title_stays() -> None:
    assert cleaned("Okoro visits Velm in spring", *STORY, title="Okoro visits Velm")[1] == "Okoro visits Velm in spring"


def test_what_goes_is_told_with_the_rule() -> None:
    result = clean("\n\n".join([*STORY, "Read more: Storm hits the coast", "Okoro in Velm. (Photo: Reuters)"]), RULES)
    assert [(removed.text, removed.rule) for removed in result.removed] == [
        ("Read more: Storm hits the coast", "read-more"),
        ("(Photo: Reuters)", "credit"),
    ]


WRAPPED = """\
Premier Ada Okoro met President Ivo Lund in Velm on Tuesday to discuss
the sale of drones. Both countries want to sign a contract before the
winter, officials said after the meeting.

The opposition called the plan dangerous and asked parliament to stop
it before the end of the year.
"""
LAYOUTS = [
    (
        WRAPPED,
        [
            "Premier Ada Okoro met President Ivo Lund in Velm on Tuesday to discuss the sale of drones. Both"
            " countries want to sign a contract before the winter, officials said after the meeting.",
            "The opposition called the plan dangerous and asked parliament to stop it before the end of the year.",
        ],
    ),
    ("\n".join(STORY), list(STORY)),
    ("\r\n".join(STORY), list(STORY)),
    (
        "Okoro met Lund in Velm on Tuesday and went home\nat once, her office said.",
        ["Okoro met Lund in Velm on Tuesday and went home at once, her office said."],
    ),
    (
        "They want:\n- grain\n- ferries\n\n1. Okoro left.\n2. Lund stayed.",
        ["They want:", "grain", "ferries", "1. Okoro left.", "2. Lund stayed."],
    ),
    (
        "It is a success.\nPeter Holm\nSenior Fellow, Northern Institute",
        ["It is a success.", "Peter Holm", "Senior Fellow, Northern Institute"],
    ),
    (WRAPPED + "\nIt is a success.\nPeter Holm\nSenior Fellow, Northern Institute\n", None),
]


@pytest.mark.parametrize(("text", "expected"), LAYOUTS)
def test_wrapped_lines_are_joined_and_other_lines_are_paragraphs(text: str, expected: list[str] | None) -> None:
    paragraphs = list(clean(text, RULES).paragraphs)
    if expected is None:
        assert paragraphs[2:] == ["It is a success.", "Peter Holm", "Senior Fellow, Northern Institute"]
    else:
        assert paragraphs == expected


SPELLINGS = [
    ("\ufeffOkoro\u00a0met\tLund", "Okoro met Lund"),
    ("Oko\u200bro \u202emet\u202c  Lund\u00ad", "Okoro met Lund"),
    ("Erdog\u0306an said", "Erdoğan said"),
    ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
    ("“Okoro’s” – ‘Lund’ — …", "“Okoro’s” – ‘Lund’ — …"),
    ("bell\x07 and nul\x00", "bell and nul"),
]


@pytest.mark.parametrize(("text", "expected"), SPELLINGS)
def test_characters(text: str, expected: str) -> None:
    assert tidy(text) == expected


# The same examples in every run, however slow the machine.
UNHURRIED = settings(deadline=None, derandomize=True)
LINES = st.one_of(
    st.sampled_from([*BOILERPLATE, *STORYTELLING, *STORY, *(caption for caption, _ in CAPTIONS)]),
    st.sampled_from(["Related", "Tags", "Comments", "Home", "World", "Facebook", "July 19, 2022", "Storm hits coast"]),
    st.text(max_size=80),
)


@UNHURRIED
@given(st.lists(LINES, max_size=12), st.sampled_from(["\n", "\n\n", "\r\n"]), st.none() | LINES)
def test_cleaning_twice_changes_nothing(lines: list[str], separator: str, title: str | None) -> None:
    once = clean(separator.join(lines), RULES, title)
    twice = clean(once.text, RULES, title)
    assert twice.text == once.text


@UNHURRIED
@given(st.text())
def test_no_control_characters_and_no_empty_paragraph(text: str) -> None:
    result = clean(text, RULES).text
    assert not {unicodedata.category(character) for character in result.replace("\n", "")} & {"Cc", "Cs"}
    assert result == result.strip()
    assert "\n\n\n" not in result
    assert "\n" not in result.replace("\n\n", "")


@UNHURRIED
@given(st.text())
def test_tidying_twice_changes_nothing(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


def test_without_rules_only_repetitions_and_copyright_lines_go() -> None:
    text = "\n\n".join([*STORY, "Advertisement", STORY[0], "© 2022 Example"])
    assert clean(text, BoilerplateRules()).paragraphs == (*STORY, "Advertisement")


HEADER = "@prefix kg: <https://w3id.org/newskg/ontology#> . @prefix lex: <https://w3id.org/newskg/lexicon/> .\n"


def test_a_file_of_ones_own_adds_replaces_and_switches_off_entries(tmp_path: Path) -> None:
    (tmp_path / "mine.ttl").write_text(
        HEADER
        + 'lex:gull a kg:Notice ; kg:phrase "The gull has landed" .\n'
        + 'lex:advertisement kg:phrase "" .\nlex:see-also kg:phrase "Kijk ook" .',
        encoding="utf8",
    )
    rules = load_rules(load_data_files(tmp_path))
    text = "\n\n".join([*STORY, "The Gull has landed.", "Advertisement", "Kijk ook: Storm", "See also: Storm"])
    assert clean(text, rules).paragraphs == (*STORY, "Advertisement", "See also: Storm")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ('lex:x kg:phrase "Oops" .', "no known class"),
        ('lex:x a kg:Notce ; kg:phrase "Oops" .', "no known class"),
        ('lex:x a kg:Notice ; kg:phrase "…" .', "starts with a letter"),
    ],
)
def test_wrong_word_lists_are_told_in_one_line(tmp_path: Path, content: str, problem: str) -> None:
    (tmp_path / "wrong.ttl").write_text(HEADER + content, encoding="utf8")
    with pytest.raises(DataError, match=problem) as caught:
        load_rules(load_data_files(tmp_path))
    assert "\n" not in str(caught.value)
    assert "lexicon/x: " in str(caught.value)


ARTICLES = Path(__file__).parent.parent.parent / "shared" / "articles"


@pytest.mark.skipif(not ARTICLES.is_dir(), reason="the real articles are not part of the project")
@pytest.mark.parametrize(
    ("name", "kept", "gone"),
    [
        (
            "000*.txt",
            ["John Drennan\n", "Senior Program Officer", "Interest in Iranian", "on July 19, 2022."],
            ["See also", "Good pictures", "Leave a Reply", "email address"],
        ),
        (
            "004*.txt",
            ["Growing Russia-Iran ties", "October 1, 2019", "in September", "- analysis"],
            ["REUTERS", "SPUTNIK"],
        ),
    ],
)
def test_real_articles(name: str, kept: list[str], gone: list[str]) -> None:
    path = next(ARTICLES.glob(name))
    text = clean(path.read_text(encoding="utf8"), RULES).text
    assert [words for words in kept if words not in text] == []
    assert [words for words in gone if words in text] == []
    assert text.count("in September") <= 1
    assert text.count("October 1, 2019") <= 1
