"""Speed of the Write task, printed as ratios. Run by hand on a quiet machine:

    python -m benchmarks.write [task] [first] [folder]

``ATELIER_WRITE_MODEL`` names another GGUF file than the starter model's. Times are medians; everything runs
on the CPU. Where the machine is not quiet, look at the share of the processor.
"""

from __future__ import annotations

import os
import random
import statistics
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.desk import Desk, in_turn, main
from studio.core.engine import TEXT_MODEL
from studio.engines import devices
from studio.engines.messages import Wrote
from studio.library.catalog import resolve
from studio.panels.write.params import STARTER
from studio.panels.write.task import WriteTask

LENGTH, CONTEXT = 400, 1024
WORDS = ("the", "house", "stood", "above", "river", "and", "wind", "came", "night", "fell", "over", "grey",
         "water", "while", "old", "men", "waited", "for", "boats", "that", "never", "returned", "from", "sea")
SETTINGS = {"temperature": 0.8, "top_p": 0.95, "min_p": 0.05, "repetition": 1.1}


def model() -> str:
    """The model to measure."""
    return os.environ.get("ATELIER_WRITE_MODEL", STARTER)


@cache
def desk() -> Desk:
    """For Write tasks, its model warm."""
    made = Desk(WriteTask(), resolve)
    made.run(prompt="It was", model=model(), length=4)
    return made


def prompt(seed: int, words: int = 40) -> str:
    """A text that was never read before."""
    rng = random.Random(seed)
    return " ".join(rng.choice(WORDS) for _ in range(words)).capitalize()


def plain() -> Callable[[list[int], bool], int]:
    """xllamacpp alone, with its own batches and as many threads: (prompt, odds too) -> tokens written."""
    import xllamacpp

    source = resolve(model())
    path = source.path if source.path.is_file() else source.path / next(iter(source.files))
    params = xllamacpp.CommonParams()
    params.model.path, params.n_ctx, params.n_parallel, params.warmup = str(path), CONTEXT, 1, True
    params.n_gpu_layers, params.verbosity, params.port = 0, -1, 0
    threads = devices.threads()
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    server = xllamacpp.Server(params)

    def write(tokens: list[int], with_odds: bool) -> int:
        seen = [0]

        def hear(chunk: Any) -> bool:
            seen[0] += bool(chunk["choices"][0]["text"])
            return False

        asked = {"prompt": tokens, "max_tokens": LENGTH, "stream": True, "seed": 1, "cache_prompt": False,
                 "temperature": SETTINGS["temperature"], "top_k": 0, "top_p": SETTINGS["top_p"],
                 "min_p": SETTINGS["min_p"], "repeat_penalty": SETTINGS["repetition"], "repeat_last_n": 256,
                 "samplers": ["penalties", "min_p", "top_p", "temperature"], "ignore_eos": True}
        server.handle_completions(asked | ({"n_probs": 5} if with_odds else {}), hear)
        return seen[0]

    return write


def task() -> None:
    """Tokens a second through the whole task against xllamacpp alone."""
    bare, table = plain(), desk()
    engine = table.cache.get(TEXT_MODEL, model(), "cpu")
    tokens = engine.tokenise(prompt(0), begins=True)
    made: dict[str, list[float]] = {"task": [], "odds": [], "bare": []}

    def timed(name: str, write: Callable[[], int]) -> None:
        start = time.perf_counter()
        made[name].append(write() / (time.perf_counter() - start))

    def whole() -> int:
        outcome = table.run(prompt=prompt(0), model=model(), length=LENGTH, **SETTINGS)
        return int(outcome.outputs[0].facts["tokens"])

    found = in_turn(lambda: timed("task", whole), lambda: timed("odds", lambda: bare(tokens, True)),
                    lambda: timed("bare", lambda: bare(tokens, False)))
    speed = {name: statistics.median(values) for name, values in made.items()}
    print(f"task: {speed['task']:.0f} tokens/s; xllamacpp with the same odds {speed['odds']:.0f}, without "
          f"{speed['bare']:.0f}; ratio {speed['task'] / speed['odds']:.2f} (at least 0.95), "
          f"{speed['task'] / speed['bare']:.2f} without odds")
    print(f"      the same work: {found[1] / found[0]}")


def first() -> None:
    """The first token after a new prompt of 200 tokens, through the whole task, its model warm."""
    table = desk()
    engine = table.cache.get(TEXT_MODEL, model(), "cpu")
    waits: list[float] = []
    for seed in range(1, 31):
        text = prompt(seed, 400)
        text = engine.detokenise(engine.tokenise(text)[:200]).decode("utf-8", "replace")
        heard: list[float] = []
        start = time.perf_counter()

        def hear(message: object, heard: list[float] = heard) -> None:
            if isinstance(message, Wrote):
                heard.append(time.perf_counter())

        table.run(prompt=text, model=model(), length=8, **SETTINGS, emit=hear)
        waits.append(1000 * (heard[0] - start))
    ordered = sorted(waits[1:])
    print(f"first token: half within {statistics.median(ordered):.0f} ms (100), best {ordered[0]:.0f}, "
          f"worst {ordered[-1]:.0f}")


def folder() -> None:
    """The same network as a Hugging Face folder against transformers alone."""
    import torch
    import transformers

    from studio.core.engine import ModelSource
    from studio.engines.torch_run import steady_threads
    from tests import gguf_files, model_folders

    where = model_folders.model(Path(desk().folder) / "folder", template=None)
    (where / "model.safetensors").unlink()
    config = transformers.LlamaConfig(hidden_size=256, intermediate_size=640, num_hidden_layers=4,
                                      num_attention_heads=4, vocab_size=8192, max_position_embeddings=CONTEXT,
                                      eos_token_id=len(gguf_files.words()) - 2)
    network = transformers.LlamaForCausalLM(config).eval()
    network.save_pretrained(where)
    source = ModelSource("folder", "write.folder", where, {})
    table = Desk(WriteTask(), lambda name: source)
    tokens = table.cache.get(TEXT_MODEL, "folder", "cpu").tokenise(prompt(0), begins=True)

    def bare() -> None:
        with torch.inference_mode(), steady_threads():
            network.generate(torch.tensor([tokens]), max_new_tokens=100, min_new_tokens=100, do_sample=True,
                             top_p=0.95, min_p=0.05, repetition_penalty=1.1, pad_token_id=0)

    whole, alone = in_turn(lambda: table.run(prompt=prompt(0), model="folder", length=100, **SETTINGS), bare)
    print(f"folder: {whole} against {alone}, ratio {alone / whole} (at least 0.95)")


if __name__ == "__main__":
    main((task, first, folder))
