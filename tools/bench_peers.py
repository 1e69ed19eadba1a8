"""The peers' half of `make bench-search`: passages and questions as JSON -> what each peer finds and how long it takes, as JSON.

Run by bench_search.py in .venv-peers: `python -m tools.bench_peers IN OUT`. It never sees which passages are right. Libraries are imported
where they are used, so that what needs none of them can be tested without that environment.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

RRF_K = 60
DEPTH = 100  # passages or entries that each half of a hybrid hands on
ROWS_READ = 400  # as many of the nearest entries as our own search reads
BLOCK = 32
PACKAGES = ("bm25s", "faiss-cpu", "sentence-transformers", "torch", "haystack-ai", "txtai")
Search = Callable[[str], Sequence[Any]]  # a question -> passages by number (in bench_search.py, by id), best first
Embed = Callable[..., Any]  # one text or several -> their vectors, rows of length 1
Report = Callable[[str], None]
Asked = dict[tuple[str, str], tuple[list[list[Any]], list[float]]]  # name and entries -> what was found and the milliseconds, a question each


@dataclass(frozen=True, slots=True)
class Entries:
    """What is searched, and which passage each entry belongs to; the entries of one passage stand together."""

    name: str
    texts: list[str]
    owners: np.ndarray
    passages: int


def main() -> None:
    read_from, write_to = map(Path, sys.argv[1:])
    sys.addaudithook(refuse_network)
    given = json.loads(read_from.read_text(encoding="utf-8"))
    texts = [p["text"] for p in given["passages"]]
    asked = [p["questions"] for p in given["passages"]]
    both = [entries("texts", texts, []), entries("texts and questions", texts, asked)]
    searches, embed = build_all(both, given["model"], Path(given["cache"]), given["threads"])
    asked_all = ask_all(searches, given["questions"], given["warm_up"], given["shown"], say)
    ids = [p["id"] for p in given["passages"]]
    systems = [
        {"name": name, "entries": kind, "ids": [[ids[n] for n in row] for row in rows], "ms": ms}
        for (name, kind), (rows, ms) in asked_all.items()
    ]
    embed_ms = [timed(embed, question)[0] for question in given["questions"][: 4 * BLOCK]]
    result = {"systems": systems, "embed_ms": embed_ms, "versions": {name: version(name) for name in PACKAGES}}
    write_to.write_text(json.dumps(result), encoding="utf-8")


def refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook: any look-up of a host or connection ends the run."""
    if event in ("socket.connect", "socket.getaddrinfo"):
        raise RuntimeError(f"a peer wanted the network: {event} {arguments[1:]}")


def entries(name: str, texts: Sequence[str], asked: Sequence[Sequence[str]]) -> Entries:
    """Each passage's text, and after it each of the questions written beside it."""
    found = [(number, one) for number, text in enumerate(texts) for one in (text, *(asked[number] if asked else ()))]
    return Entries(name, [text for _, text in found], np.array([number for number, _ in found]), len(texts))


def to_passages(owners: Iterable[int]) -> list[int]:
    """Entries, best first -> their passages, best first, each once."""
    return list(dict.fromkeys(map(int, owners)))


def fuse(rankings: Sequence[Sequence[int]], k: int = RRF_K) -> list[int]:
    """Reciprocal rank fusion: a passage gets 1 / (k + its rank) from every ranking that has it."""
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, passage in enumerate(ranking, 1):
            scores[passage] = scores.get(passage, 0.0) + 1 / (k + rank)
    return sorted(scores, key=lambda passage: -scores[passage])


def timed(search: Callable[[Any], Any], question: Any) -> tuple[float, Any]:
    begun = time.perf_counter()
    found = search(question)
    return (time.perf_counter() - begun) * 1000, found


def ask_all(searches: dict[tuple[str, str], Search], questions: Sequence[str], warm_up: Sequence[str], shown: int, report: Report) -> Asked:
    """Ask everybody every question once, block by block in turn, so that whatever else the machine does slows all of them."""
    asked: Asked = {key: ([], []) for key in searches}
    for start in range(0, len(questions), BLOCK):
        for key, search in searches.items():
            for question in warm_up if start == 0 else ():
                search(question)
            for question in questions[start : start + BLOCK]:
                ms, passages = timed(search, question)
                asked[key][0].append(list(passages)[:shown])
                asked[key][1].append(round(ms, 3))
        report(f"{min(start + BLOCK, len(questions))} of {len(questions)} questions")
    return asked


def build_all(both: Sequence[Entries], model_folder: str, cache: Path, threads: int) -> tuple[dict[tuple[str, str], Search], Embed]:
    """Every peer over every kind of entries, and the embedding alone. Building may use all cores; asking uses `threads`."""
    import faiss
    import torch
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(model_folder, device="cpu")
    embed = partial(model.encode, normalize_embeddings=True, show_progress_bar=False)
    vectors = embed_once(both[1].texts, partial(embed, batch_size=64), cache)
    first = np.flatnonzero(np.diff(both[1].owners, prepend=-1))  # the text of each passage comes before its questions
    known = dict(zip(both[1].texts, vectors))
    searches: dict[tuple[str, str], Search] = {}
    for some, rows in zip(both, (vectors[first], vectors)):
        words, meaning = bm25(some), nearest(some, rows, embed)
        searches["bm25s", some.name] = words
        searches["MiniLM, FAISS", some.name] = meaning
        searches["bm25s + MiniLM, RRF", some.name] = partial(fuse_two, words, meaning)
        say(f"Haystack over {len(some.texts)} entries")
        searches["Haystack", some.name] = haystack(some, rows, model_folder)
        say(f"txtai over {len(some.texts)} entries")
        searches["txtai", some.name] = txtai(some, known, embed)
    torch.set_num_threads(threads)
    faiss.omp_set_num_threads(threads)
    return searches, embed


def embed_once(texts: Sequence[str], embed: Embed, cache: Path) -> np.ndarray:
    """Vectors of texts; those of an earlier run are kept in `cache`, since embedding twenty thousand texts takes minutes."""
    digests = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
    stored = np.load(cache) if cache.exists() else {"digests": np.array([]), "vectors": np.array([])}
    known = dict(zip(map(str, stored["digests"]), stored["vectors"]))
    new = {digest: text for digest, text in zip(digests, texts) if digest not in known}
    say(f"embedding {len(new)} new texts of {len(texts)}")
    if new:
        known.update(zip(new, np.asarray(embed(list(new.values())), np.float32)))
        cache.parent.mkdir(parents=True, exist_ok=True)
        np.savez(cache, digests=digests, vectors=np.stack([known[d] for d in digests]))
    return np.stack([known[d] for d in digests]).astype(np.float32)


def fuse_two(words: Search, meaning: Search, question: str) -> list[int]:
    return fuse([words(question)[:DEPTH], meaning(question)[:DEPTH]])


def bm25(some: Entries) -> Search:
    """bm25s with its English stop words and PyStemmer, as its own README has it; a passage scores as its best entry does."""
    import bm25s
    import Stemmer

    stemmer = Stemmer.Stemmer("english")

    def tokens(texts: list[str]) -> list[list[str]]:
        cut = bm25s.tokenize(texts, stopwords="en", stemmer=stemmer, return_ids=False, show_progress=False)
        return [one or [""] for one in cut]

    index = bm25s.BM25()
    index.index(tokens(some.texts), show_progress=False)
    starts = np.flatnonzero(np.diff(some.owners, prepend=-1))

    def search(question: str) -> list[int]:
        best = np.maximum.reduceat(index.get_scores(tokens([question])[0]), starts)
        order = np.argsort(-best, kind="stable")[:DEPTH]
        return [int(n) for n in order if best[n] > 0]

    return search


def nearest(some: Entries, vectors: np.ndarray, embed: Embed) -> Search:
    """Exact search of FAISS over the embedded entries."""
    import faiss

    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    count = min(ROWS_READ, len(vectors))

    def search(question: str) -> list[int]:
        rows = index.search(np.asarray(embed(question), np.float32)[None], count)[1][0]
        return to_passages(some.owners[rows])

    return search


def haystack(some: Entries, vectors: np.ndarray, model_folder: str) -> Search:
    """Haystack's hybrid pipeline as its guide has it: two retrievers over the store in memory, joined by reciprocal rank fusion."""
    from haystack import Document, Pipeline
    from haystack.components.joiners import DocumentJoiner
    from haystack.components.retrievers import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore
    from haystack.utils import ComponentDevice
    from haystack_integrations.components.embedders.sentence_transformers import SentenceTransformersTextEmbedder

    store = InMemoryDocumentStore(return_embedding=False)
    store.write_documents([Document(id=str(n), content=text, embedding=v.tolist()) for n, (text, v) in enumerate(zip(some.texts, vectors))])
    embedder = SentenceTransformersTextEmbedder(
        model=model_folder, device=ComponentDevice.from_str("cpu"), progress_bar=False, normalize_embeddings=True, local_files_only=True
    )
    pipeline = Pipeline()
    pipeline.add_component("embedder", embedder)
    pipeline.add_component("meaning", InMemoryEmbeddingRetriever(store, top_k=DEPTH))
    pipeline.add_component("words", InMemoryBM25Retriever(store, top_k=DEPTH))
    pipeline.add_component("joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion"))
    pipeline.connect("embedder.embedding", "meaning.query_embedding")
    pipeline.connect("meaning", "joiner")
    pipeline.connect("words", "joiner")

    def search(question: str) -> list[int]:
        joined = pipeline.run({"embedder": {"text": question}, "words": {"query": question}})["joiner"]["documents"]
        return to_passages(some.owners[[int(document.id) for document in joined]])

    return search


def txtai(some: Entries, known: dict[str, np.ndarray], embed: Embed) -> Search:
    """txtai's hybrid index, given the same model. Exact search is asked for: by itself it would take an approximate index for the larger set."""
    from txtai import Embeddings

    def transform(texts: list[str]) -> np.ndarray:
        return np.stack([known[text] if text in known else embed(text) for text in texts])

    embeddings = Embeddings({"method": "external", "transform": transform, "hybrid": True, "faiss": {"components": "IDMap,Flat"}})
    embeddings.index(list(enumerate(some.texts)))
    limit = DEPTH // 10 if len(some.texts) == some.passages else DEPTH  # it reads ten times as many of either kind

    def search(question: str) -> list[int]:
        return to_passages(some.owners[[int(n) for n, _ in embeddings.search(question, limit)]])

    return search


def say(text: str) -> None:
    """One line for bench_search.py, which puts the time before it."""
    print(text, flush=True)


if __name__ == "__main__":
    main()
