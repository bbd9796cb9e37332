"""Turtle files as Protégé reads them: through the OWL API, whose 4.5 line Protégé 5 stands on, and the reasoner HermiT.

python -m benchmarks.conformance.owl_api --jars FOLDER ontology/kg.ttl graph-owl.ttl

FOLDER holds the jars of both and of what they need; the PyPI package mowl-borg has them in mowl/lib. Needs Java and jpype1.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path
from typing import Any

# What the folder of mowl-borg holds besides, in versions that shadow those wanted here.
SHADOWING = ("elk", "owlapi-osgidistribution")


def main() -> None:
    """Print for each file what the OWL API says of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jars", type=Path, required=True)
    parser.add_argument("files", type=Path, nargs="+")
    arguments = parser.parse_args()
    import jpype
    import jpype.imports

    jars = [str(path) for path in arguments.jars.glob("*.jar") if not path.name.startswith(SHADOWING)]
    jpype.startJVM("-Dorg.slf4j.simpleLogger.defaultLogLevel=off", classpath=jars)
    for file in arguments.files:
        told = read(file)
        print(file.name, *(f"  {name}: {value}" for name, value in told.items()), sep="\n")


def read(file: Path) -> dict[str, object]:
    """What one file is to the OWL API: its axioms, the triples it could make nothing of, what keeps it from OWL 2 DL
    by kind, and whether HermiT finds it consistent, with the classes that can have no member."""
    from java.io import File  # type: ignore[import-not-found]
    from org.semanticweb.HermiT import ReasonerFactory  # type: ignore[import-not-found]
    from org.semanticweb.owlapi.apibinding import OWLManager  # type: ignore[import-not-found]
    from org.semanticweb.owlapi.profiles import OWL2DLProfile  # type: ignore[import-not-found]

    manager = OWLManager.createOWLOntologyManager()
    ontology = manager.loadOntologyFromOntologyDocument(File(str(file)))
    metadata: Any = manager.getOntologyFormat(ontology).getOntologyLoaderMetaData()
    violations = Counter(
        re.split(r" \[| \"", str(v))[0] for v in OWL2DLProfile().checkOntology(ontology).getViolations()
    )
    reasoner = ReasonerFactory().createReasoner(ontology)
    return {
        "axioms": int(ontology.getAxiomCount()),
        "individuals": int(ontology.getIndividualsInSignature().size()),
        "triples not understood": int(metadata.getUnparsedTriples().size()),
        "not OWL 2 DL": dict(violations) or "nothing",
        "consistent": bool(reasoner.isConsistent()),
        "classes without possible members": str(reasoner.getUnsatisfiableClasses()),
    }


if __name__ == "__main__":
    main()
