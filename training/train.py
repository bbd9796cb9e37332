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
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.utils.data import DataLoader

from kg.parse.encode import WordEncoder
from training.batches import Batch, Collator, Item, batches_of, encode
from training.checkpoint import Checkpoint
from training.inventory import Inventory, build_inventory, with_core_roles
from training.losses import losses, soft_losses, taught
from training.network import Network, Sizes, load_encoder
from training.prepare import OWN
from training.restart import load_exported
from training.rounding import rounded
from training.sentences import Sentence, read_jsonl

HERE = Path(__file__).parent


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


@dataclass(frozen=True)
class Plan:
    """What one run is given: its config file, its folder, and where it begins.

    `start` is the folder of an exported model whose weights and label sets the run begins with; None begins with the
    bare encoder. `labels` is the folder of an exported model whose label sets alone are taken (teachers of a student
    must share its labels). `teachers` are the folders of runs whose mean predictions the run learns besides. `final`
    adds the treebanks' development parts (for the shipped model, after every choice is made). `seed` overrides the
    config's. `device` is what torch calls it, "cpu" or "cuda".
    """

    config: Path
    out: Path
    final: bool = False
    start: Path | None = None
    labels: Path | None = None
    teachers: tuple[Path, ...] = ()
    seed: int | None = None
    device: str = "cpu"
    threads: int = 2


def train(data: Path, lexicon: Path, plan: Plan) -> None:
    """Train and write `model.pt`, `inventory.json` and `log.jsonl` to the plan's folder."""
    settings = tomllib.loads(plan.config.read_text())
    seed = settings["seed"] if plan.seed is None else plan.seed
    torch.manual_seed(seed)
    torch.set_num_threads(plan.threads)
    plan.out.mkdir(parents=True, exist_ok=True)
    folder = encoder_folder(settings["encoder_package"])
    items = training_items(
        data, settings["data"]["epochs"], WordEncoder.from_file(folder / "tokenizer.json"), plan.final
    )
    labels = plan.labels or plan.start
    if labels is None:
        inventory = build_inventory([i.sentence for many in items.values() for i in many], lexicon)
    else:
        inventory = Inventory.load(labels / "inventory.json")
    inventory = with_core_roles(inventory, lexicon)
    inventory.save(plan.out / "inventory.json")
    network = Network(sizes_of(inventory, settings["sizes"]["role"]))
    if plan.start is None:
        load_encoder(network, folder / "model.safetensors")
    else:
        load_exported(network, plan.start)
    (plan.out / "sizes.json").write_text(json.dumps(asdict(network.sizes)))
    teachers = [load_network(teacher).to(plan.device) for teacher in plan.teachers]
    _run(network.to(plan.device), teachers, items, inventory, settings, random.Random(seed), plan)


def load_network(run: Path) -> Network:
    """The network of a training run's folder, in evaluation mode."""
    network = Network(Sizes(**json.loads((run / "sizes.json").read_text())))
    network.load_state_dict(torch.load(run / "model.pt", map_location="cpu"))
    return network.eval()


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
    teachers: Sequence[Network],
    items: dict[str, list[Item]],
    inventory: Inventory,
    settings: dict,
    random_: random.Random,
    plan: Plan,
) -> None:
    options = settings["optimizer"]
    epochs = settings["data"]["epochs"]
    rounds = math.ceil(max(epochs.values()))
    share = {name: value / rounds for name, value in epochs.items()}
    optimizer = torch.optim.AdamW(
        parameter_groups(network, options), betas=(0.9, 0.98), fused=plan.device.startswith("cuda")
    )
    peaks = [group["lr"] for group in optimizer.param_groups]
    collate = Collator(inventory)
    averaged = copy.deepcopy(network)
    some = epoch_of(items, share, random.Random(0))
    steps = rounds * len(list(batches_of(some, options["padded_pieces"], random.Random(0))))
    state = Checkpoint(network, averaged, optimizer, random_, plan.out / "checkpoint.pt")
    state.resume()
    start = time.time() - state.seconds
    log = (plan.out / "log.jsonl").open("a" if state.step else "w")
    sums: dict[str, Tensor] = {}
    for epoch in range(state.epoch, rounds):
        network.train()
        state.begin(epoch)
        batches = batches_of(epoch_of(items, share, random_), options["padded_pieces"], random_)
        for batch in _collated(list(itertools.islice(batches, state.done, None)), collate, plan.device):
            for name, part in _step(network, teachers, batch, settings).items():
                sums[name] = sums.get(name, torch.zeros((), device=plan.device)) + part
            torch.nn.utils.clip_grad_norm_(network.parameters(), options["clip"])
            for group, peak in zip(optimizer.param_groups, peaks, strict=True):
                group["lr"] = peak * schedule(state.step, steps, options["warmup"])
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            state.step += 1
            state.done += 1
            _average(averaged, network, min(options["average"], state.step / (state.step + 10)))
            if state.step % 100 == 0:
                means = {name: round(float(value) / 100, 3) for name, value in sums.items()}
                _log(log, step=state.step, steps=steps, epoch=epoch, seconds=round(time.time() - start), **means)
                sums = {}
            if state.step % options.get("save_every", 100) == 0:
                state.save(time.time() - start)
        state.done = 0
        torch.save(averaged.state_dict(), plan.out / "model.pt")
    state.path.unlink(missing_ok=True)
    log.close()


def _step(network: Network, teachers: Sequence[Network], batch: Batch, settings: dict) -> dict[str, Tensor]:
    """Leave the gradients of one batch in the network; return the parts of its loss."""
    options, weights = settings["optimizer"], settings["loss"]
    # Half precision where it is safe, which is several times as fast on processors that have it.
    half = torch.autocast(batch.pieces.device.type, torch.bfloat16, enabled=options.get("bf16", False))
    with rounded(network) if options.get("rounded", False) else nullcontext():
        with half:
            out = network(batch.pieces, batch.cases, batch.first)
            parts = losses(network, out, batch)
            soft = soft_losses(network, out, batch, taught(teachers, batch)) if teachers else {}
        told = sum(weights[name] * part.float() for name, part in soft.items())
        total = sum(weights[name] * part.float() for name, part in parts.items())
        (total + settings.get("distil", {}).get("weight", 0.0) * told).backward()
    taught_parts = {f"soft_{name}": part for name, part in soft.items()}
    return {name: part.detach() for name, part in (parts | taught_parts).items()}


def _collated(batches: list[list[Item]], collate: Collator, device: str) -> Iterator[Batch]:
    """The batches as tensors on the device; a graphics processor would wait for them, so others make them ahead."""
    if device == "cpu":
        yield from map(collate, batches)
        return
    loader = DataLoader(batches, batch_size=None, collate_fn=collate, num_workers=2, prefetch_factor=8)
    yield from (batch.to(device) for batch in loader)


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
