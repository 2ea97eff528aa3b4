"""Image generators through the library and the command line: brought in, looked at, checked; or refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import save_file

from studio.cli.entry import main
from studio.library import catalog, digests
from studio.library.imports import import_file, verify
from studio.library.inspect import inspect
from tests.library import makers
from tests.library.diffusion_makers import CHECKPOINT, change, put, stable_diffusion, weights


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return stable_diffusion(tmp_path / "tiny dreams")


def test_a_folder_is_brought_in_with_its_folders(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "unet" / "diffusion_pytorch_model.bin").write_bytes(b"\x80\x04")
    (folder / "evil.py").write_text("raise SystemExit")
    assert main(["models", "import", str(folder)]) == 0
    model = catalog.default().find("tiny-dreams")
    assert (model.task, model.engine, model.licence) == ("image", "image.diffusers", "openrail")
    assert {"model_index.json", "unet/diffusion_pytorch_model.safetensors"} < set(model.files)
    kept = {file.relative_to(model.path).as_posix() for file in model.path.rglob("*") if file.is_file()}
    assert kept == {*model.files, "model.json", "README.md"}
    assert all(is_whole for _, is_whole in verify("tiny-dreams"))
    assert import_file(folder).id == "tiny-dreams"
    assert import_file(model.path).id == "tiny-dreams"
    assert main(["models", "info", "tiny-dreams"]) == main(["models", "info", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "text_encoder, unet, vae" in said
    assert "openrail" in said
    (model.path / "unet" / "config.json").write_text("{}")
    assert ("unet/config.json", False) in verify("tiny-dreams")
    assert main(["models", "remove", "tiny-dreams"]) == 0
    assert (folder / "unet" / "config.json").is_file()


def test_a_checkpoint_an_add_on_and_a_decoder_are_brought_in(tmp_path: Path) -> None:
    vae = tmp_path / "soft.safetensors"
    save_file({name: np.zeros((8, 4, 3, 3), np.float32) for name in (
        "encoder.conv_in.weight", "decoder.conv_in.weight", "decoder.conv_out.weight")}, vae)
    tiny = tmp_path / "taesd.safetensors"
    save_file({name: np.zeros((8, 16, 3, 3), np.float16) for name in (
        "encoder.layers.0.weight", "decoder.layers.0.weight")}, tiny)
    for path, engine, facts in (
            (weights(tmp_path / "dreamy.safetensors", *CHECKPOINT), "image.checkpoint", {"family": "sd1"}),
            (weights(tmp_path / "ink.safetensors", "lora_te2_a.lora_down.weight"), "image.lora",
             {"family": "sdxl"}),
            (vae, "image.vae", {"tiny": False, "latents": 4, "fits": "Stable Diffusion 1, 2 and XL"}),
            (tiny, "image.vae", {"tiny": True, "latents": 16, "quantisation": "float16"})):
        model = import_file(path)
        assert (model.task, model.engine, list(model.files)) == ("image", engine, ["weights.safetensors"])
        assert {name: model.facts[name] for name in facts} == facts


def test_a_decoder_in_a_folder(tmp_path: Path) -> None:
    home = tmp_path / "vae"
    put(home / "config.json", {"_class_name": "AutoencoderTiny"})
    save_file({name: np.zeros((8, 4, 3, 3), np.float32) for name in (
        "encoder.layers.0.weight", "decoder.layers.0.weight")}, home / "diffusion_pytorch_model.safetensors")
    model = import_file(home)
    assert (model.engine, set(model.files)) == (
        "image.vae", {"config.json", "diffusion_pytorch_model.safetensors"})
    weights(home / "diffusion_pytorch_model.safetensors", "a")
    assert inspect(home).problem is not None


def test_the_family_can_be_set_by_hand(folder: Path, tmp_path: Path,
                                       capsys: pytest.CaptureFixture[str]) -> None:
    import_file(folder)
    assert main(["models", "family", "tiny-dreams", "sd2", "--foretells", "v_prediction"]) == 0
    facts = catalog.default().find("tiny-dreams").facts
    assert (facts["family"], facts["prediction"]) == ("sd2", "v_prediction")
    assert all(is_whole for _, is_whole in verify("tiny-dreams"))
    import_file(weights(tmp_path / "dreamy.safetensors", *CHECKPOINT))
    add_on = weights(tmp_path / "ink.safetensors", "unet.mid_block.attentions.0.attn1.to_k.lora_A.weight")
    assert import_file(add_on).facts["family"] == ""
    assert main(["models", "family", "ink", "flux"]) == 0
    assert catalog.default().find("ink").facts["family"] == "flux"
    capsys.readouterr()
    for words, said in ((["tiny-dreams", "sd9"], "no family sd9"), (["dreamy", "flux"], "sd1, sdxl"),
                        (["tiny-dreams", "sd2", "--foretells", "tea"], "foretells one of epsilon"),
                        (["style-quick", "sd1"], "cannot be set"), ([str(folder), "sd1"], "cannot be set")):
        assert main(["models", "family", *words]) == 1
        assert said in capsys.readouterr().err


def test_what_it_will_need_here_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "info", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "expected_memory" in said
    assert "67.1 MB" in said
    assert "expected_on" in said


def _without(part: str) -> Any:
    return lambda folder: (folder / part).rename(folder.parent / "away")


def _cut(folder: Path) -> None:
    file = folder / "unet" / "diffusion_pytorch_model.safetensors"
    file.write_bytes(file.read_bytes()[:-30])


def _boasts(folder: Path) -> None:
    makers.header_only(folder / "unet" / "diffusion_pytorch_model.safetensors", {
        "a": {"dtype": "F32", "shape": [1 << 40], "data_offsets": [0, 1 << 42]}})


def _pickled(folder: Path) -> None:
    file = folder / "unet" / "diffusion_pytorch_model.safetensors"
    file.rename(file.with_suffix(".bin"))


@pytest.mark.parametrize(("spoil", "said"), [
    (_without("vae"), "A part of this model is missing: its vae."),
    (_cut, "This file is cut off"), (_boasts, "This file is cut off: 0 of 4,398,047 MB are there."),
    (_pickled, "in a form that may run code when opened (unet/diffusion_pytorch_model.bin)"),
    (lambda folder: change(folder / "model_index.json", _class_name="KandinskyPipeline"),
     "This image generator is of a kind that is not known here (KandinskyPipeline).")])
def test_bad_folders_are_said(folder: Path, capsys: pytest.CaptureFixture[str], spoil: Any,
                              said: str) -> None:
    spoil(folder)
    for verb in ("import", "info"):
        assert main(["models", verb, str(folder)]) == 1
        told = capsys.readouterr().err
        assert said in told
        assert "Traceback" not in told
    assert not places_left()


def places_left() -> list[Any]:
    return [model for model in catalog.default().models() if not model.is_starter]


def test_bad_files_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.safetensors"
    whole = weights(path, *CHECKPOINT).read_bytes()
    huge = (1 << 42).to_bytes(8, "little") + b"{" * 90
    evil = b"\x80\x02cposix\nsystem\n(S'true'\ntR."
    for data, said in ((whole[:-40], "cut off"), (huge, "damaged"), (b"", "empty"),
                       (evil, "would run code when opened (posix.system)")):
        path.write_bytes(data)
        for verb in ("import", "info"):
            assert main(["models", verb, str(path)]) == 1
            assert said in capsys.readouterr().err
    weights(path, "model.diffusion_model.input_blocks.0.0.weight", "cond_stage_model.strange.weight")
    assert main(["models", "import", str(path)]) == 1
    assert "A part of this model is missing" in capsys.readouterr().err


def test_pickled_checkpoints_are_refused_by_name(tmp_path: Path) -> None:
    arrays = {name: np.zeros((3, 4), np.float32) for name in CHECKPOINT}
    found = inspect(makers.torch_file(tmp_path / "dreamy.ckpt", arrays))
    assert found.problem is not None
    assert found.problem.text.startswith("The weights of this model are in a form that may run code when "
                                         "opened (Stable Diffusion 1).")


def test_big_files_are_hashed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also from one start to the next; a file that changed is read again, a damaged list forgotten."""
    path, read = tmp_path / "big.bin", list[Path]()
    path.write_bytes(b"x" * 100)
    usual = digests.digest_now
    monkeypatch.setattr(digests, "_BIG", 50)
    monkeypatch.setattr(digests, "digest_now", lambda path: read.append(path) or usual(path))

    def restart() -> None:
        monkeypatch.setattr(digests, "_digests", {})
        monkeypatch.setattr(digests, "_loaded", set())

    restart()
    first = digests.digest_of(path)
    restart()
    assert digests.digest_of(path) == first
    assert len(read) == 1
    path.write_bytes(b"y" * 101)
    assert digests.digest_of(path) != first
    for damage in ("[[1]]", "{", "7"):
        digests._file().write_text(damage)
        restart()
        assert digests.digest_of(path) == usual(path)
    assert json.loads(digests._file().read_text())
