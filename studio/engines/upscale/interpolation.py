"""Between two networks of one shape: Deep Network Interpolation (Wang et al. 2019, CVPR).

Networks fine-tuned from one another stay close enough that a mix of their weights, number by number, does
something between what they do. So one faithful and one strong model give every amount of cleaning.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from onnx import numpy_helper

from studio.core.errors import StudioError

_FLOATS = (onnx.TensorProto.FLOAT, onnx.TensorProto.FLOAT16)


def mixed(first: Path, second: Path, amount: float) -> bytes:
    """``first`` with each weight w1 replaced by (1 - amount) w1 + amount w2, as the bytes of an ONNX file.

    ``amount`` goes from 0 to 1. Raises StudioError where the two are not of one shape, or damaged.
    """
    model, other = read_model(first), read_model(second)
    others = {tensor.name: tensor for tensor in other.graph.initializer}
    for tensor in model.graph.initializer:
        partner = others.get(tensor.name)
        if partner is None or (partner.dims, partner.data_type) != (tensor.dims, tensor.data_type):
            raise StudioError("The networks {first} and {second} cannot be mixed: their part {part} differs.",
                              "Set Clean to 0 or 1.", first=first.name, second=second.name, part=tensor.name)
        if tensor.data_type in _FLOATS:
            _mix(tensor, partner, amount)
    return bytes(model.SerializeToString())


def _mix(tensor: Any, partner: Any, amount: float) -> None:
    """In float64, so that a mix of equal weights is those weights."""
    one, two = (numpy_helper.to_array(each) for each in (tensor, partner))
    between = one + (two.astype(np.float64) - one) * amount
    tensor.CopyFrom(numpy_helper.from_array(between.astype(one.dtype), tensor.name))


def read_model(path: Path) -> Any:
    """The ModelProto in ``path``. Raises StudioError if it is damaged."""
    try:
        return onnx.load(str(path), load_external_data=False)
    except (DecodeError, OSError, ValueError) as error:
        raise StudioError("The file {name} is damaged.", "Get it again.", details=repr(error),
                          name=path.name) from error
