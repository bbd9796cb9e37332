"""Time and memory of resolving many distinct names of persons and organisations, one an article.

    python -m benchmarks.resolution.names [--names 1000000]

Names are generated from syllables: persons of two or three words, some with an initial or a country, the first names as
unevenly common as in life, organisations of three words, some with their acronym. Prints seconds, peak memory, and how many nodes and merges came out.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Iterator

from kg.datafiles import load_data_files
from kg.gazetteer import load_gazetteer
from kg.model import Document, Entity, Extraction, Mention
from kg.resolve import resolve

ONSETS = [
    "b",
    "d",
    "f",
    "g",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "t",
    "v",
    "w",
    "z",
    "br",
    "dr",
    "gr",
    "kr",
    "pr",
    "tr",
    "st",
    "sh",
    "ch",
    "kh",
]
VOWELS = ["a", "e", "i", "o", "u", "ai", "ei", "ou"]
CODAS = ["", "", "", "n", "r", "s", "l", "m", "k", "t"]
FIELDS = [
    "Energy",
    "Shipping",
    "Foods",
    "Steel",
    "Media",
    "Logistics",
    "Insurance",
    "Pharma",
    "Textiles",
    "Mining",
    "Institute",
    "Council",
]
COUNTRIES = ["USA", "RUS", "IRN", "DEU", "FRA", "IND", "CHN", "BRA", "NGA", "EGY"]


def word(random_: random.Random, syllables: int) -> str:
    """A made-up name word."""
    parts = (random_.choice(ONSETS) + random_.choice(VOWELS) + random_.choice(CODAS) for _ in range(syllables))
    return "".join(parts).capitalize()


def generated(count: int, seed: int = 7) -> Iterator[Entity]:
    """Distinct names as entities."""
    random_ = random.Random(seed)
    # First names and surnames repeat in life: a few thousand of the one, many of the other.
    firsts = sorted({word(random_, random_.choice((1, 2, 2, 3))) for _ in range(3000)})
    draws = iter(lambda: random_.choices(firsts, _weights(len(firsts)), k=10_000), None)
    drawn = (first for batch in draws for first in batch)
    seen: set[str] = set()
    while len(seen) < count:
        entity = _person(random_, drawn) if random_.random() < 0.6 else _organization(random_)
        if entity.label not in seen:
            seen.add(entity.label)
            yield entity


def _weights(count: int) -> list[float]:
    """How common first names are: a few very, most hardly (Zipf's law); the commonest has some 4 % of all."""
    return [1 / (rank + 3) for rank in range(1, count + 1)]


def _person(random_: random.Random, firsts: Iterator[str]) -> Entity:
    first = next(firsts)
    middle = next(firsts) + " " if random_.random() < 0.2 else ""
    if random_.random() < 0.02:
        first = first[0] + "."
    name = f"{first} {middle}{word(random_, random_.choice((2, 2, 3)))}"
    return Entity("e1", name, "Person", country=random_.choice(COUNTRIES) if random_.random() < 0.3 else None)


def _organization(random_: random.Random) -> Entity:
    words = [word(random_, 2), word(random_, 2), random_.choice(FIELDS)]
    aliases = ("".join(w[0] for w in words),) if random_.random() < 0.1 else ()
    return Entity("e1", " ".join(words), "Organization", aliases=aliases)


def articles(count: int) -> list[Extraction]:
    """An article for each name."""
    return [
        Extraction(Document(f"d{n}", "", "", ""), (Mention(0, 1, "", e.type, "name", "e1"),), (e,), ())
        for n, e in enumerate(generated(count))
    ]


def main() -> None:
    """Print the measures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--names", type=int, default=1_000_000)
    count = parser.parse_args().names
    gazetteer = load_gazetteer(load_data_files(None))
    given = articles(count)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start, cpu = time.perf_counter(), time.process_time()
    nodes = resolve(given, gazetteer)
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{count} names: {seconds:.1f} s ({cpu:.1f} s of CPU), peak {peak:.0f} MiB ({before:.0f} MiB before), {len(nodes)} nodes"
    )


if __name__ == "__main__":
    main()
