"""Statements between entities that people annotated: which pairs do they hold related? (re3d: reports on Syria and Iraq.)

    python -m benchmarks.quality.re3d --corpora ../shared/corpora [--show]

Pair-only: a statement is right if the annotators put any relation, in any direction, between what its subject and its
object stand for. Counted are statements of which both do stand for something annotated: an organisation, person, place,
weapon, vehicle or platform that the annotators confirmed or related. Two ways to say *stand for*:

- *in the sentence*: the words that filled the slot, or others of its sentence that speak of the same entity (*the
  minister*, *he*), overlap annotated words, and a relation joins those very words. Recall: the annotated pairs that some
  statement joins.
- *in the document*: any mention of the entity overlaps any annotated mention, and a relation joins any two of these
  somewhere in the document. The corpus hardly links mentions of one thing, so this asks our coreference too.

The annotation is sparse: ten relations (fighting, alliance, communication, membership, place ...), nothing for visits,
meetings announced, sanctions, aid, offices of other states; within a sentence only; and what the ten do cover is not
always marked. So a statement without an annotated pair may well be right: the precision is a lower bound, good for
comparing two versions of kg and for reading through what it calls wrong (`--show`), not as a share of true statements.
Open statements (family OTHER) have a row of their own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from benchmarks.quality.measures import Counts, Row, row_of
from benchmarks.quality.no_event import described
from benchmarks.quality.parsing import Bench, Json, Read, open_bench, options, read_corpus
from benchmarks.quality.table import print_rows
from kg.model import Extraction, Statement
from kg.vocabulary import OPEN_FAMILY

# What the corpus' relations hold between; values, times and nationality adjectives have none.
RELATED = frozenset({"Organisation", "Person", "Location", "Weapon", "Vehicle", "MilitaryPlatform"})
Extent = tuple[int, int]
Pair = frozenset[str]


class Gold(NamedTuple):
    """A document's annotated mentions by id, the entity of each, and the pairs of mentions that are related, with the
    names of the relations."""

    mentions: dict[str, Extent]
    entity_of: dict[str, str]
    pairs: dict[Pair, list[str]]

    def overlapping(self, extents: Sequence[Extent]) -> set[str]:
        """The mentions that share a character with one of the extents."""
        return {id_ for id_, (start, end) in self.mentions.items() if any(start < e and s < end for s, e in extents)}


class Judged(NamedTuple):
    """A statement between annotated entities, and whether they are related."""

    statement: Statement
    right: bool
    pairs: frozenset[Pair]


def gold_of(record: Json) -> Gold:
    """The annotation of a document. A mention in which the annotators had no confidence counts if they related it."""
    related = {r[side] for r in record["relations"] for side in ("subject_mention", "object_mention")}
    kept = [
        m for m in record["mentions"] if m["type"] in RELATED and (m["confidence"] > 0 or m["id"] in related)
    ]  # fmt: skip
    mentions = {m["id"]: (m["start"], m["end"]) for m in kept}
    pairs: dict[Pair, list[str]] = defaultdict(list)
    for r in record["relations"]:
        pair = frozenset({r["subject_mention"], r["object_mention"]})
        if len(pair) == 2 and pair <= mentions.keys():
            pairs[pair].append(r["predicate"])
    return Gold(mentions, {m["id"]: m["entity_id"] for m in kept}, dict(pairs))


def words_of(extraction: Extraction, statement: Statement, slot: str, entity: str | None) -> list[Extent]:
    """The words that filled a slot, and those of its sentence that speak of the same."""
    start, end = statement.sentence
    named = [(m.start, m.end) for m in extraction.mentions if m.entity == entity and start <= m.start < end]
    return [(s.start, s.end) for s in statement.slots if s.name == slot] + named


def _between(left: set[str], right: set[str]) -> frozenset[Pair]:
    return frozenset(frozenset({a, b}) for a in left for b in right if a != b)


def in_sentence(extraction: Extraction, gold: Gold) -> Iterator[Judged]:
    """Statements whose participants' words are annotated, against the pairs of those words."""
    for statement in extraction.statements:
        subject = words_of(extraction, statement, "subject", statement.subject)
        object_ = words_of(extraction, statement, "object", statement.object)
        pairs = _between(gold.overlapping(subject), gold.overlapping(object_))
        if statement.object is not None and pairs:
            yield Judged(statement, bool(pairs & gold.pairs.keys()), pairs)


def in_document(extraction: Extraction, gold: Gold) -> Iterator[Judged]:
    """Statements whose entities are annotated somewhere, against the pairs of entities."""
    extents: dict[str | None, list[Extent]] = defaultdict(list)
    for mention in extraction.mentions:
        extents[mention.entity].append((mention.start, mention.end))
    entities = {key: {gold.entity_of[m] for m in gold.overlapping(found)} for key, found in extents.items()}
    related = {frozenset(gold.entity_of[m] for m in pair) for pair in gold.pairs}
    for statement in extraction.statements:
        pairs = _between(entities.get(statement.subject, set()), entities.get(statement.object or "", set()))
        if pairs:
            yield Judged(statement, bool(pairs & related), pairs)


Judge = Callable[[Extraction, Gold], Iterator[Judged]]


def judge(reads: Sequence[Read], how: Judge, opened: bool = False) -> list[list[Judged]]:
    """The statements of each document that are judged: those of frames and states, or the open ones."""
    return [
        [j for j in how(read.extraction, gold_of(read.gold)) if (j.statement.family == OPEN_FAMILY) == opened]
        for read in reads
    ]


def counts_in_sentence(reads: Sequence[Read], judged: Sequence[Sequence[Judged]]) -> list[tuple[Counts, Counts]]:
    """For precision, statements; for recall, annotated pairs."""
    counts = []
    for read, found in zip(reads, judged, strict=True):
        pairs = gold_of(read.gold).pairs.keys()
        joined = len(pairs & {pair for j in found for pair in j.pairs})
        counts.append((Counts(sum(j.right for j in found), len(found), 0), Counts(joined, 0, len(pairs))))
    return counts


def rows_of(reads: Sequence[Read]) -> Iterator[Row]:
    """Precision in the sentence with recall, and in the document; of frames and states, and of open statements."""
    for title, opened in (("statements", False), ("open statements", True)):
        judged = judge(reads, in_sentence, opened)
        both = counts_in_sentence(reads, judged)
        told = row_of("", [c for c, _ in both])
        joined = row_of("", [c for _, c in both])
        yield Row(f"re3d: pairs of {title}, in the sentence", len(reads), told.precision, joined.recall)
        wide = judge(reads, in_document, opened)
        told = row_of("", [Counts(sum(j.right for j in found), len(found), 0) for found in wide])
        yield Row(f"re3d: pairs of {title}, in the document", len(reads), told.precision)


def measure(bench: Bench) -> Iterator[Row]:
    """All rows."""
    yield from rows_of(read_corpus(bench.corpus("re3d/dev.jsonl"), bench))


def _print_families(judged: Sequence[Sequence[Judged]]) -> None:
    """Of each family, how many statements are between annotated entities, and right."""
    told = [j for found in judged for j in found]
    right = Counter(j.statement.family for j in told if j.right)
    for family, count in Counter(j.statement.family for j in told).most_common():
        print(f"  {family:12} {right[family]:4} of {count:4} right, {100 * right[family] / count:.0f} %")


def _print_found(reads: Sequence[Read], judged: Sequence[Sequence[Judged]]) -> None:
    """Of each of the corpus' relations, how many pairs a statement joins."""
    gold: Counter[str] = Counter()
    joined: Counter[str] = Counter()
    for read, found in zip(reads, judged, strict=True):
        ours = {pair for j in found for pair in j.pairs}
        for pair, names in gold_of(read.gold).pairs.items():
            gold.update(set(names))
            joined.update(set(names) if pair in ours else ())
    for name, count in gold.most_common():
        print(f"  {name:16} {joined[name]:4} of {count:4} pairs joined")


def _print_errors(reads: Sequence[Read], judged: Sequence[Sequence[Judged]]) -> None:
    """The statements without an annotated pair, with their sentence and the pairs it does have."""
    for read, found in zip(reads, judged, strict=True):
        gold, text = gold_of(read.gold), read.gold["text"]
        for statement in (j.statement for j in found if not j.right):
            start, end = statement.sentence
            print(f"{statement.family}: {described(statement, read.extraction)}")
            print(f"    {' '.join(text[start:end].split())}")
            for pair, names in gold.pairs.items():
                extents = [gold.mentions[m] for m in sorted(pair)]
                if all(start <= s < end for s, _ in extents):
                    print(f"    {' '.join(sorted(set(names)))}: " + " / ".join(text[s:e] for s, e in extents))


def main() -> None:
    """Print the rows, families and relations, and the errors if asked."""
    parser = options(__doc__)
    parser.add_argument("--show", action="store_true", help="also list the statements without an annotated pair")
    arguments = parser.parse_args()
    bench = open_bench(arguments)
    reads = read_corpus(bench.corpus("re3d/dev.jsonl"), bench)
    print_rows(rows_of(reads))
    judged = judge(reads, in_sentence)
    _print_families(judged)
    _print_found(reads, judged)
    if arguments.show:
        _print_errors(reads, judged)


if __name__ == "__main__":
    main()
