"""The label sets of the model, and which rolesets a lemma may have."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from training.sentences import NER_LABELS, Sentence

# PropBank's parts of speech for aliases, by Universal part of speech.
ALIAS_POS = {"VERB": "v", "AUX": "v", "NOUN": "n", "PROPN": "n", "ADJ": "j"}
RARE_ROLE = 30


@dataclass(frozen=True)
class Inventory:
    """Labels by position in each head's output, and roleset candidates by "lemma|v", "lemma|n", "lemma|j".

    `rolesets` are those seen in training, most frequent first; only they are scored. `candidates` lists for a
    lemma the seen rolesets; `unseen` the lexicon's first roleset for lemmas none of whose rolesets was seen.
    `core_roles` are the numbers of the core roles that a roleset has ("012"), `functions` these roles with what the
    lexicon says they do ("0PAG 1PPT 2GOL"), for all of these.
    """

    ner: tuple[str, ...]
    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    deprels: tuple[str, ...]
    roles: tuple[str, ...]
    rolesets: tuple[str, ...]
    candidates: dict[str, tuple[str, ...]]
    unseen: dict[str, str]
    core_roles: dict[str, str] = field(default_factory=dict)
    functions: dict[str, str] = field(default_factory=dict)

    def save(self, path: Path) -> None:
        """Write as JSON with sorted keys."""
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, sort_keys=True), encoding="utf8")

    @classmethod
    def load(cls, path: Path) -> Inventory:
        """Read what `save` wrote."""
        raw = json.loads(path.read_text(encoding="utf8"))
        raw["candidates"] = {key: tuple(value) for key, value in raw["candidates"].items()}
        return cls(**{key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()})


def build_inventory(sentences: list[Sentence], lexicon: Path) -> Inventory:
    """Collect the labels of the training sentences; `lexicon` is PropBank's roleset table (JSON lines)."""
    upos, xpos, deprels, roles, rolesets = Counter(), Counter(), Counter(), Counter(), Counter()
    seen: dict[str, Counter] = defaultdict(Counter)
    for sentence in sentences:
        if sentence.upos and sentence.xpos and sentence.deprels:
            upos.update(sentence.upos)
            xpos.update(sentence.xpos)
            deprels.update(sentence.deprels)
        for predicate in sentence.predicates or ():
            roles.update(role for _, role in predicate.args)
            rolesets[predicate.roleset] += 1
            assert sentence.lemmas and sentence.upos
            seen[lemma_key(sentence.lemmas[predicate.word], sentence.upos[predicate.word])][predicate.roleset] += 1
    listed = aliases(lexicon)
    candidates, unseen = {}, {}
    for key in sorted(set(listed) | set(seen)):
        counts = Counter({roleset: 0 for roleset in listed.get(key, []) if roleset in rolesets})
        counts.update(seen.get(key, {}))
        if counts:
            candidates[key] = tuple(sorted(counts, key=lambda r: (-counts[r], -rolesets[r], r)))
        elif listed.get(key):
            unseen[key] = listed[key][0]
    return Inventory(
        ner=("O", *(f"{prefix}-{label}" for label in NER_LABELS for prefix in "BI")),
        upos=ranked(upos),
        xpos=ranked(xpos),
        deprels=ranked(deprels),
        roles=("none", *(role for role in ranked(roles) if roles[role] >= RARE_ROLE)),
        rolesets=ranked(rolesets),
        candidates=candidates,
        unseen=unseen,
    )


def with_core_roles(inventory: Inventory, lexicon: Path) -> Inventory:
    """The inventory with each roleset's core roles as the lexicon numbers them, and their functions."""
    rows = map(json.loads, lexicon.read_text(encoding="utf8").splitlines())
    listed = {row["roleset"]: sorted((role["n"], role["f"]) for role in row["roles"]) for row in rows}
    used = sorted({*inventory.rolesets, *inventory.unseen.values()} & set(listed))
    return replace(
        inventory,
        core_roles={name: "".join(number for number, _ in listed[name]) for name in used},
        functions={name: " ".join(number + function for number, function in listed[name]) for name in used},
    )


def ranked(counts: Counter) -> tuple[str, ...]:
    """Labels by falling frequency, ties by name."""
    return tuple(sorted(counts, key=lambda label: (-counts[label], label)))


def lemma_key(lemma: str, upos: str) -> str:
    """The key of a lemma in the candidate table."""
    return f"{lemma.lower()}|{ALIAS_POS.get(upos, 'v')}"


def aliases(lexicon: Path) -> dict[str, list[str]]:
    """Rolesets by alias key, as the lexicon orders them."""
    table: dict[str, list[str]] = defaultdict(list)
    for line in lexicon.open(encoding="utf8"):
        row = json.loads(line)
        for alias, pos in row["aliases"]:
            if pos in "vnj":
                table[f"{alias.lower()}|{pos}"].append(row["roleset"])
    return dict(table)
