"""Lemmas by table and rule: the model's tags say which inflection a word carries, the table which words are
irregular.

The table (`lemmas.tsv`, made by `training/lemmas.py`) has a line `form TAB tag class TAB lemma` for every form that
the rules get wrong, and a line `= TAB tag class TAB lemma` for every lemma known to exist, by which the rules choose
among stems
(*hoping* -> *hope*, not *hop*).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

VOWELS = "aeiou"
# Endings of stems to which English spelling gives a mute e, and the longer endings that are exceptions.
MUTE_E = ("at", "iz", "is", "ur", "uc", "ac", "rc", "nc", "ag", "rg", "dg", "v", "u", "s", "z", "ut", "ot")
NO_MUTE_E = ("eat", "oat", "ss", "out", "oot", "our", "eak", "oak")
# Penn Treebank tags by the kind of ending to take off.
PLURAL = {"NNS", "NNPS"}
THIRD_PERSON = {"VBZ"}
PAST = {"VBD", "VBN"}
PROGRESSIVE = {"VBG"}
FINITE = {"VBD", "VBZ", "VBP"}
# Universal tags of words that take no ending.
UNINFLECTED = {"PART", "ADP", "SCONJ", "CCONJ", "DET", "INTJ", "X"}


@dataclass(frozen=True)
class Lemmatiser:
    """`irregular` maps (form, class) to the lemma; `known` holds (lemma, class)."""

    irregular: dict[tuple[str, str], str]
    known: frozenset[tuple[str, str]]

    @classmethod
    def from_file(cls, path: Path) -> Lemmatiser:
        """Read a lemma table."""
        irregular, known = {}, set()
        for line in path.read_text(encoding="utf8").splitlines():
            form, kind, lemma = line.split("\t")
            if form == "=":
                known.add((lemma, kind))
            else:
                irregular[form, kind] = lemma
        return cls(irregular, frozenset(known))

    def lemma(self, form: str, upos: str, xpos: str) -> str:
        """The lemma of a form with its Universal and Penn tags. Proper names keep their case."""
        lower = form.lower().replace("’", "'")
        kind = tag_class(upos, xpos)
        found = self.irregular.get((lower, kind))
        if found is None and upos == "VERB" and xpos != "VB":
            # The tagger may take *overthrew* for another form of the verb.
            others = (self.irregular.get((lower, f"VERB-{other}")) for other in ("VBD", "VBN"))
            found = next(filter(None, others), None)
        if found is not None:
            return found
        if upos == "PROPN":
            return form
        return self._stem(lower, kind.partition("-")[0], xpos)

    def _stem(self, form: str, kind: str, xpos: str) -> str:
        if not form.isascii() and not form.isalpha():
            return form
        candidates = stems(form, xpos)
        for candidate in candidates:
            if (candidate.lower(), kind) in self.known:
                return candidate
        return candidates[0]


def agreed(upos: str, xpos: str) -> str:
    """The Universal tag, or the one that goes with the Penn tag where no word has both (*snubbed*: PART and VBD)."""
    if xpos in FINITE and upos in UNINFLECTED:
        return "VERB"
    return "NOUN" if xpos == "NNS" and upos in ("VERB", "AUX") else upos


def tag_class(upos: str, xpos: str) -> str:
    """What decides an inflection: the word class, and for verbs and comparatives the Penn tag's ending."""
    if upos in ("VERB", "AUX"):
        return f"{'VERB' if upos == 'VERB' else 'AUX'}-{xpos}"
    if xpos in PLURAL or xpos in ("JJR", "JJS", "RBR", "RBS"):
        return f"{upos}-{xpos}"
    return upos


def stems(form: str, xpos: str) -> list[str]:
    """Possible stems of an inflected form, likeliest first for an unknown word; never empty.

    >>> stems("supplies", "VBZ"), stems("hoping", "VBG")[:2], stems("drones", "NNS")
    (['supply', 'supplie', 'suppli', 'supplies'], ['hop', 'hope'], ['drone', 'dron', 'drones'])
    """
    if xpos in THIRD_PERSON or xpos in PLURAL:
        return _without_s(form)
    if xpos in PAST and form.endswith("ed") and len(form) > 3:
        return _without_ending(form, "ed")
    if xpos in PROGRESSIVE and form.endswith("ing") and len(form) > 4:
        return _without_ending(form, "ing")
    if xpos in ("JJR", "RBR") and form.endswith("er") and len(form) > 4:
        return [*_without_ending(form, "er"), form]
    if xpos in ("JJS", "RBS") and form.endswith("est") and len(form) > 5:
        return [*_without_ending(form, "est"), form]
    return [form]


def _without_s(form: str) -> list[str]:
    if form.endswith("'s"):
        return [form[:-2]]
    if form.endswith("men") and len(form) > 4:
        return [form[:-3] + "man", form]
    if not form.endswith("s") or form.endswith("ss") or len(form) < 3:
        return [form]
    if form.endswith("ies") and len(form) > 4:
        return [form[:-3] + "y", form[:-1], form[:-2], form]
    if form.endswith(("ches", "shes", "sses", "xes", "zzes", "oes")):
        return [form[:-2], form[:-1], form]
    if form.endswith("es"):
        return [form[:-1], form[:-2], form]
    return [form[:-1], form]


def _without_ending(form: str, ending: str) -> list[str]:
    stem = form[: -len(ending)]
    found = [stem, stem + "e"]
    if stem.endswith("i"):
        found.insert(0, stem[:-1] + "y")
    doubled = len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in VOWELS + "sl"
    if doubled:
        found.insert(0, stem[:-1])
    elif len(stem) > 2 and stem[-1] == stem[-2]:
        found.append(stem[:-1])
    if stem.endswith("ick") and len(stem) > 4:
        # panicked, trafficking
        found.insert(0, stem[:-1])
    if _wants_e(stem) and not doubled:
        found.remove(stem + "e")
        found.insert(0, stem + "e")
    return found


def _wants_e(stem: str) -> bool:
    """Whether an unknown stem looks cut short: *promot-* is, *sign-* is not."""
    return stem.endswith(MUTE_E) and not stem.endswith(NO_MUTE_E)
