"""Rasa graph component: words, pairs of words and parts of words as sparse sentence features, rare ones weighing more (TF-IDF, scikit-learn).

Rasa's own CountVectorsFeaturizer counts without weighing: "the" and "ing" drown "LADO" and "due" (docs/decisions/0003).
"""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from skops import io

# Each kind has length WEIGHT in a message; the meaning has three times that (bot/components/embedding.py). Measured: docs/decisions/0003.
WEIGHT = 2.0
_KINDS = {"parts": {"analyzer": "char_wb", "ngram_range": (2, 4)}, "words": {"analyzer": "word", "ngram_range": (1, 2)}}


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER], is_trainable=True)
class WordPartsFeaturizer(SparseFeaturizer, GraphComponent):
    """Adds one sparse row (1, features seen in training) to each message."""

    def __init__(self, name: Text, storage: ModelStorage, resource: Resource, vectorizers: Dict[Text, TfidfVectorizer]) -> None:
        super().__init__(name, self.get_default_config())
        self._storage, self._resource, self._vectorizers = storage, resource, vectorizers

    @classmethod
    def create(
        cls, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> GraphComponent:
        made = {kind: TfidfVectorizer(sublinear_tf=True, min_df=2, **how) for kind, how in _KINDS.items()}
        return cls(execution_context.node_name, model_storage, resource, made)

    @classmethod
    def load(
        cls, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **kwargs: Any
    ) -> GraphComponent:
        with model_storage.read_from(resource) as folder:
            kept = {kind: io.load(folder / f"{kind}.skops", trusted=["scipy.sparse._csr.csr_matrix"]) for kind in _KINDS}
        return cls(execution_context.node_name, model_storage, resource, kept)

    def train(self, training_data: TrainingData) -> Resource:
        texts = [str(m.get(TEXT)) for m in training_data.intent_examples if m.get(TEXT) and m.get(INTENT)]
        with self._storage.write_to(self._resource) as folder:
            for kind, vectorizer in self._vectorizers.items():
                vectorizer.fit(texts)
                vectorizer.stop_words_ = None  # what min_df dropped: large, and used by nothing
                io.dump(vectorizer, folder / f"{kind}.skops")
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        if not messages:
            return messages
        texts = [str(m.get(TEXT) or "") for m in messages]
        rows = csr_matrix(hstack([v.transform(texts) for v in self._vectorizers.values()])) * WEIGHT
        for message, row in zip(messages, rows):
            self.add_features_to_message(row, row, TEXT, message)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process([m for m in training_data.training_examples if m.get(TEXT)])
        return training_data

    @classmethod
    def validate_config(cls, config: Dict[Text, Any]) -> None:
        """There is nothing to set."""
