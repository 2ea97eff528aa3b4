"""Recipes of the Style starter models.

`python -m studio.training.style quick --data ../shared/data --out models/style-quick --minutes 100 --resume`
trains, exports, measures and writes the card; so does `trunk`. `evaluate` measures what is in `--out` again,
`fine` the optimiser on all held-out pairs. Checkpoints and logs go to runs/.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch

from studio.engines.style.networks import Trunk
from studio.training.cards import write_card
from studio.training.data import Split, decode, load_splits
from studio.training.describe import quick_card, trunk_card
from studio.training.distil import Distillation, fresh_student
from studio.training.evaluate import Stylise
from studio.training.export import export_quick
from studio.training.loop import Plan, Training
from studio.training.losses import load_teacher
from studio.training.measure import measure_quick, measure_trunk, on_tooth
from studio.training.measure_fine import fine_way, measure_and_show, measure_fine
from studio.training.moving import moved
from studio.training.quick import Batches, Objective, Quick, fit_normaliser
from studio.training.whitening import unwhiten, whiten

TEACHER = Path("perceptual") / "squeezenet1_1_features.safetensors"


def train_quick(options: argparse.Namespace) -> None:
    """Train (or go on training) the one-pass network, then write it out with our own trunk in its encoder.

    While training, the encoder reads the teacher's numbers, which the losses need anyway.
    """
    photos, paintings = load_splits(options.data)
    teacher = load_teacher(options.data / TEACHER)
    contents, styles = decode(photos.train), decode(paintings.train)
    quick = Quick(teacher)
    fit_normaliser(quick.encoder, styles)
    spread = quick.encoder.spread.clone()
    training = Training(quick, Plan(options.runs / "quick", options.steps, options.minutes))
    if options.resume:
        training.resume()
    training.run(Objective(quick, teacher, Batches(contents, styles), spread))
    evaluate(options)


def evaluate(options: argparse.Namespace) -> None:
    """Write out and measure Quick as its last checkpoint has it (averaged weights)."""
    photos, paintings = load_splits(options.data)
    teacher = load_teacher(options.data / TEACHER)
    quick = Quick(teacher)
    state = torch.load(options.runs / "quick" / "checkpoint.pt", weights_only=True)
    quick.load_state_dict(state["average"])
    pictures = decode(paintings.train + photos.train[: len(paintings.train)])
    quick.encoder = moved(quick.encoder, load_trunk(options.trunk), pictures, crops=options.crops)
    differences = export_quick(quick, options.out)
    metrics = measure_quick(quick, teacher, photos, paintings, options.every)
    metrics["onnxruntime_difference"] = max(differences.values())
    splits = {"photographs": photos, "paintings": paintings}
    write_card(quick_card(quick, metrics, state["step"]), options.out, splits)


def show(options: argparse.Namespace) -> None:
    """Measure Fine on the contact sheet's pairs and write the sheet, with the models in models/."""
    photos, paintings = load_splits(options.data)
    quick = shipped_quick(options.out)
    fine = fine_way(options.trunk.parent, quick, options.fine_steps)
    tables, sheet = measure_and_show(quick, fine, load_teacher(options.data / TEACHER), photos, paintings)
    sheet.save(options.docs / "style-contact-sheet.jpg", quality=88)
    _write_json(options.runs / "shown.json", tables)


def fine(options: argparse.Namespace) -> None:
    """Measure Fine on all held-out pairs (two hours of one core); goes on where it was interrupted."""
    quick = shipped_quick(options.out)
    way = fine_way(options.trunk.parent, quick, options.fine_steps)
    table = measure_fine(quick, way, load_teacher(options.data / TEACHER), load_splits(options.data),
                         options.runs / f"fine-{options.fine_steps}", every=options.every)
    _write_json(options.runs / "fine.json", table)


def shipped_quick(folder: Path) -> Stylise:
    """Quick as people have it, through onnxruntime."""
    from studio.training.export import open_session

    encoder, transfer = (open_session(folder / f"{name}.onnx") for name in ("encoder", "transfer"))

    def quick(content: torch.Tensor, style: torch.Tensor) -> torch.Tensor:
        code = encoder.run(None, {"style": style.numpy()})[0]
        feeds = {"content": on_tooth(content).numpy(), "code": code}
        return torch.from_numpy(transfer.run(["picture"], feeds)[0])

    return quick


def _write_json(path: Path, table: dict[str, object]) -> None:
    path.write_text(json.dumps(table, indent=2), encoding="utf-8")


def train_trunk(options: argparse.Namespace) -> None:
    """Distil (or go on distilling) the trunk: half the time plainly, half in whitened coordinates."""
    photos, paintings = load_splits(options.data)
    teacher = load_teacher(options.data / TEACHER)
    student = fresh_student(teacher)
    lesson = Distillation(student, teacher, decode(photos.train + paintings.train))
    minutes = options.minutes / 2 if options.minutes else None
    first = Plan(options.runs / "trunk", options.steps // 2, minutes, rate=2e-3, hold=0.3)
    plain = _learn(student, first, lesson, options.resume)
    whiten(student, (lesson.draw(2_000_000 + n) for n in range(12)))
    folder = options.runs / "trunk-whitened"
    second = Plan(folder, options.steps // 2, minutes, rate=4e-3, hold=0.2, average=0.99)
    whitened = _learn(student, second, lesson, options.resume)
    unwhiten(student)
    write_trunk(student, options, photos, paintings, plain + whitened)


def _learn(student: Trunk, plan: Plan, lesson: Distillation, resume: bool) -> int:
    """Train to the plan's end; the student is left with the averaged weights. Returns the steps."""
    training = Training(student, plan)
    if resume:
        training.resume()
    training.run(lesson)
    student.load_state_dict(training.average)
    return training.step


def write_trunk(
    student: Trunk, options: argparse.Namespace, photos: Split, paintings: Split, steps: int
) -> None:
    """Save, measure and describe the trunk."""
    from safetensors.torch import save_file

    options.out.mkdir(parents=True, exist_ok=True)
    state = {name: value.contiguous() for name, value in student.state_dict().items()}
    save_file(state, options.out / "trunk.safetensors")
    metrics = measure_trunk(student, load_teacher(options.data / TEACHER), photos, paintings)
    write_card(trunk_card(metrics, steps), options.out, {"photographs": photos, "paintings": paintings})


def load_trunk(path: Path) -> Trunk:
    """The trunk of our own, from its safetensors file."""
    from safetensors.torch import load_file

    trunk = Trunk("fire5")
    trunk.load_state_dict(load_file(path))
    return trunk


RECIPES = {"quick": train_quick, "trunk": train_trunk, "evaluate": evaluate, "show": show, "fine": fine}


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = argparse.ArgumentParser(prog="python -m studio.training.style", description=__doc__)
    top.add_argument("model", choices=RECIPES)
    top.add_argument("--data", type=Path, required=True, help="folder with photos, paintings and perceptual")
    top.add_argument("--out", type=Path, required=True, help="folder for the model")
    top.add_argument("--trunk", type=Path, default=Path("models/style-trunk/trunk.safetensors"))
    top.add_argument("--runs", type=Path, default=Path("runs"))
    top.add_argument("--steps", type=int, default=40000)
    top.add_argument("--minutes", type=float, help="stop after this many minutes, all runs together")
    top.add_argument("--threads", type=int, default=2)
    top.add_argument("--every", type=int, default=1, help="measure every n-th of the 400 pairs")
    top.add_argument("--crops", type=int, default=1000, help="crops that fit Quick's encoder to our trunk")
    top.add_argument("--docs", type=Path, default=Path("docs"))
    top.add_argument("--fine-steps", type=int, default=150)
    top.add_argument("--resume", action="store_true")
    return top


def main() -> None:
    """Run one recipe."""
    options = parser().parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    RECIPES[options.model](options)


if __name__ == "__main__":
    main()
