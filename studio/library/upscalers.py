"""Tells upscalers apart by the names of their weights, as spandrel does, but without loading it or torch."""

from __future__ import annotations

from studio.core.errors import StudioError
from studio.library.tensors import Tensors

_RES = "layers.0.residual_group."
_ARCHITECTURES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("RealESRGAN Compact", ("body.0.weight body.1.weight",)),
    ("Swift-SRGAN", ("final_conv.pointwise.weight initial.cnn.depthwise.weight",)),
    ("HAT", (f"relative_position_index_SA {_RES}overlap_attn.qkv.weight conv_first.weight",)),
    ("GRL", tuple(f"{start}conv_first.weight {start}norm_start.weight {start}norm_end.weight "
                  f"{start}layers.0.blocks.0.attn.stripe_attn.attn_transform1.logit_scale"
                  for start in ("", "model.", "model_g."))),
    ("Swin2SR", (f"conv_first.weight patch_embed.proj.weight {_RES}blocks.0.attn.relative_position_index",)),
    ("SwinIR", tuple(f"{first}.weight {_RES}blocks.0.mlp.fc1.bias {_RES}blocks.0.attn.relative_position_index"
                     for first in ("conv_first", "conv_first.1"))),
    ("GFPGAN", ("stylegan_decoder.style_mlp.1.weight toRGB.0.weight",)),
    ("RestoreFormer", ("quantize.embedding.weight encoder.conv_in.weight decoder.conv_out.weight",)),
    ("LaMa", ("model.model.1.bn_l.running_mean", "generator.model.1.bn_l.running_mean")),
    ("OmniSR", ("input.weight residual_layer.0.residual_layer.0.layer.0.fn.0.weight up.0.weight",)),
    ("SCUNet", ("m_head.0.weight m_tail.0.weight",)),
    ("FBCNN", ("m_head.weight m_tail.weight m_body_encoder.0.res.0.weight qf_pred.0.res.0.weight",)),
    ("Uformer", ("input_proj.proj.0.weight output_proj.proj.0.weight encoderlayer_0.blocks.0.norm1.weight",)),
    ("RGT", ("conv_first.weight before_RG.1.weight layers.0.blocks.0.gamma",)),
    ("DAT", ("conv_first.weight before_RG.1.weight layers.0.blocks.0.ffn.sg.conv.weight",)),
    ("CRAFT", (f"conv_first.weight {_RES}hf_blocks.0.attn.temperature",)),
    ("KBNet", ("intro.weight encoders.0.0.attgamma ending.weight",
               "patch_embed.proj.weight latent.0.ffn.qkv.weight refinement.0.attn.dwconv.0.weight")),
    ("DITN", ("sft.weight UFONE.0.ITLs.0.attn.temperature upsample.0.weight",)),
    ("MMRealSR", ("conv_first.weight am_list.0.fc.0.weight de_net.conv_first.0.weight",)),
    ("SPAN", ("conv_1.sk.weight block_1.c1_r.eval_conv.weight conv_cat.weight upsampler.0.weight",)),
    ("RealCUGAN", ("unet1.conv1.conv.0.weight unet1.conv_bottom.weight unet2.conv_bottom.weight",)),
    ("SAFMN", ("to_feat.weight feats.0.safm.mfr.0.weight to_img.0.weight",)),
    ("SAFMN BCIE", ("to_feat.1.weight feats.0.layers.0.safm.mfr.0.weight to_img.2.weight",)),
    ("DCTLSA", ("fea_conv.weight LR_conv.weight B1.body.0.transformer_body.0.blocks.0.attn.qkv.weight",)),
    ("FFTformer", ("patch_embed.proj.weight encoder_level1.0.ffn.fft reduce_chan_level2.weight",)),
    ("NAFNet", ("intro.weight ending.weight middle_blks.0.beta middle_blks.0.sca.1.weight ups.0.0.weight",)),
    ("ATD", (f"relative_position_index_SA conv_first.weight {_RES}td {_RES}layers.0.wqkv.weight",)),
    ("MixDehazeNet", ("patch_embed.proj.weight layer1.blocks.0.conv3_19.weight skip1.weight skip2.weight",)),
    ("DRUNet", ("m_head.weight m_tail.weight m_body.0.res.0.weight m_up1.2.res.0.weight",)),
    ("DnCNN", (" ".join(f"model.{i}.{part}" for i in range(0, 16, 2) for part in ("weight", "bias")),
               "model.0.weight model.2.weight model.3.running_mean model.5.weight model.6.running_mean")),
    ("IPT", ("sub_mean.weight head.0.0.weight body.encoder.layers.0.self_attn.in_proj_weight",)),
    ("DRCT", ("conv_first.weight layers.0.swin1.attn.qkv.weight layers.0.adjust5.weight",)),
    ("ESRGAN", ("model.0.weight model.1.sub.0.RDB1.conv1.0.weight",
                "model.0.weight model.1.sub.0.RDB1.conv1x1.weight",
                "conv_first.weight body.0.rdb1.conv1.weight conv_body.weight conv_last.weight",
                "conv_first.weight RRDB_trunk.0.RDB1.conv1.weight trunk_conv.weight conv_last.weight")),
    ("PLKSR", tuple(f"feats.0.weight feats.1.refine.weight feats.1.lk.{name}.weight"
                    for name in ("conv", "convs.0", "mn_conv"))),
    ("RetinexFormer", ("body.0.estimator.conv1.weight body.0.denoiser.embedding.weight",)),
    ("HVI-CIDNet", ("HVE_block0.1.weight HVD_block0.1.weight IE_block0.1.weight trans.density_k",)),
    ("SeemoRe", ("conv_1.weight conv_2.weight upsampler.0.weight body.0.local_block.norm_1.weight",)),
    ("MoSR", ("gblocks.0.weight gblocks.1.fc1.weight gblocks.1.conv.weight",)),
    ("MoESR", ("in_to_dim.weight blocks.0.blocks.0.gamma upscale.MetaUpsample",)),
    ("RCAN", tuple(f"{head}.weight tail.1.weight body.0.body.0.body.3.conv_du.0.weight"
                   for head in ("head.0", "head.1"))),
    ("FDAT", tuple(f"{first}.weight groups.0.blocks.0.attn.bias upsampler.MetaUpsample"
                   for first in ("conv_first", "conv_first.1"))),
    ("AuraSR", ("mid_attn.layers.0.0.to_out.weight final_res_block.block1.proj.weights",)),
)
"""(name, groups of weights of which all must be there), in the order in which spandrel tries them."""
_FACES = frozenset({"GFPGAN", "RestoreFormer"})
_HOLES = frozenset({"LaMa"})


def architecture(names: Tensors) -> str:
    """The architecture of the upscaler or cleaner ``names`` belong to; "" if it is none that is known.

    Raises StudioError for one that is of no use to the Upscale panel.
    """
    found = next((name for name, groups in _ARCHITECTURES
                  if any(all(key in names for key in group.split()) for group in groups)), "")
    if found in _FACES:
        raise StudioError("This mends cut-out faces of 512 x 512 only ({architecture}).",
                          "Choose an upscaler for whole pictures.", architecture=found)
    if found in _HOLES:
        raise StudioError("This fills holes: it takes two inputs, a picture and a mask ({architecture}).",
                          "Choose an upscaler with a single picture.", architecture=found)
    return found if found != "RealESRGAN Compact" or _is_compact(names) else ""


def _is_compact(names: Tensors) -> bool:
    """Numbered convolutions with a PReLU's slopes between; the names alone would fit many networks."""
    return len(names["body.0.weight"].shape) == 4 and len(names["body.1.weight"].shape) == 1
