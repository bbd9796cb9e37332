"""Parsing: offsets, sentences, tokens, trees, names, lemmas; input of every kind."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.errors import ModelError
from kg.parse import Parser, load_parser, paragraphs, predicates, sentence_bounds
from kg.parse.lemmas import agreed, stems
from kg.parse.names import allowed_transitions, best_tags, spans
from kg.parse.network import MAX_PIECES, batches, check_files
from kg.parse.trees import best_tree
from kg.resources import load_resources
from kg.syntax import phrase

MODEL = Path(__file__).parent.parent / "kg" / "data" / "model"


def sentences(parser: Parser, text: str) -> list[str]:
    doc = parser.parse(text)
    return [text[start:end] for start, end in sentence_bounds(doc)]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Putin met Raisi. They talked.", ["Putin met Raisi.", "They talked."]),
        # Abbreviations, initials and decimals don't end a sentence.
        ("Gen. Mark A. Milley met Mr. Burns.", ["Gen. Mark A. Milley met Mr. Burns."]),
        ("The U.S. President left. The U.S. He stayed.", ["The U.S. President left.", "The U.S.", "He stayed."]),
        ("Output fell 2.5 percent. Prices rose.", ["Output fell 2.5 percent.", "Prices rose."]),
        # Quotation marks belong to the sentence they close, and reporting clauses go on.
        ('"We agree." He left.', ['"We agree."', "He left."]),
        ('"We agree!" he said. It was late.', ['"We agree!" he said.', "It was late."]),
        ("“Yes.” “No.”", ["“Yes.”", "“No.”"]),
        # The number of a list item, a note's mark and initials in brackets end none.
        ("1. Putin met Raisi.\n\n2. He left.", ["1. Putin met Raisi.", "2. He left."]),
        ("No. Iran left. It was No. 5 of ten.", ["No.", "Iran left.", "It was No. 5 of ten."]),
        ("He left. [1] She stayed.", ["He left. [1]", "She stayed."]),
        ("It was [George H. W.] Bush in 88.", ["It was [George H. W.] Bush in 88."]),
        ("In 2022. Then it rose.", ["In 2022.", "Then it rose."]),
        # Lines without a full stop are sentences of their own.
        ("Talks in Tehran\n\nPutin met Raisi.", ["Talks in Tehran", "Putin met Raisi."]),
        ("A heading\nPutin met Raisi.", ["A heading", "Putin met Raisi."]),
        # A dateline is no part of the sentence after it.
        ("MOSCOW, July 20 (Reuters) — Russia agreed.", ["MOSCOW, July 20 (Reuters) —", "Russia agreed."]),
        # A line that was wrapped goes on.
        (
            "The two presidents discussed the war in Syria and trade for several\nhours on Tuesday.",
            ["The two presidents discussed the war in Syria and trade for several\nhours on Tuesday."],
        ),
    ],
)
def test_sentences(parser: Parser, text: str, expected: list[str]) -> None:
    assert sentences(parser, text) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("a pro-Beijing party", ["a", "pro-Beijing", "party"]),
        ("Russia-Iran ties", ["Russia", "-", "Iran", "ties"]),
        ("Putin’s 24-hour trip", ["Putin", "’s", "24", "-", "hour", "trip"]),
        ("They don't", ["They", "do", "n't"]),
        ("re-elected on 9/11", ["re-elected", "on", "9/11"]),
    ],
)
def test_tokens_are_those_of_the_treebanks(parser: Parser, text: str, expected: list[str]) -> None:
    assert [token.text for token in parser.parse(text)] == expected


@pytest.mark.parametrize(
    "text, verb, lemma, arguments",
    [
        ("Iran supplies Russia with drones.", "supplies", "supply", {"Iran": "ARG0"}),
        ("Putin met Raisi in Tehran.", "met", "meet", {"Putin": "ARG0", "Raisi": "ARG1", "Tehran": "ARGM-LOC"}),
        ("Drones were sold by Iran.", "sold", "sell", {"Drones": "ARG1", "Iran": "ARG0"}),
        ("Russia wants to buy drones.", "buy", "buy", {"Russia": "ARG0", "drones": "ARG1"}),
        (
            "Russia did not attack Finland.",
            "attack",
            "attack",
            {"Russia": "ARG0", "not": "ARGM-NEG", "Finland": "ARG1"},
        ),
    ],
)
def test_roles(parser: Parser, text: str, verb: str, lemma: str, arguments: dict[str, str]) -> None:
    doc = parser.parse(text)
    found = {doc[p.word].text: p for p in predicates(doc)}[verb]
    assert found.lemma == lemma
    assert found.roleset is not None
    assert found.roleset.startswith(lemma)
    roles = {doc[i].text: role for i, role in found.args}
    assert {word: roles.get(word) for word in arguments} == arguments


@pytest.mark.parametrize(
    "text",
    [
        "Peru's decision to recall its envoy to Chile for talks about fishing rights angered the exporters.",
        "Kenyan police said on Friday that they had arrested two men who sold stolen medicine to clinics.",
        "The visit by the Danish minister to Nuuk, which Greenland had asked for, was put off until spring.",
    ],
)
def test_a_predicate_has_only_roles_that_its_roleset_has(parser: Parser, text: str) -> None:
    found = predicates(parser.parse(text))
    listed = parser.model.decoder.inventory.core_roles
    core = [
        (p.roleset, role) for p in found for _, role in p.args if not role.startswith("ARGM") and role[3:].isdigit()
    ]
    assert len(core) >= 4
    assert all(role[3:] in listed[roleset] for roleset, role in core if roleset in listed)


def test_names_and_tree(parser: Parser) -> None:
    doc = parser.parse("Iranian President Ebrahim Raisi visited Moscow, the Kremlin said.")
    assert {e.text: e.label_ for e in doc.ents}["Ebrahim Raisi"] == "PERSON"
    assert {e.text: e.label_ for e in doc.ents}["Iranian"] == "NORP"
    visited = next(t for t in doc if t.text == "visited")
    assert visited.pos_ == "VERB"
    assert {c.text: c.dep_ for c in visited.children}["Moscow"] == "obj"


@pytest.mark.parametrize(
    "form, tag, lemma",
    [
        ("supplies", "VBZ", "supply"), ("hoping", "VBG", "hope"), ("hopping", "VBG", "hop"), ("met", "VBD", "meet"),
        ("sold", "VBN", "sell"), ("withdrew", "VBD", "withdraw"), ("sought", "VBD", "seek"), ("struck", "VBN", "strike"),
        ("denied", "VBD", "deny"), ("accusing", "VBG", "accuse"), ("threatened", "VBD", "threaten"),
        ("agreed", "VBD", "agree"), ("freed", "VBN", "free"), ("fled", "VBD", "flee"), ("imposes", "VBZ", "impose"),
        ("vetoes", "VBZ", "veto"), ("vetoed", "VBD", "veto"), ("led", "VBN", "lead"), ("bought", "VBD", "buy"),
        ("lying", "VBG", "lie"), ("releasing", "VBG", "release"), ("urged", "VBD", "urge"), ("beaten", "VBN", "beat"),
        ("overthrown", "VBN", "overthrow"), ("resumed", "VBD", "resume"), ("ratified", "VBD", "ratify"),
        ("targeting", "VBG", "target"), ("travelling", "VBG", "travel"), ("criticised", "VBD", "criticise"),
    ],
)  # fmt: skip
def test_verb_lemmas(parser: Parser, form: str, tag: str, lemma: str) -> None:
    assert parser.model.decoder.lemmatiser.lemma(form, "VERB", tag) == lemma


@pytest.mark.parametrize(
    "form, lemma",
    [
        ("countries", "country"), ("allies", "ally"), ("spokesmen", "spokesman"), ("militiamen", "militiaman"),
        ("treaties", "treaty"), ("crises", "crisis"), ("sanctions", "sanction"), ("embassies", "embassy"),
        ("aircraft", "aircraft"), ("heroes", "hero"), ("lives", "life"), ("bosses", "boss"),
    ],
)  # fmt: skip
def test_noun_lemmas(parser: Parser, form: str, lemma: str) -> None:
    assert parser.model.decoder.lemmatiser.lemma(form, "NOUN", "NNS") == lemma


@pytest.mark.parametrize(
    "upos, xpos, tag",
    [
        ("PART", "VBD", "VERB"),
        ("VERB", "NNS", "NOUN"),
        ("AUX", "VBZ", "AUX"),
        ("ADP", "IN", "ADP"),
        ("VERB", "NN", "VERB"),
    ],
)
def test_the_two_tags_of_a_word_agree(upos: str, xpos: str, tag: str) -> None:
    assert agreed(upos, xpos) == tag


def test_unknown_verbs_get_likely_stems() -> None:
    assert stems("glorping", "VBG")[0] == "glorp"
    assert stems("vrated", "VBD")[0] == "vrate"


ODD_TEXTS = [
    "",
    " ",
    "\n\n \t\n",
    ".",
    "🙂🙃 🇷🇺",
    "مرحبا بالعالم",
    "а б в. Г д е.",
    "x" * 5000,
    "word " * 3000,
    "a\x00b \x1b[31m c\u202e d\u200b",
    "Putin\u00a0met\u2003Raisi .",
    "\ud7ff\uffff \U0001f600",
    "((((((((((",
    '"""""""""',
    "....!!!???",
]


@pytest.mark.parametrize("text", ODD_TEXTS, ids=range(len(ODD_TEXTS)))
def test_odd_texts_parse_and_keep_every_character(parser: Parser, text: str) -> None:
    doc = parser.parse(text)
    assert doc.text == text
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)
    assert sum(len(list(s)) for s in doc.sents) == len(doc)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("aB.,;:!?\"'“”‘’()-–— \n\t1Ü🙂\u00a0"), max_size=120))
def test_offsets_always_hold(text: str) -> None:
    doc = PARSER.parse(text)
    assert doc.text == text
    for start, end in sentence_bounds(doc):
        assert text[start:end] == text[start:end].strip()
    for first, last in paragraphs(doc):
        assert not doc[first].is_space
        assert not doc[last - 1].is_space


LEXICON = load_resources().lexicon
PARSER = load_parser(LEXICON)


def test_a_sentence_does_not_depend_on_its_neighbours(parser: Parser) -> None:
    alone = parser.parse("Iran supplies Russia with drones.")
    among = parser.parse("Hello there.\n\nIran supplies Russia with drones.\n\nGood " * 3)
    found = next(t for t in among if t.text == "supplies")
    assert [(t.text, t.dep_, t.tag_) for t in alone] == [(t.text, t.dep_, t.tag_) for t in found.sent if not t.is_space]


def test_long_sentences_lose_no_word(parser: Parser) -> None:
    text = "Iran " + "and Russia and China " * 400 + "signed the treaty."
    doc = parser.parse(text)
    assert doc.text == text
    assert all(token.dep_ for token in doc)


# --- The pieces --------------------------------------------------------------------------------------


def test_best_tree_breaks_cycles_and_has_one_root() -> None:
    scores = np.full((4, 4), 0.0, dtype=np.float32)
    scores[1, 2] = scores[2, 1] = 10.0
    scores[1, 0], scores[2, 0], scores[3, 0] = 1.0, 2.0, 3.0
    heads = best_tree(scores)
    assert heads.count(0) == 1
    for word in range(1, 4):
        seen = set()
        while word:
            assert word not in seen
            seen.add(word)
            word = heads[word - 1]


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 9), st.integers(0, 2**32 - 1))
def test_best_tree_is_the_best_of_all_trees(size: int, seed: int) -> None:
    """Against trying every tree, for sentences short enough."""
    if size > 5:
        size = 5
    scores = np.random.default_rng(seed).normal(size=(size, size)).astype(np.float32)
    heads = best_tree(scores)
    total = lambda found: sum(float(scores[i + 1, h]) for i, h in enumerate(found))
    assert total(heads) == pytest.approx(max(total(t) for t in all_trees(size)), abs=1e-4)


def all_trees(size: int) -> list[list[int]]:
    from itertools import product

    found = []
    for heads in product(range(size), repeat=size - 1):
        if heads.count(0) == 1 and all(reaches_root(heads, word) for word in range(1, size)):
            found.append(list(heads))
    return found


def reaches_root(heads: tuple[int, ...], word: int) -> bool:
    for _ in range(len(heads) + 1):
        if word == 0:
            return True
        word = heads[word - 1]
    return False


def test_tags_are_always_legal() -> None:
    tags = ("O", "B-PERSON", "I-PERSON", "B-ORG", "I-ORG")
    transitions = allowed_transitions(tags)
    scores = np.array([[0, 0, 9, 0, 0], [0, 0, 0, 0, 9], [0, 0, 9, 0, 0]], dtype=np.float32)
    found = best_tags(scores, transitions, tags)
    previous = "O"
    for tag in found:
        assert not tag.startswith("I-") or previous[2:] == tag[2:]
        previous = tag
    assert spans(["B-ORG", "I-ORG", "O", "B-ORG", "B-ORG"]) == [(0, 2, "ORG"), (3, 4, "ORG"), (4, 5, "ORG")]


# --- Sentences read together -------------------------------------------------------------------------

COMPANY = [
    "Putin met Raisi in Tehran .",
    "Iran 's foreign minister , Hossein Amir-Abdollahian , denied on Tuesday that Tehran had sold drones to Moscow .",
    "Talks in Geneva",
    "No .",
    "",
    "The Supreme Court of Kenya , which had annulled the vote of 2017 , upheld President Ruto 's victory over Odinga .",
    "Houthi fighters shelled Marib , killing six .",
    "Germany 's decision to supply Ukraine with tanks was praised by Poland and condemned by the Kremlin .",
    "France freed him .",
    "Chad accused Sudan of arming rebels and recalled its ambassador .",
    "word " * (MAX_PIECES + 8),
]


def test_a_sentence_is_read_alike_alone_and_in_company(parser: Parser) -> None:
    texts = [text.split() for text in COMPANY * 5]
    alone = {" ".join(words): next(iter(parser.model.analyse([words]))) for words in texts}
    for company in (texts, texts[::-1], texts[7:20]):
        assert list(parser.model.analyse(company)) == [alone[" ".join(words)] for words in company]


def test_the_network_says_the_same_alone_and_in_company_to_the_last_bit(parser: Parser) -> None:
    encoded = [parser.model.encoder.sentence(text.split()) for text in COMPANY[:4] + COMPANY[5:10]] * 4
    together = list(batches({number: len(sentence.pieces) for number, sentence in enumerate(encoded)}))
    assert max(map(len, together)) > 4
    for batch in together:
        out, at = parser.model.run([encoded[number] for number in batch]), 1
        for number in batch:
            end = at + len(encoded[number].first)
            for part, own in zip(out.of(at, end), parser.model.run([encoded[number]]).of(1, end - at + 1), strict=True):
                np.testing.assert_array_equal(part, own)
            at = end


# --- A model that is missing or damaged --------------------------------------------------------------


def test_missing_model_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no language model here.*reinstall kg") as caught:
        load_parser(LEXICON, tmp_path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["model.onnx", "scorers.npz", "inventory.json", "lemmas.tsv"])
def test_damaged_model_is_one_clear_line(tmp_path: Path, name: str) -> None:
    shutil.copytree(MODEL, tmp_path / "model")
    path = tmp_path / "model" / name
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(ModelError, match=rf"{name}: the language model's file is damaged: reinstall kg"):
        check_files(tmp_path / "model")


def test_model_fits_the_promise() -> None:
    assert sum(path.stat().st_size for path in MODEL.iterdir()) <= 35_000_000


def test_a_tree_whose_lines_cross_at_the_end_of_a_text_has_phrases() -> None:
    words = ["of", "states", "abroad"]
    doc = Doc(Vocab(), words=words, heads=[1, 1, 0], deps=["case", "ROOT", "advmod"], pos=["ADP", "NOUN", "ADV"])
    assert phrase(doc[1]) == (1, 2)
