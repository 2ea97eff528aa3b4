"""Diffusion models in the real layouts, tiny and with random weights, made and saved by diffusers itself."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from studio.core.engine import ModelSource

SIDE, FACTOR = 16, 4
"""Pixels of a side as it was "taught", and pixels for one latent."""
_WORDS = ("a", "red", "apple", "on", "table", "blue", "cat", "at", "night")
_WIDTH = 32
Maker = Callable[[], Any]


def model(folder: Path, kind: str = "sd1") -> Path:
    """A copy of the tiny model of ``kind``, one of `MAKERS`."""
    shutil.copytree(made(kind), folder)
    return folder


def source(folder: Path, **facts: Any) -> ModelSource:
    """As the library would name it."""
    files = {file.relative_to(folder).as_posix(): "0" * 64 for file in folder.rglob("*") if file.is_file()}
    return ModelSource(folder.name, "image.diffusers", folder, files, facts)


def decoder(folder: Path) -> ModelSource:
    """The decoder of Stable Diffusion 1 in a folder of its own, which must not be there."""
    shutil.copytree(made("sd1") / "vae", folder)
    return ModelSource(folder.name, "image.vae", folder, source(folder).files, {"tiny": False})


def change(path: Path, **values: Any) -> None:
    """A JSON file with other ``values``."""
    path.write_text(json.dumps(json.loads(path.read_text()) | values))


@cache
def _keeper() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="tiny-diffusion-")


@cache
def made(kind: str) -> Path:
    """The folder of a tiny model, to look at only; see `model`."""
    import torch

    from studio.engines import offline

    offline.prepare()
    folder = Path(_keeper().name) / kind
    with torch.random.fork_rng(), offline.quiet():
        torch.manual_seed(0)
        pipe = MAKERS[kind]()
        pipe.save_pretrained(folder)
    return folder


def tokenizer() -> Any:
    """CLIP's kind, with every letter and a few words."""
    import transformers

    from studio.engines.image.configs import _letters

    letters = _letters()
    merges, pieces = [], [*letters, *(f"{letter}</w>" for letter in letters)]
    for word in _WORDS[1:]:
        parts = [*word[:-1], f"{word[-1]}</w>"]
        while len(parts) > 1:
            merges.append((parts[0], parts[1]))
            parts[:2] = ["".join(parts[:2])]
            pieces.append(parts[0])
    pieces = [*dict.fromkeys(pieces), "<|startoftext|>", "<|endoftext|>"]
    return transformers.CLIPTokenizer(
        vocab={piece: at for at, piece in enumerate(pieces)}, merges=list(dict.fromkeys(merges)),
        model_max_length=77, pad_token="<|endoftext|>")


def _t5_tokenizer() -> Any:
    import transformers

    pieces = ["<pad>", "</s>", "<unk>", "▁", *(f"▁{word}" for word in _WORDS), *"abcdefghijklmnopqrstuvwxyz"]
    return transformers.T5Tokenizer(vocab=[(piece, -float(at)) for at, piece in enumerate(pieces)],
                                    extra_ids=0, model_max_length=512)


def real_tokenizer(padding: str = "<|endoftext|>") -> Any:
    """CLIP's own, as it lies in the box."""
    import transformers

    from studio.engines.image.configs import put_tokenizer

    folder = Path(_keeper().name) / f"words-{len(padding)}"
    put_tokenizer(folder, padding)
    return transformers.CLIPTokenizer.from_pretrained(folder, local_files_only=True)


def _clip(*, out: bool = False, width: int = _WIDTH, seed: int = 0, count: int = 0) -> Any:
    import torch
    import transformers

    torch.manual_seed(seed)
    config = transformers.CLIPTextConfig(
        vocab_size=count or len(tokenizer()), hidden_size=width, intermediate_size=37, num_hidden_layers=2,
        num_attention_heads=1, max_position_embeddings=77, projection_dim=width, hidden_act="gelu" if out else
        "quick_gelu", bos_token_id=0, eos_token_id=2, pad_token_id=1)
    return (transformers.CLIPTextModelWithProjection if out else transformers.CLIPTextModel)(config).eval()


def _t5() -> Any:
    import transformers

    return transformers.T5EncoderModel(transformers.T5Config(
        vocab_size=64, d_model=_WIDTH, d_kv=8, d_ff=32, num_layers=1, num_heads=4)).eval()


def _vae(channels: int = 4, **more: Any) -> Any:
    import diffusers

    return diffusers.AutoencoderKL(
        block_out_channels=(32, 32, 32), in_channels=3, out_channels=3, layers_per_block=1,
        down_block_types=("DownEncoderBlock2D",) * 3, up_block_types=("UpDecoderBlock2D",) * 3,
        latent_channels=channels, sample_size=SIDE, **more).eval()


def _unet(channels: int = 4, **more: Any) -> Any:
    import diffusers

    told = {"block_out_channels": (32, 64), "layers_per_block": 1, "sample_size": SIDE // FACTOR,
            "in_channels": channels, "out_channels": 4, "cross_attention_dim": _WIDTH,
            "down_block_types": ("CrossAttnDownBlock2D", "DownBlock2D"),
            "up_block_types": ("UpBlock2D", "CrossAttnUpBlock2D"), "attention_head_dim": 8}
    return diffusers.UNet2DConditionModel(**(told | more)).eval()


def _scheduler(name: str, **more: Any) -> Any:
    import diffusers

    return getattr(diffusers, name)(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear",
                                    steps_offset=1, **more)


def _sd1(channels: int = 4, words: Any = None, **scheduler: Any) -> Any:
    import diffusers

    words = words or tokenizer()
    kind = diffusers.StableDiffusionPipeline if channels == 4 else diffusers.StableDiffusionInpaintPipeline
    return kind(
        vae=_vae(), text_encoder=_clip(count=len(words)), tokenizer=words, unet=_unet(channels),
        scheduler=_scheduler("PNDMScheduler", skip_prk_steps=True, set_alpha_to_one=False, **scheduler),
        safety_checker=None, feature_extractor=None, image_encoder=None, requires_safety_checker=False)


def _sd2() -> Any:
    return _sd1(prediction_type="v_prediction")


def _sdxl(words: Any = None, more_words: Any = None) -> Any:
    import diffusers

    words, more_words = words or tokenizer(), more_words or tokenizer()
    count = len(words)
    return diffusers.StableDiffusionXLPipeline(
        vae=_vae(scaling_factor=0.13025), text_encoder=_clip(count=count),
        text_encoder_2=_clip(out=True, width=2 * _WIDTH, seed=1, count=count), tokenizer=words,
        tokenizer_2=more_words,
        unet=_unet(cross_attention_dim=3 * _WIDTH, use_linear_projection=True, attention_head_dim=(1, 1),
                   down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
                   up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"), transformer_layers_per_block=(1, 2),
                   addition_embed_type="text_time", addition_time_embed_dim=8,
                   projection_class_embeddings_input_dim=6 * 8 + 2 * _WIDTH),
        scheduler=_scheduler("EulerDiscreteScheduler", timestep_spacing="leading"),
        force_zeros_for_empty_prompt=True)


def _sd3() -> Any:
    import diffusers

    return diffusers.StableDiffusion3Pipeline(
        transformer=diffusers.SD3Transformer2DModel(
            sample_size=SIDE // FACTOR, patch_size=1, in_channels=16, num_layers=1, attention_head_dim=8,
            num_attention_heads=4, joint_attention_dim=32, caption_projection_dim=32,
            pooled_projection_dim=2 * _WIDTH, out_channels=16).eval(),
        scheduler=diffusers.FlowMatchEulerDiscreteScheduler(shift=3.0), vae=_vae(16, shift_factor=0.06),
        text_encoder=_clip(out=True), tokenizer=tokenizer(), text_encoder_2=_clip(out=True, seed=1),
        tokenizer_2=tokenizer(), text_encoder_3=_t5(), tokenizer_3=_t5_tokenizer())


def _flux() -> Any:
    import diffusers

    return diffusers.FluxPipeline(
        transformer=diffusers.FluxTransformer2DModel(
            patch_size=1, in_channels=16, num_layers=1, num_single_layers=1, attention_head_dim=16,
            num_attention_heads=2, joint_attention_dim=_WIDTH, pooled_projection_dim=_WIDTH,
            axes_dims_rope=(4, 4, 8), guidance_embeds=True).eval(),
        scheduler=diffusers.FlowMatchEulerDiscreteScheduler(use_dynamic_shifting=True),
        vae=_vae(shift_factor=0.06), text_encoder=_clip(), tokenizer=tokenizer(), text_encoder_2=_t5(),
        tokenizer_2=_t5_tokenizer())


def _gemma_words() -> Any:
    import transformers

    pieces = ["<pad>", "<eos>", "<bos>", "<unk>", "▁", *"abcdefghijklmnopqrstuvwxyz", *"APSY.,<>-"]
    made = transformers.GemmaTokenizer(vocab={piece: at for at, piece in enumerate(pieces)}, merges=[])
    from tokenizers.processors import TemplateProcessing

    # The real one begins every text with its mark, an empty one too.
    made.backend_tokenizer.post_processor = TemplateProcessing(
        single="<bos> $A", pair="<bos> $A <bos> $B", special_tokens=[("<bos>", 2)])
    return made


def _gemma(kind: str) -> Any:
    import transformers

    config = getattr(transformers, f"{kind}Config")(
        vocab_size=64, hidden_size=8, intermediate_size=16, num_hidden_layers=2, num_attention_heads=1,
        num_key_value_heads=1, head_dim=8)
    return getattr(transformers, f"{kind}Model")(config).eval()


def _lumina(name: str) -> Any:
    import diffusers

    is_second = name == "Lumina2"
    sizes: dict[str, Any] = {"sample_size": 4, "patch_size": 2, "hidden_size": 24, "num_layers": 1,
                             "num_attention_heads": 3, "num_kv_heads": 1, "multiple_of": 16}
    network = diffusers.Lumina2Transformer2DModel(
        in_channels=4, num_refiner_layers=1, cap_feat_dim=8, scaling_factor=1.0, axes_dim_rope=(4, 2, 2),
        axes_lens=(300, 64, 64), **sizes) if is_second else diffusers.LuminaNextDiT2DModel(
        in_channels=4, cross_attention_dim=8, **(sizes | {"num_kv_heads": 3}))
    vae = diffusers.AutoencoderKL(
        block_out_channels=(32,) * 4, in_channels=3, out_channels=3, layers_per_block=1,
        down_block_types=("DownEncoderBlock2D",) * 4, up_block_types=("UpDecoderBlock2D",) * 4,
        latent_channels=4, shift_factor=0.1 if is_second else 0.0)
    return getattr(diffusers, f"{name}Pipeline")(
        transformer=network.eval(), scheduler=diffusers.FlowMatchEulerDiscreteScheduler(), vae=vae.eval(),
        text_encoder=_gemma("Gemma2" if is_second else "Gemma"), tokenizer=_gemma_words())


MAKERS: dict[str, Maker] = {
    "sd1": _sd1, "inpaint": lambda: _sd1(channels=9), "sd2": _sd2, "sdxl": _sdxl, "sd3": _sd3, "flux": _flux,
    "lumina": lambda: _lumina("Lumina"), "lumina2": lambda: _lumina("Lumina2"),
    "sd1-whole": lambda: _sd1(words=real_tokenizer()),
    "sdxl-whole": lambda: _sdxl(real_tokenizer(), real_tokenizer("!"))}
"""Those called whole have all the words of CLIP."""
