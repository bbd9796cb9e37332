"""The training run: all heads jointly, seeds fixed, weights averaged."""

from __future__ import annotations

import copy
import importlib.util
import itertools
import json
import math
import random
import time
import tomllib
from dataclasses import asdict
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from kg.parse.encode import WordEncoder
from training.batches import IGNORE, Batch, Collator, Item, batches_of, encode
from training.inventory import Inventory, build_inventory
from training.network import Network, Sizes, load_encoder
from training.prepare import OWN
from training.restart import load_exported
from training.sentences import Sentence, read_jsonl

HERE = Path(__file__).parent


def losses(network: Network, batch: Batch) -> dict[str, Tensor]:
    """Mean loss of each head over what the batch annotates."""
    out = network(batch.pieces, batch.cases, batch.first)
    found = {
        "ner": _cross_entropy(_without_unknown(out["ner"], batch), batch.ner),
        "upos": _cross_entropy(out["upos"], batch.upos),
        "xpos": _cross_entropy(out["xpos"], batch.xpos),
        "predicate": _cross_entropy(out["predicate"], batch.predicate),
    }
    arcs = network.arc_scores(out).masked_fill(~batch.word_mask[:, None, :], -1e9)
    found["arc"] = _cross_entropy(arcs, batch.heads)
    found["label"] = _label_loss(network, out, batch)
    if len(batch.predicate_at):
        rows, words = batch.predicate_at.unbind(1)
        rolesets = out["roleset"][rows, words] + batch.roleset_allowed
        found["roleset"] = _cross_entropy(rolesets, batch.roleset)
        distance = torch.arange(batch.roles.shape[1])[None, :] - words[:, None]
        roles = network.role_scores(out["role_head"][rows, words], out["role_dependent"][rows], distance)
        found["role"] = _cross_entropy(roles, batch.roles)
    return found


def _cross_entropy(scores: Tensor, target: Tensor) -> Tensor:
    if not (target != IGNORE).any():
        return scores.sum() * 0.0
    return F.cross_entropy(scores.flatten(0, -2), target.flatten(), ignore_index=IGNORE)


def _without_unknown(scores: Tensor, batch: Batch) -> Tensor:
    """Take labels that a corpus doesn't know out of the softmax wherever it says O, so that O stays silent on them."""
    outside = (batch.ner == 0)[:, :, None] & batch.ner_unknown[:, None, :]
    return scores.masked_fill(outside, -1e4)


def _label_loss(network: Network, out: dict[str, Tensor], batch: Batch) -> Tensor:
    known = (batch.heads != IGNORE) & (batch.deprels != IGNORE)
    rows, words = known.nonzero(as_tuple=True)
    if not len(rows):
        return out["ner"].sum() * 0.0
    heads = batch.heads[rows, words]
    scores = network.label_scores(out["label_dependent"][rows, words], out["label_head"][rows, heads])
    return F.cross_entropy(scores, batch.deprels[rows, words])


def encoder_folder(package: str) -> Path:
    """The `model` folder of the installed package that carries the encoder."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"install the training extra: the package {package} carries the encoder")
    return Path(spec.origin).parent / "model"


def training_items(data: Path, epochs: dict[str, float], encoder: WordEncoder, dev: bool) -> dict[str, list[Item]]:
    """Encoded training sentences by corpus: the train split of treebanks, everything of names-only corpora."""
    found = {}
    for name in epochs:
        sentences = read_jsonl(data / f"{name}.jsonl")
        if name.startswith("UD_") or name in OWN:
            splits = ("train", "dev") if dev else ("train",)
            sentences = [s for s in sentences if s.split in splits or name.endswith("PUD")]
        found[name] = [encode(sentence, encoder) for sentence in sentences]
    return found


def epoch_of(items: dict[str, list[Item]], share: dict[str, float], random_: random.Random) -> list[Item]:
    """One epoch: of each corpus its share, which may be below or above 1."""
    chosen: list[Item] = []
    for name in sorted(items):
        whole, part = divmod(share[name], 1.0)
        chosen += items[name] * int(whole)
        chosen += random_.sample(items[name], round(part * len(items[name])))
    return chosen


def parameter_groups(network: Network, settings: dict) -> list[dict]:
    """Encoder (word embeddings frozen) and heads with their rates; no decay on biases, norms and embeddings."""
    network.encoder.words.weight.requires_grad = False
    groups: dict[tuple[float, float], list] = {}
    for name, parameter in network.named_parameters():
        if not parameter.requires_grad:
            continue
        rate = settings["encoder_rate"] if name.startswith("encoder.") else settings["head_rate"]
        if name == "encoder.cases.weight":
            rate = settings["head_rate"]
        decay = settings["weight_decay"] if parameter.dim() > 1 and "cases" not in name else 0.0
        groups.setdefault((rate, decay), []).append(parameter)
    return [{"params": params, "lr": rate, "weight_decay": decay} for (rate, decay), params in groups.items()]


def schedule(step: int, steps: int, warmup: float) -> float:
    """Share of the peak learning rate at a step: linear up, then linear down to 0."""
    rise = max(1, int(warmup * steps))
    return (step + 1) / rise if step < rise else max(0.0, (steps - step) / max(1, steps - rise))


def train(
    data: Path, lexicon: Path, out: Path, config: Path, threads: int, final: bool = False, start: Path | None = None
) -> None:
    """Train and write `model.pt`, `inventory.json` and `log.jsonl` to `out`.

    With `final`, the development parts of the treebanks join the training (for the shipped model, after every choice
    is made). `start` is the folder of an exported model whose weights and label sets the run begins with; None begins
    with the bare encoder.
    """
    settings = tomllib.loads(config.read_text())
    torch.manual_seed(settings["seed"])
    torch.set_num_threads(threads)
    random_ = random.Random(settings["seed"])
    out.mkdir(parents=True, exist_ok=True)
    folder = encoder_folder(settings["encoder_package"])
    encoder = WordEncoder.from_file(folder / "tokenizer.json")
    epochs = settings["data"]["epochs"]
    items = training_items(data, epochs, encoder, final)
    if start is None:
        inventory = build_inventory([i.sentence for many in items.values() for i in many], lexicon)
    else:
        inventory = Inventory.load(start / "inventory.json")
    inventory.save(out / "inventory.json")
    network = Network(sizes_of(inventory, settings["sizes"]["role"]))
    if start is None:
        load_encoder(network, folder / "model.safetensors")
    else:
        load_exported(network, start)
    (out / "sizes.json").write_text(json.dumps(asdict(network.sizes)))
    rounds = math.ceil(max(epochs.values()))
    share = {name: value / rounds for name, value in epochs.items()}
    _run(network, items, share, rounds, inventory, settings, random_, out)


def sizes_of(inventory: Inventory, role: int) -> Sizes:
    """The network sizes for an inventory, and the width of the role head."""
    return Sizes(
        role=role,
        ner=len(inventory.ner),
        upos=len(inventory.upos),
        xpos=len(inventory.xpos),
        deprels=len(inventory.deprels),
        rolesets=len(inventory.rolesets),
        roles=len(inventory.roles),
    )


def _run(
    network: Network,
    items: dict[str, list[Item]],
    share: dict[str, float],
    rounds: int,
    inventory: Inventory,
    settings: dict,
    random_: random.Random,
    out: Path,
) -> None:
    options = settings["optimizer"]
    optimizer = torch.optim.AdamW(parameter_groups(network, options), betas=(0.9, 0.98))
    peaks = [group["lr"] for group in optimizer.param_groups]
    collate = Collator(inventory)
    averaged = copy.deepcopy(network)
    per_epoch = len(
        list(batches_of(epoch_of(items, share, random.Random(0)), options["padded_pieces"], random.Random(0)))
    )
    steps = per_epoch * rounds
    state = Checkpoint(network, averaged, optimizer, random_, out / "checkpoint.pt")
    state.resume()
    start = time.time() - state.seconds
    log = (out / "log.jsonl").open("a" if state.step else "w")
    for epoch in range(state.epoch, rounds):
        network.train()
        sums: dict[str, float] = {}
        words = 0
        state.begin(epoch)
        batches = batches_of(epoch_of(items, share, random_), options["padded_pieces"], random_)
        for chosen in itertools.islice(batches, state.done, None):
            batch = collate(chosen)
            # Half precision where it is safe, which is several times as fast on processors that have it.
            with torch.autocast("cpu", torch.bfloat16, enabled=options.get("bf16", False)):
                parts = losses(network, batch)
            sum(settings["loss"][name] * part.float() for name, part in parts.items()).backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), options["clip"])
            for group, peak in zip(optimizer.param_groups, peaks, strict=True):
                group["lr"] = peak * schedule(state.step, steps, options["warmup"])
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            state.step += 1
            state.done += 1
            _average(averaged, network, min(options["average"], state.step / (state.step + 10)))
            words += sum(item.length for item in chosen)
            for name, part in parts.items():
                sums[name] = sums.get(name, 0.0) + float(part.detach())
            if state.step % 100 == 0:
                _log(log, step=state.step, steps=steps, epoch=epoch, words=words, seconds=round(time.time() - start),
                     **{name: round(value / 100, 3) for name, value in sums.items()})  # fmt: skip
                sums = {}
                state.save(time.time() - start)
        state.done = 0
        torch.save(averaged.state_dict(), out / "model.pt")
    state.path.unlink(missing_ok=True)
    log.close()


class Checkpoint:
    """Where a run stands, saved every 100 steps: a run that was stopped and started again goes on from there.

    The random state is the one from the start of the epoch, so that the epoch's batches come out the same and those
    already seen are skipped.
    """

    def __init__(
        self,
        network: Network,
        averaged: Network,
        optimizer: torch.optim.Optimizer,
        random_: random.Random,
        path: Path,
    ) -> None:
        self.network, self.averaged, self.optimizer, self.random, self.path = (
            network,
            averaged,
            optimizer,
            random_,
            path,
        )
        self.step = self.epoch = self.done = 0
        self.seconds = 0.0
        self.began = random_.getstate()

    def begin(self, epoch: int) -> None:
        """Note the random state at the start of an epoch."""
        self.epoch, self.began = epoch, self.random.getstate()

    def save(self, seconds: float) -> None:
        """Write the checkpoint; a run killed meanwhile leaves the one before."""
        whole = {
            "network": self.network.state_dict(),
            "averaged": self.averaged.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "torch": torch.get_rng_state(),
            "began": self.began,
            "counts": (self.step, self.epoch, self.done, seconds),
        }
        torch.save(whole, self.path.with_suffix(".part"))
        self.path.with_suffix(".part").replace(self.path)

    def resume(self) -> None:
        """Take up a saved run, if there is one."""
        if not self.path.exists():
            return
        # The file is this script's own; the random state is a tuple, which the weights-only loader refuses.
        whole = torch.load(self.path, weights_only=False)
        self.network.load_state_dict(whole["network"])
        self.averaged.load_state_dict(whole["averaged"])
        self.optimizer.load_state_dict(whole["optimizer"])
        torch.set_rng_state(whole["torch"])
        self.random.setstate(whole["began"])
        self.step, self.epoch, self.done, self.seconds = whole["counts"]


def _average(averaged: Network, network: Network, decay: float) -> None:
    with torch.no_grad():
        for mean, now in zip(averaged.parameters(), network.parameters(), strict=True):
            mean.lerp_(now, 1 - decay)


def _log(handle, **values: object) -> None:
    handle.write(json.dumps(values) + "\n")
    handle.flush()
    print(values, flush=True)


def sentences_for(data: Path, corpus: str, split: str) -> list[Sentence]:
    """The sentences of one split of a prepared corpus."""
    return [s for s in read_jsonl(data / f"{corpus}.jsonl") if s.split == split]
