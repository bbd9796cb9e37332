"""A knowledge graph with hostile strings in every field that an article, a file name or a correction can reach."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kg.model import Document, Fact, KnowledgeGraph, Node, Origin, Slot, Span, Statement, Time

PWN = "window.__pwned=(window.__pwned||0)+1"
HOSTILE = (
    f"<script>{PWN}</script>",
    f"</script><script>{PWN}</script>",
    f'<img src=x onerror="{PWN}">',
    f"\"'><svg onload={PWN}>",
    f"javascript:{PWN}",
    f"{{{{ ''.__class__ }}}}{{% for x in y %}}${{{PWN}}}`{PWN}`",
    f"<!-- <script> {PWN} -->",
    f"]]></style><style>body{{display:none}}</style><iframe srcdoc='<script>parent.{PWN[7:]}</script>'>",
    "\u202egnirts desrever\u202c \u2066isolated\u2069 \u200b\ufeff",
    "nul\x00 bell\x07 escape\x1b[31m del\x7f c1\x9b sep\u2028para\u2029 lone\ud800",
    '=HYPERLINK("http://x.example","x")',
    "__proto__",
    "constructor",
    "%3Cscript%3E&#60;script&#62;&lt;script&gt;",
    "combining " + "e" + "\u0301" * 60 + " \U0001f469\u200d\U0001f680",
    "",
    "long" * 25_000,
)


def hostile_graph() -> KnowledgeGraph:
    """Every hostile string in every field that an article, a file name or a correction can reach."""
    documents, nodes, facts = [], [], []
    for number, evil in enumerate(HOSTILE):
        text = f"{evil} met {evil}."
        documents.append(
            Document(
                f"{evil}{number}",
                evil,
                text,
                evil,
                evil,
                evil,
                date(2024, 1, 1 + number),
                f"javascript:{PWN}//{evil}",
                "en",
                evil,
            )
        )
        nodes.append(
            Node(
                f"{evil}{number}",
                evil,
                "Person",
                "Company",
                (evil, f"{evil} {evil}"[:300]),
                evil,
                f"javascript:{PWN}//https://x",
                True,
                (Origin(evil, evil),),
                (evil,),
            )
        )
    for number, evil in enumerate(HOSTILE):
        subject, other = nodes[number].id, nodes[(number + 1) % len(nodes)].id
        size = len(documents[number].text)
        slots = tuple(Slot(name, 0, min(size, len(evil))) for name in ("subject", evil, "trigger"))
        statement = Statement(
            evil, subject, evil, evil, other, subject, other, Time(evil, None, date(2024, 2, 1)), "positive", "actual", other, "quote", evil,
            Span(0, size), Span(0, min(size, 4)), evil, (subject,), slots,
        )  # fmt: skip
        facts.append(Fact(f"{evil}{number}", evil, documents[number].id, statement, number % 2 == 0))
        facts.append(
            Fact(
                f"said{evil}{number}",
                evil,
                documents[number].id,
                replace(statement, object=None, relation="said"),
                False,
            )
        )
    return KnowledgeGraph(
        tuple(documents), tuple(nodes), tuple(facts), {document.id: document.id for document in documents}
    )
