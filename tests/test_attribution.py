"""Who said it: the speaker of each statement, and statements that nobody but the article makes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.attribution import find_attributions
from kg.coref import resolve_coreference
from kg.mentions import find_candidates
from kg.parse import Parser
from kg.resources import Resources

Statements = Callable[..., list[str]]
SAID = "Iran attacked Iraq; by Burns"
QUOTED = "Iran attacked Iraq; by Burns (quote)"
PLAIN = "Iran attacked Iraq"


@pytest.mark.parametrize(
    "text, expected",
    [
        # Indirect speech: before, after, in between, with and without "that", in relative clauses and headlines.
        ("Burns said that Iran attacked Iraq.", [SAID]),
        ("Burns says Iran attacked Iraq.", [SAID]),
        ("Iran attacked Iraq, says Burns", [SAID]),
        # A surname that is a common word stays one in a headline: the model takes these burns for wounds.
        ("Iran attacked Iraq: Macron", ["Iran attacked Iraq; by Macron"]),
        ("Burns, who says Iran attacked Iraq, left.", [SAID]),
        ("Burns insists that Iran attacked Iraq.", [SAID]),
        ("According to Burns, Iran attacked Iraq.", [SAID]),
        ("In Burns's words, Iran attacked Iraq.", [SAID]),
        ("The reports show that Iran attacked Iraq.", ["Iran attacked Iraq; by reports"]),
        # Speech nouns.
        ("Burns made the claim that Iran attacked Iraq.", [SAID]),
        ("Burns's claim that Iran attacked Iraq was heard.", [SAID]),
        # Direct speech, over sentences and paragraphs, with any verb beside it.
        ('"Iran attacked Iraq yesterday," Burns barked.', ["Iran attacked Iraq; time 2022-07-19; by Burns (quote)"]),
        ('"I think Iran attacked Iraq," Burns said.', [QUOTED]),
        (
            '"Iran attacked Iraq in the north," Burns said. "Iraq attacked Syria as well."',
            [QUOTED, "Iraq attacked Syria; by Burns (quote)"],
        ),
        (
            'Burns spoke. "Iran attacked Iraq in the north," he said.\n\n"Iraq attacked Syria in the south."',
            [QUOTED, "Iraq attacked Syria; by Burns (quote)"],
        ),
        (
            '"Iran attacked Iraq.\n\n"Iraq attacked Syria," Burns said.',
            [QUOTED, "Iraq attacked Syria; by Burns (quote)"],
        ),
        ('Burns went on to say:\n\n"Iran attacked Iraq and Syria."', [QUOTED, "Iran attacked Syria; by Burns (quote)"]),
        # Nested: the innermost speaker.
        ("Burns said Kirby had told reporters that Iran attacked Iraq.", ["Iran attacked Iraq; by Kirby"]),
        # A second reporting verb keeps the first one's subject.
        (
            "Burns says Iran may attack Iraq, but insists Turkey supports Iran.",
            ["Iran attacked Iraq; possible; by Burns", "Turkey supports Iran; by Burns"],
        ),
        # What one is accused of is the accuser's claim; what is criticised or wanted isn't anybody's.
        ("Burns accused Iran of attacking Iraq.", ["Burns accused Iran", SAID]),
        ("Burns wants Iran to attack Iraq.", ["Iran attacked Iraq; desired"]),
        ("Burns criticized the attack on Iraq by Iran.", None),
        # The article's own voice.
        ("Burns praised Kirby. Iran attacked Iraq.", ["Burns praised Kirby", PLAIN]),
        ('"We are friends now," Burns said. Iran attacked Iraq.', [PLAIN]),
        ("Burns wrote “The Art of War and Peace”. Iran attacked Iraq.", [PLAIN]),
    ],
)
def test_who_said_it(text: str, expected: list[str] | None, statements: Statements) -> None:
    found = [line for line in statements(text) if "accused Iran" not in line]
    if expected is None:
        assert not [line for line in found if "; by " in line]
    else:
        assert found == [line for line in expected if "accused Iran" not in line]


@pytest.mark.parametrize(
    "text, speaker, content",
    [
        ("Burns called for the release of the sailors.", "Burns", "the release of the sailors"),
        ("Burns endorsed Kirby.", "Burns", "Kirby"),
        ("Burns told reporters that he was tired.", "Burns", "that he was tired"),
        ("Burns said it was a gift — a box of soap.", "Burns", "it was a gift"),
        ("She announced the closure of the school.", "She", "the closure of the school"),
        ("Her support for the plan was known.", "Her", "the plan"),
        ("The dog ate the sausage.", None, None),
        ("You know the weather was fine.", None, None),
        ("Burns walked to the office on Monday.", None, None),
    ],
)
def test_what_is_said_wanted_or_judged(
    text: str, speaker: str | None, content: str | None, parser: Parser, resources: Resources
) -> None:
    doc = parser.parse(text)
    candidates = find_candidates(doc, resources.words)
    discourse = resolve_coreference(doc, candidates, resources.words, resources.ontology, None)
    found, _ = find_attributions(doc, discourse, resources.lexicon)
    expected = [] if speaker is None else [(speaker, content)]
    spans = [(doc[a.speaker].text, doc[min(a.content) : max(a.content) + 1].text) for a in found]
    assert spans == expected
