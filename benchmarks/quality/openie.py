"""Open information extraction: tuples of words against CaRB (Bhardwaj, Aggarwal & Mausam, EMNLP 2019).

    python -m benchmarks.quality.openie --corpora ../shared/corpora

The measure is CaRB's own. Tuples are compared part by part (subject, relation, all further arguments as one) as bags of
words; a pair whose relations share no word doesn't match. A system's precision is the sum of the precisions of a
one-to-one matching (greedy, best precision first) over the tuples it gave; its recall is the mean over gold tuples of
the best recall that any of its tuples reaches. Where gold reports speech, subject and arguments may change places.
F1 is that of the two. We give no confidence, so there is one point and no curve.

The tuples come from the propositions of `kg.propositions`, with their words: not only those between entities, which is what
a graph keeps.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from spacy.tokens import Doc, Token

from benchmarks.quality.measures import Row, bootstrap
from benchmarks.quality.parsing import Bench, open_bench, options
from benchmarks.quality.table import print_rows
from kg.propositions import Proposition, find_propositions
from kg.syntax import children

SAID = ("said", "told", "added", "adds", "says")
BE = frozenset({"be", "is", "am", "are", "was", "were", "been", "being"})
NEGATORS = frozenset({"not", "n't", "n’t", "never"})
# What may hang on a predicate and counts as an argument here.
CLAUSES = ("ccomp", "xcomp", "advcl", "advmod")
# What hangs on a noun and is no part of its phrase.
OUTSIDE = frozenset(
    {
        "acl:relcl", "punct", "cop", "nsubj", "nsubj:pass", "aux", "advcl", "parataxis", "mark", "ccomp", "case", "obl",
    }
)  # fmt: skip
Words = tuple[str, ...]


class Tuple(NamedTuple):
    """An extraction as words: subject, relation, and all further arguments in order."""

    subject: Words
    relation: Words
    arguments: Words


class Score(NamedTuple):
    """How a gold tuple and a found one agree."""

    precision: float
    recall: float


class Sums(NamedTuple):
    """A sentence's sums: precisions over tuples found, recalls over gold tuples."""

    precisions: float
    found: int
    recalls: float
    gold: int


# --- CaRB's measure ----------------------------------------------------------------------------------


def compare(gold: Tuple, found: Tuple) -> Score:
    """Precision and recall of a found tuple against a gold one; where gold reports speech, the better of both
    directions."""
    straight = _compare(gold, found)
    if not any(word in " ".join(gold.relation) for word in SAID):
        return straight
    return max(straight, _compare(gold, found._replace(subject=found.arguments, arguments=found.subject)))


def _compare(gold: Tuple, found: Tuple) -> Score:
    shared = _shared(gold.relation, found.relation)
    if "be" in (Counter(found.relation) - Counter(gold.relation)) and BE & set(gold.relation):
        shared += 1
    if not shared or (gold.arguments and not found.arguments):
        return Score(0.0, 0.0)
    shared += _shared(gold.subject, found.subject) + _shared(gold.arguments, found.arguments)
    # What is found beyond the parts that gold has is not held against it.
    length = len(found.relation) + len(found.subject) + (len(found.arguments) if gold.arguments else 0)
    return Score(shared / length, shared / sum(map(len, gold)))


def _shared(gold: Words, found: Words) -> int:
    return (Counter(gold) & Counter(found)).total()


def sums_of(gold: Sequence[Tuple], found: Sequence[Tuple]) -> Sums:
    """A sentence's part in precision and recall."""
    scores = [[compare(g, f) for f in found] for g in gold]
    recalls = sum(max((score.recall for score in row), default=0.0) for row in scores)
    return Sums(_matched(scores), len(found), recalls, len(gold))


def _matched(scores: list[list[Score]]) -> float:
    """The sum of precisions of a greedy one-to-one matching."""
    cells = sorted(((s.precision, -i, -j) for i, row in enumerate(scores) for j, s in enumerate(row)), reverse=True)
    rows: set[int] = set()
    columns: set[int] = set()
    total = 0.0
    for value, i, j in cells:
        if i not in rows and j not in columns:
            rows.add(i)
            columns.add(j)
            total += value
    return total


def precision(sums: Sequence[Sums]) -> float:
    """In percent."""
    found = sum(s.found for s in sums)
    return 100 * sum(s.precisions for s in sums) / found if found else 0.0


def recall(sums: Sequence[Sums]) -> float:
    """In percent."""
    return 100 * sum(s.recalls for s in sums) / sum(s.gold for s in sums)


def f1(sums: Sequence[Sums]) -> float:
    """In percent."""
    p, r = precision(sums), recall(sums)
    return 2 * p * r / (p + r) if p + r else 0.0


# --- Tuples ------------------------------------------------------------------------------------------


def read_gold(path: Path) -> dict[str, list[Tuple]]:
    """Sentences with their gold tuples. A line: sentence, relation, subject, further arguments, tab-separated; contexts
    ("C: ...") don't count."""
    gold: dict[str, list[Tuple]] = defaultdict(list)
    for line in path.read_text(encoding="utf8").splitlines():
        sentence, relation, subject, *arguments = line.split("\t")
        said = " ".join(argument for argument in arguments if "C: " not in argument)
        found = Tuple(tuple(subject.split()), tuple(relation.split()), tuple(said.split()))
        gold[sentence.strip()].append(found)
    return dict(gold)


def find_tuples(doc: Doc) -> list[Tuple]:
    """The tuples of a sentence that have all three parts: what its predicates say, and its appositions."""
    found = [*map(_of_proposition, find_propositions(doc)), *_of_appositions(doc)]
    return [t for t in found if all(t)]


def _of_proposition(proposition: Proposition) -> Tuple:
    """The words of a proposition. Clauses and adverbs that hang on the predicate are arguments here; the preposition
    of the first argument belongs to the relation where there is no object."""
    predicate, doc = proposition.predicate, proposition.predicate.doc
    subject, relation = _phrase(proposition.subject), _relation(proposition)
    arguments: set[int] = set()
    for argument in proposition.arguments:
        arguments |= _phrase(argument.token) | {t.i for c in children(argument.token, "case") for t in c.subtree}
    for clause in children(predicate, *CLAUSES):
        arguments |= {t.i for t in clause.subtree}
    moved = _first_preposition(proposition)
    arguments -= relation | subject | moved
    # After the verb, wherever it stands in its sentence.
    return Tuple(_words(doc, subject), _words(doc, relation) + _words(doc, moved), _words(doc, arguments))


def _relation(proposition: Proposition) -> set[int]:
    """The predicate with its auxiliaries, particle and negation, and what governs it; of a noun, its copula."""
    words: set[int] = set()
    for token in proposition.chain:
        words |= {token.i, *(c.i for c in children(token, "aux", "aux:pass", "compound:prt", "cop"))}
        words |= {c.i for c in children(token, "mark") if c.lower_ == "to"}
        words |= {c.i for c in children(token, "advmod") if c.i == token.i - 1 or c.lower_ in NEGATORS}
    return words - {proposition.predicate.i} if proposition.predicate.pos_ in ("NOUN", "PROPN") else words


def _first_preposition(proposition: Proposition) -> set[int]:
    arguments = sorted(proposition.arguments, key=lambda a: a.token.i)
    if not arguments or any(a.preposition is None for a in arguments):
        return set()
    if proposition.predicate.pos_ not in ("VERB", "AUX", "ADJ"):
        return set()
    return {t.i for c in children(arguments[0].token, "case")[:1] for t in c.subtree}


def _of_appositions(doc: Doc) -> Iterator[Tuple]:
    for token in doc:
        if token.dep_ == "appos" and token.pos_ in ("NOUN", "PROPN"):
            said = {t.i for t in token.subtree}
            yield Tuple(_words(doc, _phrase(token.head) - said), ("is",), _words(doc, _phrase(token)))


def _phrase(token: Token) -> set[int]:
    """A noun with its modifiers; clauses that describe it and words of its clause left out."""
    words = {token.i}
    for child in token.children:
        if child.dep_ not in OUTSIDE:
            words |= {t.i for t in child.subtree}
    return words


def _words(doc: Doc, tokens: set[int]) -> Words:
    """Tokens as CaRB splits them: at white space."""
    return tuple("".join(doc[i].text_with_ws for i in sorted(tokens)).split())


def sums_in(bench: Bench) -> list[Sums]:
    """The sums of each sentence of the corpus."""
    gold = read_gold(bench.corpus("carb/dev.tsv"))
    return [sums_of(tuples, find_tuples(bench.parser.parse(sentence))) for sentence, tuples in gold.items()]


def row_of_sums(sums: Sequence[Sums]) -> Row:
    """CaRB's precision, recall and F1."""
    return Row("carb: open tuples", len(sums), *(bootstrap(sums, value) for value in (precision, recall, f1)))


def measure(bench: Bench) -> Iterator[Row]:
    """The one row."""
    yield row_of_sums(sums_in(bench))


def main() -> None:
    """Print the row, and how many tuples there are."""
    sums = sums_in(open_bench(options(__doc__).parse_args()))
    print_rows([row_of_sums(sums)])
    print(f"{sum(s.gold for s in sums)} gold tuples, {sum(s.found for s in sums)} found")


if __name__ == "__main__":
    main()
