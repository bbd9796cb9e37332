"""Why an entity is one, and what an article gave, sentence by sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from kg.explain.corpus import Corpus
from kg.explain.parts import article_line, count, plain
from kg.explain.statements import statement_line
from kg.lexicon import Lexicon
from kg.model import Document, Fact, Node, Origin, Span
from kg.parse.sentences import mark_sentences, sentence_bounds
from kg.parse.tokens import make_language, tokenise


def explain_entity(node: Node, corpus: Corpus) -> list[str]:
    """An entity's names, mentions, articles, why its articles' entities are one, offices, and its statements in number."""
    what = [node.type, node.subtype, node.country, node.link]
    lines = [f"entity {node.id}: {plain(node.label)}", f"  is         {', '.join(filter(None, what))}"]
    lines.append(f"  names      {', '.join(map(plain, dict.fromkeys((node.label, *node.aliases))))}")
    lines += _mentions(node, corpus)
    told = "; ".join(node.reasons)
    lines += [f"  linked     {plain(why)}" for why in sorted(_links(node, corpus)) if why not in told]
    lines += [f"  merged     {plain(reason)}" for reason in node.reasons]
    if len(node.origins) == 1:
        lines.append("  merged     nothing: no other article's entity was taken for it")
    return lines + _offices(node, corpus) + _statement_counts(node, corpus)


def _mentions(node: Node, corpus: Corpus) -> Iterator[str]:
    counts: Counter[str] = Counter()
    words: Counter[tuple[str, str]] = Counter()
    for document, entity in node.origins:
        for mention in corpus.extractions[document].mentions if document in corpus.extractions else ():
            if mention.entity == entity:
                counts[document] += 1
                words[plain(mention.text), mention.kind] += 1
    spelled = [f"{text!r} {n}" for (text, _), n in sorted(words.items(), key=lambda p: (-p[1], p[0]))]
    more = f", and {len(spelled) - 12} more" if len(spelled) > 12 else ""
    yield f"  mentions   {count(counts.total(), 'mention')}: {', '.join(spelled[:12])}{more}"
    for article in corpus.graph.documents:
        if article.id in counts:
            yield f"  article    {article_line(article)}: {count(counts[article.id], 'mention')}"


def _links(node: Node, corpus: Corpus) -> set[str]:
    entities = {(d, e.id): e for d, x in corpus.extractions.items() for e in x.entities}
    return {why for origin in node.origins if origin in entities and (why := entities[origin].why)}


def _offices(node: Node, corpus: Corpus) -> list[str]:
    nodes = corpus.nodes
    found: Counter[str] = Counter()
    for fact in corpus.graph.facts:
        if fact.statement.subject == node.id and fact.statement.family == "ROLE":
            found[statement_line(fact.statement, lambda i: nodes[i].label)] += 1
    return [f"  office     {line}: {count(n, 'statement')}" for line, n in sorted(found.items())]


def _statement_counts(node: Node, corpus: Corpus) -> list[str]:
    lines = []
    for title, slots in (
        ("as subject", ("subject",)),
        ("as object", ("object",)),
        ("as other", ("theme", "place", "attributed_to")),
    ):
        facts = [f for f in corpus.graph.facts if any(getattr(f.statement, s) == node.id for s in slots)]
        families = Counter(f.statement.family for f in facts)
        told = ", ".join(f"{n} {family}" for family, n in sorted(families.items(), key=lambda p: (-p[1], p[0])))
        asserted = sum(f.asserted for f in facts)
        lines.append(f"  {title:10} {count(len(facts), 'statement')}, {asserted} asserted{': ' + told if told else ''}")
    return lines


# --- Articles ----------------------------------------------------------------------------------------


def explain_article(document: Document, corpus: Corpus) -> list[str]:
    """An article's title and publisher; entities and statements sentence by sentence."""
    lines = [f"article {plain(document.id)}: {plain(document.title or '(no title)')}"]
    for name in ("publisher", "published", "source", "url", "reference"):
        value = getattr(document, name)
        lines += [f"  {name:10} {plain(str(value))}"] if value is not None else []
    origin = corpus.graph.origin_of.get(document.id, document.id)
    if origin != document.id:
        lines.append(f"  copy of    {plain(origin)}: counted as one source with it")
    facts = [f for f in corpus.graph.facts if f.document == document.id]
    for sentence in sentences_of(document.text, corpus.resources.lexicon):
        lines += _sentence(sentence, document, [f for f in facts if f.statement.sentence == sentence], corpus)
    return lines


def sentences_of(text: str, lexicon: Lexicon) -> list[Span]:
    """The sentences of a text, as extraction saw them."""
    doc = tokenise(text, make_language())
    if not len(doc):
        return []
    mark_sentences(doc, lexicon)
    return [Span(*bounds) for bounds in sentence_bounds(doc)]


def _sentence(sentence: Span, document: Document, facts: Sequence[Fact], corpus: Corpus) -> Iterator[str]:
    nodes = corpus.nodes
    node_of = {origin: node for node in corpus.graph.nodes for origin in node.origins}
    extraction = corpus.extractions.get(document.id)
    inside = [m for m in extraction.mentions if sentence.start <= m.start < sentence.end] if extraction else []
    named = [node for m in inside if (node := node_of.get(Origin(document.id, m.entity)))]
    yield f"  {sentence.start:6} {plain(document.text[sentence.start : sentence.end])}"
    if named:
        yield f"         entities: {', '.join(dict.fromkeys(f'{plain(n.label)} ({n.id})' for n in named))}"
    for fact in facts:
        status = "asserted" if fact.asserted else "not asserted"
        yield f"         {fact.id}: {statement_line(fact.statement, lambda i: nodes[i].label)} [{status}]"
