"""Trains the reader, which reads a message twice over: for danger, and for whether the manual can answer it at all. One small encoder with
two heads, and a linear model of words beside it.

data/danger and data/scope, with questions of the corpus as calm and answerable examples -> built/reader/ (int8 ONNX, and words.npz).

Usage: python -m tools.train_reader [--out FOLDER] [--seed N]     Called by `make train`; minutes on two cores. guidance/danger.py and
index/judgement.py use what this writes, through index/reader.py. Processors differ in how they round, so no two machines train quite the
same encoder: --seed shows how much that matters.
"""

from __future__ import annotations

import argparse
import json
import time
import warnings
from pathlib import Path
from typing import Any

import numpy as np

from guidance.danger import LABELS
from index.model import PACKAGED_MODEL, resolve
from index.reader import MAX_TOKENS, VERSION, WORDS, Reader
from tools import train_wordings
from tools.reader_examples import NO_LABEL, ROOT, SEED, Example, calm_examples, read_examples, rounds, split

RATE, HEAD_RATE = 8e-5, 1e-3
KEPT_LAYERS = 3  # the lowest layers of the encoder stay as they are: what they know of words serves, and training is a third shorter


def train(messages: list[Example], calm: list[Example], seed: int) -> tuple[Any, Any]:
    """Fine-tune the packaged encoder with two heads; returns the network and its tokenizer."""
    warnings.filterwarnings("ignore")
    import torch
    from transformers import AutoModel, AutoTokenizer, logging

    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    torch.manual_seed(seed)
    place = resolve(PACKAGED_MODEL)
    tokenizer, encoder = AutoTokenizer.from_pretrained(place), AutoModel.from_pretrained(place)

    class Network(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.encoder = encoder
            self.dropout = torch.nn.Dropout(0.1)
            self.danger = torch.nn.Linear(encoder.config.hidden_size, len(LABELS))
            self.scope = torch.nn.Linear(encoder.config.hidden_size, 1)

        def forward(self, input_ids: Any, attention_mask: Any, token_type_ids: Any) -> Any:
            read = self.encoder(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids)
            mask = attention_mask.unsqueeze(-1).float()
            pooled = self.dropout((read.last_hidden_state * mask).sum(1) / mask.sum(1))
            return torch.cat([self.danger(pooled), self.scope(pooled)], dim=1)

    network = Network()
    for part in (encoder.embeddings, *encoder.encoder.layer[:KEPT_LAYERS]):
        part.requires_grad_(False)
    heads = [*network.danger.parameters(), *network.scope.parameters()]
    body = [p for p in encoder.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW([{"params": body, "lr": RATE}, {"params": heads, "lr": HEAD_RATE}], weight_decay=0.01)
    batches = list(rounds(messages, calm, seed))
    warm = len(batches) // 12
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm, max(0.02, (len(batches) - step) / (len(batches) - warm)))
    )
    network.train()
    start = time.perf_counter()
    for number, batch in enumerate(batches, 1):
        tokens = tokenizer([e.text for e in batch], padding=True, truncation=True, max_length=MAX_TOKENS, return_tensors="pt")
        with torch.autocast("cpu", dtype=torch.bfloat16):  # three times as fast where the processor has it
            scores = network(**tokens).float()
        danger = torch.tensor([e.danger for e in batch])
        scope = torch.tensor([float(e.scope) for e in batch])
        loss = torch.nn.functional.cross_entropy(
            scores[:, :-1], danger, ignore_index=NO_LABEL, reduction="sum", label_smoothing=0.02
        )
        known = scope != NO_LABEL
        loss = loss + torch.nn.functional.binary_cross_entropy_with_logits(scores[known, -1], scope[known], reduction="sum")
        optimiser.zero_grad()
        (loss / len(batch)).backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        if number % 100 == 0:
            print(f"  reader: {number} of {len(batches)} steps, {time.perf_counter() - start:.0f} s", flush=True)
    return network.eval(), tokenizer


def export(network: Any, tokenizer: Any, folder: Path) -> None:
    """Write the network as int8 ONNX with its tokenizer."""
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic

    folder.mkdir(parents=True, exist_ok=True)
    names = ["input_ids", "attention_mask", "token_type_ids"]
    tokens = tokenizer(["one short text", "a somewhat longer second text"], padding=True, return_tensors="pt")
    axes = {n: {0: "batch", 1: "tokens"} for n in names} | {"scores": {0: "batch"}}
    torch.onnx.export(
        network, tuple(tokens[n] for n in names), str(folder / "float.onnx"), input_names=names, output_names=["scores"], dynamic_axes=axes,
        dynamo=False, opset_version=17,
    )  # fmt: skip
    quantize_dynamic(folder / "float.onnx", folder / "model.onnx", weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    (folder / "float.onnx").unlink()
    tokenizer.backend_tokenizer.save(str(folder / "tokenizer.json"))


def probabilities(scores: np.ndarray) -> np.ndarray:
    """Danger probabilities (n, 4) from raw scores (n, 5)."""
    logits = scores[:, :-1] - scores[:, :-1].max(axis=1, keepdims=True)
    return np.asarray(np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "built" / "reader")
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args()
    out = asked.out
    messages, held = split(read_examples(ROOT / "data"))
    calm = calm_examples(ROOT / "data")
    print(f"reader: {len(messages)} messages to learn from, {len(held)} held back, {len(calm)} calm or answerable texts to draw from", flush=True)
    network, tokenizer = train(messages, calm, asked.seed)
    export(network, tokenizer, out)
    train_wordings.fit(messages, calm, asked.seed, out / WORDS)
    (out / "reader.json").write_text(json.dumps({"version": VERSION}))
    scores = Reader(out, threads=2).scores([e.text for e in held])
    danger = [e for e in held if e.scope == NO_LABEL]
    found = probabilities(scores[[i for i, e in enumerate(held) if e.scope == NO_LABEL]])
    right = np.mean(found.argmax(axis=1) == [e.danger for e in danger])
    print(f"reader: {right:.1%} of held-back messages get their own label; {(out / 'model.onnx').stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
