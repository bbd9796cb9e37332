"""Runs W3C's SPARQL 1.1 suites against `kg serve`: python -m benchmarks.conformance FOLDER

FOLDER is the `sparql11` folder of W3C's rdf-tests repository. Exits with 1 if a test fails that isn't known to.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from benchmarks.conformance.http_suites import (
    Outcome,
    graph_store,
    protocol,
    protocol_of_scratch,
    service_description,
)
from benchmarks.conformance.result_formats import result_formats

SUITES = {
    "protocol": protocol,
    "protocol, with --scratch": protocol_of_scratch,
    "graph store protocol, reading": graph_store,
    "service description": service_description,
    "result formats": result_formats,
}
# Failures that we know and live with, with their reason.
STORED = "Oxigraph stores numbers by value: 1.0E6 becomes 1000000, xsd:negativeInteger becomes xsd:integer"
KNOWN = {"csv03": STORED, "tsv03": STORED}


def report(name: str, outcomes: list[Outcome]) -> int:
    """Print how a suite went; the number of failures that aren't known."""
    counts = Counter(outcome.verdict for outcome in outcomes)
    refused = f", {counts['refused by design']} refused by design" if counts["refused by design"] else ""
    print(f"{name}: {counts['passed']} of {len(outcomes)} passed{refused}, {counts['failed']} failed")
    for outcome in outcomes:
        known = f" (known: {KNOWN[outcome.name]})" if outcome.name in KNOWN and outcome.verdict == "failed" else ""
        print(f"  {outcome.verdict:18}{outcome.name}{': ' + outcome.why if outcome.why else ''}{known}")
    return sum(outcome.verdict == "failed" and outcome.name not in KNOWN for outcome in outcomes)


def main(folder: Path) -> int:
    """Run all suites."""
    return 1 if sum(report(name, suite(folder)) for name, suite in SUITES.items()) else 0


if __name__ == "__main__":
    if len(sys.argv) != 2 or not (Path(sys.argv[1]) / "protocol").is_dir():
        sys.exit("usage: python -m benchmarks.conformance FOLDER-OF-SPARQL11-SUITES")
    sys.exit(main(Path(sys.argv[1])))
