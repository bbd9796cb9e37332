"""Coreference within an article: which mentions speak of the same entity.

Names first (exact, acronyms, short forms, titles with surnames), then appositions, definite descriptions by role and
type (*the Russian leader*, *the ministry*), then pronouns by agreement and salience. Text is never rewritten: the
result is an entity for each mention, and for plurals such as *both countries* the entities they stand for.
"""

from __future__ import annotations

from datetime import date

from spacy.tokens import Doc

from kg.coref.clusters import Clusters, Discourse
from kg.coref.descriptions import cluster_appositions, resolve_nominal
from kg.coref.names import cluster_names
from kg.coref.pronouns import resolve_pronoun
from kg.mentions import Candidate, Words
from kg.ontology import Ontology
from kg.syntax import children

__all__ = ["Discourse", "resolve_coreference"]


def resolve_coreference(
    doc: Doc, candidates: tuple[Candidate, ...], words: Words, ontology: Ontology, published: date | None
) -> Discourse:
    """Cluster the candidates of a document into entities.

    The ontology's frames say what kind of thing a verb takes, by which a pronoun's antecedent is chosen.
    """
    known = Clusters(doc, candidates, words, ontology, published)
    cluster_names(known)
    cluster_appositions(known)
    _cluster_rest(known)
    return known.discourse()


def _cluster_rest(known: Clusters) -> None:
    """Descriptions and pronouns, left to right."""
    for number, candidate in enumerate(known.candidates):
        if known.entity[number] is not None:
            continue
        if candidate.kind == "pronoun":
            resolve_pronoun(known, number)
        elif candidate.kind == "nominal":
            for owner in children(known.doc[candidate.head], "nmod:poss"):
                # *his country*: whose it is comes first.
                at = known.at.get(owner.i)
                if at is not None and known.candidates[at].kind == "pronoun" and known.entity[at] is None:
                    resolve_pronoun(known, at)
            resolve_nominal(known, number)
