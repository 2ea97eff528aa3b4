"""The families of diffusion models there are, and the parts each is made of.

Names of parts and classes are those of the diffusers format (model_index.json). A folder may name any class
of any installed library for a part; only those that stand here are made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

_CLIP, _CLIP_OUT, _T5 = ("CLIPTextModel",), ("CLIPTextModelWithProjection",), ("T5EncoderModel",)
_CLIP_WORDS = ("CLIPTokenizer", "CLIPTokenizerFast")
_T5_WORDS = ("T5Tokenizer", "T5TokenizerFast")
_VAE = ("AutoencoderKL", "AutoencoderTiny")
_NOISE = ("DDIMScheduler", "DDPMScheduler", "DEISMultistepScheduler", "DPMSolverMultistepScheduler",
          "DPMSolverSinglestepScheduler", "EulerAncestralDiscreteScheduler", "EulerDiscreteScheduler",
          "HeunDiscreteScheduler", "KDPM2AncestralDiscreteScheduler", "KDPM2DiscreteScheduler",
          "LCMScheduler", "LMSDiscreteScheduler", "PNDMScheduler", "TCDScheduler", "UniPCMultistepScheduler")
_FLOW = ("FlowMatchEulerDiscreteScheduler", "FlowMatchHeunDiscreteScheduler")
_FILTER = {"safety_checker": ("StableDiffusionSafetyChecker",),
           "feature_extractor": ("CLIPImageProcessor", "CLIPFeatureExtractor", "CLIPImageProcessorFast"),
           "image_encoder": ("CLIPVisionModelWithProjection",)}
_UNET = {"unet": ("UNet2DConditionModel",), "vae": _VAE, "text_encoder": _CLIP, "tokenizer": _CLIP_WORDS,
         "scheduler": _NOISE}


@dataclass(frozen=True, slots=True)
class Family:
    """A kind of diffusion model."""

    id: str
    title: str
    classes: tuple[str, ...]
    """Pipelines a folder of it may name: for text, pictures and masks, in this order."""
    parts: Mapping[str, tuple[str, ...]]
    """Part to the classes it may have; all must be there."""
    optional: Mapping[str, tuple[str, ...]]
    """Parts that may be missing."""
    network: str
    """The part that denoises."""
    is_flow: bool = False
    """It learned flow matching: its own scheduler only."""
    has_negative: bool = True
    has_weights: bool = True
    """Words can be weighed: all its text encoders are CLIP's."""
    takes_pictures: bool = True
    """It can start from a picture, and fill a mask."""


def _family(name: str, title: str, stem: str, parts: Mapping[str, tuple[str, ...]],
            optional: Mapping[str, tuple[str, ...]] = MappingProxyType({}), *, network: str = "unet",
            is_flow: bool = False, has_negative: bool = True, has_weights: bool = True) -> Family:
    classes = tuple(f"{stem}{kind}Pipeline" for kind in ("", "Img2Img", "Inpaint"))
    return Family(name, title, classes, parts, optional, network, is_flow, has_negative, has_weights)


def _lumina(name: str, title: str, stem: str, network: str, encoder: str) -> Family:
    """From words alone; their text encoder is a language model (Gemma)."""
    parts = {"transformer": (network,), "vae": _VAE, "text_encoder": (encoder,),
             "tokenizer": ("GemmaTokenizer", "GemmaTokenizerFast"), "scheduler": _FLOW}
    return Family(name, title, (f"{stem}Pipeline", f"{stem}Text2ImgPipeline"), parts, {}, "transformer",
                  is_flow=True, has_weights=False, takes_pictures=False)


_SECOND = {"text_encoder_2": _CLIP_OUT, "tokenizer_2": _CLIP_WORDS}
_FLUX = {"transformer": ("FluxTransformer2DModel",), "vae": _VAE, "text_encoder": _CLIP,
         "tokenizer": _CLIP_WORDS, "text_encoder_2": _T5, "tokenizer_2": _T5_WORDS, "scheduler": _FLOW}
_SD3 = {"transformer": ("SD3Transformer2DModel",), "vae": _VAE, "text_encoder": _CLIP_OUT,
        "tokenizer": _CLIP_WORDS, **_SECOND, "scheduler": _FLOW}

FAMILIES: Mapping[str, Family] = MappingProxyType({family.id: family for family in (
    _family("sd1", "Stable Diffusion 1", "StableDiffusion", _UNET, _FILTER),
    _family("sd2", "Stable Diffusion 2", "StableDiffusion", _UNET, _FILTER),
    _family("sdxl", "Stable Diffusion XL", "StableDiffusionXL", {**_UNET, **_SECOND},
            {"image_encoder": _FILTER["image_encoder"], "feature_extractor": _FILTER["feature_extractor"]}),
    _family("sd3", "Stable Diffusion 3", "StableDiffusion3", _SD3,
            {"text_encoder_3": _T5, "tokenizer_3": _T5_WORDS}, network="transformer", is_flow=True,
            has_weights=False),
    _family("flux", "Flux", "Flux", _FLUX, network="transformer", is_flow=True, has_negative=False,
            has_weights=False),
    _lumina("lumina", "Lumina Next", "Lumina", "LuminaNextDiT2DModel", "GemmaModel"),
    _lumina("lumina2", "Lumina 2", "Lumina2", "Lumina2Transformer2DModel", "Gemma2Model"),
)})
FORECASTS = ("epsilon", "v_prediction", "sample")
"""What a network may foretell, but for those of flow matching."""


def refused(part: str, library: str, name: str, family: Family) -> bool:
    """Whether a folder's ``part`` is made by something else than the family's own classes."""
    known = {**family.parts, **family.optional}
    homes = ("diffusers", "transformers", "stable_diffusion")
    return part not in known or library not in homes or name not in known[part]
