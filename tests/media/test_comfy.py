"""Graphs of ComfyUI: the usual ones are read, and none is a surprise."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.media.comfy import parse


def graph(**changed: Any) -> dict[str, Any]:
    """The graph that ComfyUI begins with, and a LoRA."""
    made: dict[str, Any] = {
        "3": {"class_type": "KSampler", "inputs": {
            "seed": 156680208700286, "steps": 20, "cfg": 8.0, "sampler_name": "dpmpp_2m",
            "scheduler": "karras", "denoise": 1, "model": ["10", 0], "positive": ["6", 0],
            "negative": ["7", 0], "latent_image": ["5", 0]}},
        "4": {"class_type": "CheckpointLoaderSimple",
              "inputs": {"ckpt_name": "SD15\\dream v1.5.safetensors"}},
        "5": {"class_type": "EmptyLatentImage", "inputs": {"width": 512, "height": 768, "batch_size": 1}},
        "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "beautiful scenery 画", "clip": ["4", 1]}},
        "7": {"class_type": "CLIPTextEncode", "inputs": {"text": "watermark", "clip": ["4", 1]}},
        "10": {"class_type": "LoraLoader", "inputs": {
            "lora_name": "ink.safetensors", "strength_model": 0.8, "model": ["4", 0]}},
    }
    made["3"]["inputs"] |= changed
    return made


def test_the_usual_graph() -> None:
    found = parse(json.dumps(graph()))
    assert found is not None
    assert (found.prompt, found.negative) == ("beautiful scenery 画 <lora:ink:0.8>", "watermark")
    assert found.settings == {
        "Steps": "20", "CFG scale": "8.0", "Seed": "156680208700286", "Denoising strength": "1",
        "Sampler": "dpmpp_2m", "Schedule type": "karras", "Size": "512x768", "Model": "dream v1.5"}


def test_words_from_further_up() -> None:
    made = graph(positive=["11", 0], scheduler="normal")
    made["11"] = {"inputs": {"conditioning": ["12", 0], "guidance": 3.5}}
    made["12"] = {"inputs": {"text": ["13", 0]}}
    made["13"] = {"inputs": {"string": "from afar"}}
    found = parse(json.dumps(made))
    assert found is not None
    assert found.prompt.startswith("from afar")
    assert "Schedule type" not in found.settings


@pytest.mark.parametrize("changed", [
    {"positive": ["3", 0]}, {"positive": ["99", 0]}, {"positive": "words"}, {"positive": ["6"]},
    {"positive": [["6"], 0]}])
def test_graphs_without_words_tell_nothing(changed: dict[str, Any]) -> None:
    assert parse(json.dumps(graph(**changed))) is None


def test_odd_values_are_passed_over() -> None:
    made = graph(steps=[1, 2], cfg=True, seed=None, model=["10", 0], latent_image=7, noise_seed={})
    made["10"]["inputs"]["model"] = ["10", 0]  # it goes round
    found = parse(json.dumps(made))
    assert found is not None
    assert "Steps" not in found.settings
    assert "Model" not in found.settings
    assert found.prompt == "beautiful scenery 画 <lora:ink:0.8>"


def test_a_node_that_passes_both_words_on() -> None:
    made = graph(positive=["8", 0], negative=["8", 1])
    made["8"] = {"inputs": {"positive": ["6", 0], "negative": ["7", 0], "strength": 1}}
    found = parse(json.dumps(made))
    assert found is not None
    assert found.prompt.startswith("beautiful")
    assert found.negative == "watermark"


@pytest.mark.parametrize("text", ["", "{", "[]", "7", '{"a": 1}', '{"a": {"inputs": 3}}', "[" * 100_000])
def test_other_texts_are_none(text: str) -> None:
    assert parse(text) is None


@given(st.recursive(st.none() | st.text(max_size=5) | st.integers() | st.floats(),
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
                        st.sampled_from(["3", "6", "inputs", "positive", "steps", "text", "model"]), inner,
                        max_size=4), max_leaves=12))
def test_any_json_is_answered(value: Any) -> None:
    parse(json.dumps(value))
    parse(json.dumps(graph(positive=value, model=value, latent_image=value)))
