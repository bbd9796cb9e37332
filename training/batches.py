"""Training sentences as tensors."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, fields

import torch
from torch import Tensor

from kg.parse.encode import EncodedSentence, WordEncoder
from training.inventory import Inventory, lemma_key
from training.sentences import Predicate, Sentence

IGNORE = -100
CORE_NUMBERS = "012345"
CORE_ROLES = frozenset(f"ARG{number}" for number in CORE_NUMBERS)
MAX_TRAINING_PIECES = 254
# Its texts are those of EWT's development and test parts, which trees and roles are measured on: a teacher's trees for
# them must not be learnt.
MEASURED = ("UNER_English-EWT",)


@dataclass(frozen=True)
class Item:
    """A sentence with its encoding, cut to the words whose pieces fit."""

    sentence: Sentence
    encoded: EncodedSentence
    length: int


@dataclass(frozen=True)
class Batch:
    """Padded tensors. Targets are (batch, 1 + words) with IGNORE where nothing is known; column 0 is the root.

    `teachable` (batch) says of which sentences teachers may be asked.
    """

    pieces: Tensor
    cases: Tensor
    first: Tensor
    word_mask: Tensor
    ner: Tensor
    ner_unknown: Tensor
    upos: Tensor
    xpos: Tensor
    heads: Tensor
    deprels: Tensor
    predicate: Tensor
    predicate_at: Tensor
    roleset: Tensor
    roleset_allowed: Tensor
    roles: Tensor
    roles_allowed: Tensor
    teachable: Tensor

    def to(self, device: str) -> Batch:
        """The same batch on a device, as torch names it."""
        return Batch(**{field.name: getattr(self, field.name).to(device) for field in fields(self)})


def encode(sentence: Sentence, encoder: WordEncoder) -> Item:
    """Encode, dropping words beyond the training length."""
    encoded = encoder.sentence(sentence.words)
    if len(encoded.pieces) <= MAX_TRAINING_PIECES:
        return Item(sentence, encoded, len(sentence.words))
    length = sum(position < MAX_TRAINING_PIECES - 20 for position in encoded.first)
    return Item(sentence, encoder.sentence(sentence.words[:length]), length)


def batches_of(items: list[Item], padded_pieces: int, random_: random.Random) -> Iterator[list[Item]]:
    """Batches of about `padded_pieces`, in lengths rounded to 8, in random order."""
    items = list(items)
    random_.shuffle(items)
    items.sort(key=lambda item: -(-len(item.encoded.pieces) // 8))
    batches, current = [], []
    for item in items:
        longest = -(-len(item.encoded.pieces) // 8) * 8
        if current and (len(current) + 1) * longest > padded_pieces:
            batches.append(current)
            current = []
        current.append(item)
    if current:
        batches.append(current)
    random_.shuffle(batches)
    yield from batches


class Collator:
    """Turns items into a Batch."""

    def __init__(self, inventory: Inventory) -> None:
        self.inventory = inventory
        self.ids = {
            name: {label: number for number, label in enumerate(getattr(inventory, name))}
            for name in ("ner", "upos", "xpos", "deprels", "roles", "rolesets")
        }

    def __call__(self, items: list[Item]) -> Batch:
        pieces = -(-max(len(item.encoded.pieces) for item in items) // 8) * 8
        words = 1 + max(item.length for item in items)
        count = len(items)
        full = lambda width, value: torch.full((count, width), value, dtype=torch.long)
        batch = Batch(
            pieces=full(pieces, 0),
            cases=full(pieces, 0),
            first=full(words - 1, 0),
            word_mask=torch.zeros(count, words, dtype=torch.bool),
            ner=full(words, IGNORE),
            ner_unknown=torch.zeros(count, len(self.inventory.ner), dtype=torch.bool),
            upos=full(words, IGNORE),
            xpos=full(words, IGNORE),
            heads=full(words, IGNORE),
            deprels=full(words, IGNORE),
            predicate=full(words, IGNORE),
            teachable=torch.tensor([item.sentence.corpus not in MEASURED for item in items]),
            **self._predicates(items, words),
        )
        for row, item in enumerate(items):
            self._fill(batch, row, item)
        return batch

    def _fill(self, batch: Batch, row: int, item: Item) -> None:
        sentence, encoded, n = item.sentence, item.encoded, item.length
        batch.pieces[row, : len(encoded.pieces)] = torch.tensor(encoded.pieces)
        batch.cases[row, : len(encoded.cases)] = torch.tensor(encoded.cases)
        batch.first[row, :n] = torch.tensor(encoded.first)
        batch.word_mask[row, : n + 1] = True
        if sentence.entities is not None:
            batch.ner[row, 1 : n + 1] = torch.tensor(self._ner(sentence, n))
            for label in sentence.unlabelled:
                for prefix in "BI":
                    batch.ner_unknown[row, self.ids["ner"][f"{prefix}-{label}"]] = True
        if sentence.heads is not None:
            get = lambda name, values: torch.tensor([self.ids[name].get(v, IGNORE) for v in values[:n]])
            batch.upos[row, 1 : n + 1] = get("upos", sentence.upos)
            batch.xpos[row, 1 : n + 1] = get("xpos", sentence.xpos)
            batch.deprels[row, 1 : n + 1] = get("deprels", sentence.deprels)
            # Column 0 is the root, hence +1; a head that was cut away is unknown.
            heads = [head + 1 if head < n else IGNORE for head in sentence.heads[:n]]
            batch.heads[row, 1 : n + 1] = torch.tensor(heads)
        if sentence.predicates is not None:
            batch.predicate[row, 1 : n + 1] = 0
            for predicate in sentence.predicates:
                if predicate.word < n:
                    batch.predicate[row, predicate.word + 1] = 1

    def _ner(self, sentence: Sentence, n: int) -> list[int]:
        tags = ["O"] * len(sentence.words)
        for start, end, label in sentence.entities or ():
            tags[start] = f"B-{label}"
            for index in range(start + 1, end):
                tags[index] = f"I-{label}"
        return [self.ids["ner"][tag] for tag in tags[:n]]

    def _predicates(self, items: list[Item], words: int) -> dict[str, Tensor]:
        at, rolesets, allowed, roles, given = [], [], [], [], []
        for row, item in enumerate(items):
            for predicate in item.sentence.predicates or ():
                if predicate.word >= item.length:
                    continue
                at.append((row, predicate.word + 1))
                rolesets.append(self.ids["rolesets"].get(predicate.roleset, IGNORE))
                given.append(predicate)
                allowed.append(self._allowed(item.sentence, predicate.word))
                row_roles = [IGNORE] + [0] * item.length + [IGNORE] * (words - 1 - item.length)
                for argument, role in predicate.args:
                    if argument < item.length:
                        row_roles[argument + 1] = self.ids["roles"].get(role, 0)
                roles.append(row_roles)
        mask = torch.full((len(at), len(self.inventory.rolesets)), -1e4)
        for number, columns in enumerate(allowed):
            mask[number, columns] = 0.0
        for number, roleset in enumerate(rolesets):
            if roleset != IGNORE:
                mask[number, roleset] = 0.0
        return {
            "predicate_at": torch.tensor(at, dtype=torch.long).view(-1, 2),
            "roleset": torch.tensor(rolesets, dtype=torch.long),
            "roleset_allowed": mask,
            "roles": torch.tensor(roles, dtype=torch.long).view(-1, words),
            "roles_allowed": self._roles_allowed(given),
        }

    def _roles_allowed(self, predicates: list[Predicate]) -> Tensor:
        """0 for the roles that a roleset can have, a great negative number for core roles that it doesn't have (but
        for those that the corpus gives it all the same)."""
        mask = torch.zeros(len(predicates), len(self.inventory.roles))
        for row, predicate in enumerate(predicates):
            has = {f"ARG{number}" for number in self.inventory.core_roles.get(predicate.roleset, CORE_NUMBERS)}
            for role in CORE_ROLES & set(self.ids["roles"]) - has - {role for _, role in predicate.args}:
                mask[row, self.ids["roles"][role]] = -1e4
        return mask

    def _allowed(self, sentence: Sentence, word: int) -> list[int]:
        assert sentence.lemmas and sentence.upos
        key = lemma_key(sentence.lemmas[word], sentence.upos[word])
        return [self.ids["rolesets"][roleset] for roleset in self.inventory.candidates.get(key, ())]
