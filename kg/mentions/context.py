"""What stands around a mention: the country, title and gender that its modifiers give."""

from __future__ import annotations

from spacy.tokens import Span, Token

from kg.gazetteer import Gazetted
from kg.lexicon import NounType
from kg.mentions.candidates import Gender, Words
from kg.naming import name_key
from kg.parse import predicates
from kg.syntax import children, first_conjunct, noun_head, phrase, preposition


def described(text: str, words: Words) -> Gazetted | None:
    """The country or people of an adjective or demonym, if it is one's alone."""
    entries = list(dict.fromkeys([*words.gazetteer.described(text), *words.gazetteer.inhabited(text)]))
    clear = [entry for entry in entries if not entry.ambiguous or entry.type == "Country"]
    return clear[0] if clear else None


def country_near(head: Token, words: Words) -> str | None:
    """The country that a noun's or name's modifiers give: *Iranian* officials, *Iran's* minister, the president *of
    Iran*, *US* forces, and those of a title before a name."""
    for token in [head, *children(head, "nmod:desc", "compound", "appos")]:
        for child in token.children:
            if child.dep_ in ("amod", "compound", "nmod:poss", "nmod:desc", "nmod:unmarked", "nmod"):
                if child.dep_ == "nmod" and preposition(child) not in ("of", "from"):
                    continue
                found = _country_of_word(child, words)
                if found:
                    return found
    return None


def _country_of_word(token: Token, words: Words) -> str | None:
    """The country that a single modifier names, itself or as a name of several words."""
    start, end = phrase(token)
    for text in (token.doc[start:end].text, token.text):
        if not text[:1].isupper():
            continue
        for entry in [*words.gazetteer.described(text), *words.gazetteer.named(text)]:
            if (
                entry.type == "Country"
                or (entry.type == "Place" and (entry.capital_of or entry.is_seat))
                or (entry.type == "Group" and entry.country)
            ):
                return entry.country or entry.capital_of
    return None


def title_of(head: Token, words: Words) -> str | None:
    """The role noun before a name (*Russian President* Vladimir Putin), as one string in lower case."""
    for child in children(head, "nmod:desc", "compound"):
        found = title_in(child, words)
        if found:
            return found
    return None


def title_in(noun: Token, words: Words) -> str | None:
    """The longest role of the lexicon that a noun and its modifiers spell (*prime minister*, *senior program
    officer*)."""
    base = noun_head(noun) if noun.dep_ == "flat" else noun
    parts = sorted([t for t in children(base, "compound", "amod", "flat") if t.i < base.i] + [base], key=lambda t: t.i)
    texts = [
        (part.lower_ if part.i != base.i else singular(part).removeprefix("co-")).removeprefix("ex-") for part in parts
    ]
    for start in range(len(texts)):
        for joined in (" ".join(texts[start:]), "-".join(texts[start:])):
            if joined in words.lexicon.roles:
                return _with_charge(base, words.gazetteer.spellings.get(joined, joined), words)
    return None


def singular(noun: Token) -> str:
    """The lemma of a noun, also of a plural that is written like a name (*Presidents Biya and Déby*)."""
    lemma = noun.lemma_.lower()
    return lemma.removesuffix("s") if noun.tag_ == "NNPS" and lemma == noun.lower_ else lemma


def _with_charge(noun: Token, title: str, words: Words) -> str:
    """The title with what is right behind it, if that makes it another (*secretary of state*, *commander-in-chief*)."""
    hyphened = title + "".join(t.lower_ for t in noun.doc[noun.i + 1 : noun.i + 5])
    if hyphened in words.lexicon.roles:
        return hyphened
    for child in children(noun, "nmod"):
        whole = f"{title} of {child.lower_}"
        if child.i == noun.i + 2 and preposition(child) == "of" and whole in words.lexicon.roles:
            return whole
    return title


def gender_of(tokens: list[str], words: Words) -> Gender | None:
    found = (words.lexicon.genders.get(token) for token in tokens)
    return next((_gender(gender) for gender in found if gender), None)


def given_gender(name: str, words: Words) -> Gender | None:
    """The gender that a person's given name tells; None for a lone surname."""
    parts = name_key(name).split()
    return _gender(words.lexicon.given_names.get(parts[0])) if len(parts) > 1 else None


def _gender(gender: str | None) -> Gender | None:
    return "male" if gender == "male" else "female" if gender == "female" else None


def type_told(head: Token, words: Words) -> NounType | None:
    """What the noun right before a name says that it names (*the jeweller Altara*, *the miner Northgate*); None where none
    stands there or the lexicon doesn't know it."""
    told = [c for c in children(head, "nmod:desc") if c.i < head.i and c.pos_ == "NOUN"]
    if not told:
        return None
    lemma = told[-1].lemma_.lower()
    for part in children(told[-1], "compound"):
        # *The think tank Polaris* is no tank.
        joined = words.lexicon.nouns.get(f"{part.lemma_.lower()} {lemma}")
        if joined is not None:
            return joined
    company = words.lexicon.hypernyms.get("company")
    if company is not None and lemma in company.words:
        return NounType("Organization", "Company")
    noun = words.lexicon.nouns.get(lemma)
    if noun is None and lemma in words.lexicon.targets:
        return NounType("Item", None)
    return noun if noun is not None and noun.type in ("Person", "Organization", "Place") else None


def is_acting_firm(head: Token, words: Words, may_be_place: bool) -> bool:
    """Whether an unknown name that has a country's before it is that of a body, by what it does or gets (*Kazakhstan's
    **Temirol** delivered uranium*, *bought drones from Israel's **Skylon***)."""
    owned = [c for c in children(head, "nmod:poss") if _country_of_word(c, words)]
    first = first_conjunct(head)
    verb = first.head
    source = first.dep_ == "obl" and preposition(first) == "from" and not may_be_place
    if verb.pos_ != "VERB" or not (owned or source):
        return False
    acts = words.lexicon.transfer_verbs | words.lexicon.speech | set(words.lexicon.effects)
    does = (first.i, "ARG0") in [a for p in predicates(head.doc) if p.word == verb.i for a in p.args]
    takes = first.dep_ == "iobj" or (first.dep_ == "obl" and preposition(first) == "from")
    # Things are sent *to Syria's **Rukban***.
    takes = takes or (first.dep_ == "obl" and preposition(first) == "to" and not may_be_place)
    if takes and children(verb, "obj", "nsubj:pass"):
        return verb.lemma_ in words.lexicon.transfer_verbs
    return verb.lemma_ in acts and (first.dep_ == "obl:agent" or (does and first.dep_ == "nsubj"))


def is_acting_place(head: Token, words: Words) -> bool:
    """Whether a place stands for those who work there, as what does something to others (*a museum returned masks*, not
    *reopened its doors*)."""
    if head.lemma_.lower() not in words.lexicon.institutions:
        return False
    first = first_conjunct(head)
    if first.dep_ == "obl:agent":
        return True
    verb = first.head
    roles = next((p.args for p in predicates(head.doc) if p.word == verb.i), ())
    does = first.dep_ == "nsubj" and (first.i, "ARG0") in roles
    others = any(i != first.i and not role.startswith("ARGM") for i, role in roles)
    own = (c for thing in children(verb, "obj") for c in children(thing, "nmod:poss"))
    return does and others and not any(c.tag_ == "PRP$" for c in own)


def is_put_in_office(name: Span, words: Words) -> bool:
    """Whether a name between a verb of appointing and an office is that of who gets it (*appointed **Hakan Oz** central bank
    governor*)."""
    doc = name.doc
    verb = doc[name.start - 1] if name.start else name.root
    if name.start > 1 and verb.lower_ == "in":
        # Swore *in* Hakan Oz as governor.
        verb = doc[name.start - 2]
    if verb.pos_ != "VERB" or verb.lemma_ not in words.lexicon.installing or verb.tag_ == "VBN":
        return False
    for token in doc[name.end : name.end + 5]:
        if token.pos_ not in ("NOUN", "PROPN", "ADJ", "DET", "ADP"):
            return False
        if token.pos_ == "NOUN" and token.tag_ == "NN" and title_in(token, words) is not None:
            return True
    return False
