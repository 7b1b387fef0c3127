"""Export a checkpoint to ONNX, then to int8.

python export.py RUN/average_006000.pt local.onnx --chunk CHUNKS/chunk_00000.npz [--float] [--slope 1 --offset 0]
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import onnx
import torch
from chunks import read_chunk
from net import STRIDE, Net
from onnxruntime.quantization import CalibrationDataReader, CalibrationMethod, QuantFormat, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn
from torch.nn import functional as F

CALIBRATION_PICTURES = 96


class Exported(nn.Module):
    """Add what follows the network: the chance that a peak is a right box, peak keeping, distances in pixels."""

    def __init__(self, net: Net, slope: float, offset: float) -> None:
        super().__init__()
        self.net, self.slope, self.offset = net, slope, offset

    def forward(self, picture: Tensor) -> tuple[Tensor, Tensor]:
        """Return chance 0..1, zero off the peaks (1, 1, h/4, w/4), and distances in pixels (1, 4, h/4, w/4)."""
        heat, reach = self.net(picture)
        peak = (F.max_pool2d(heat, 3, 1, 1) == heat).float()
        return torch.sigmoid(self.slope * heat + self.offset) * peak, reach.exp() * STRIDE


class Pictures(CalibrationDataReader):
    """Feed composites to the quantiser, at the three sizes the detector uses."""

    def __init__(self, chunk: Path) -> None:
        self.pictures = self._read(chunk)

    @staticmethod
    def _read(chunk: Path) -> Iterator[dict[str, np.ndarray]]:
        for number, blob in enumerate(read_chunk(chunk)[0][:CALIBRATION_PICTURES]):
            side = (160, 224, 256, 448)[number % 4]
            picture = cv2.resize(cv2.imdecode(blob, cv2.IMREAD_COLOR)[..., ::-1], (side, side))
            yield {"picture": picture.transpose(2, 0, 1)[None].astype(np.float32)}

    def get_next(self) -> dict[str, np.ndarray] | None:
        """Return the next input, or None at the end."""
        return next(self.pictures, None)


def export(net: Net, file: Path, slope: float, offset: float) -> None:
    """Write the float model; height and width stay free."""
    model = Exported(net.eval(), slope, offset).eval()
    axes = {"picture": {2: "h", 3: "w"}, "score": {2: "r", 3: "c"}, "reach": {2: "r", 3: "c"}}
    names = {"input_names": ["picture"], "output_names": ["score", "reach"]}
    torch.onnx.export(
        model, (torch.zeros(1, 3, 224, 224),), str(file), dynamic_axes=axes, opset_version=17, dynamo=False, **names
    )


def kept_in_float(file: Path) -> list[str]:
    """Return the two last 1x1 convolutions and everything after them."""
    nodes = onnx.load(file).graph.node
    convolutions = [node for node in nodes if node.op_type == "Conv"]
    last = {name for node in convolutions for name in node.input if name in ("net.heat.weight", "net.reach.weight")}
    heads = [node for node in convolutions if last & set(node.input)]
    assert len(heads) == 2, "the exporter renamed the weights of the two last layers"
    late, reached = [], {output for node in heads for output in node.output}
    for node in nodes:
        if node in heads or reached & set(node.input):
            late.append(node.name)
            reached |= set(node.output)
    return late


def quantise(source: Path, target: Path, chunk: Path) -> None:
    """Write the int8 model: QDQ, per channel, the last layers in float."""
    with tempfile.TemporaryDirectory() as folder:
        ready = Path(folder) / "ready.onnx"
        quant_pre_process(str(source), str(ready), skip_symbolic_shape=True)
        quantize_static(
            str(ready),
            str(target),
            Pictures(chunk),
            quant_format=QuantFormat.QDQ,
            per_channel=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            calibrate_method=CalibrationMethod.MinMax,
            nodes_to_exclude=kept_in_float(ready),
        )


def main() -> None:
    """Export one checkpoint."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--chunk", type=Path, help="composites to calibrate int8 on")
    parser.add_argument("--float", action="store_true", help="leave the weights as float32")
    parser.add_argument("--slope", type=float, default=1.0)
    parser.add_argument("--offset", type=float, default=0.0)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    net = Net()
    net.load_state_dict(torch.load(arguments.checkpoint))
    if arguments.float:
        return export(net, arguments.out, arguments.slope, arguments.offset)
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "float.onnx"
        export(net, whole, arguments.slope, arguments.offset)
        quantise(whole, arguments.out, arguments.chunk)


if __name__ == "__main__":
    main()
