"""Rasa graph component: the index's own embedding model as dense sentence features for the intent classifier."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Dict, List, Text

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from index.embedder import open_embedder

# The vectors have length 1; beside hundreds of word parts they would hardly weigh. Chosen on messages not learnt from: docs/decisions/0003.
WEIGHT = 6.0


def built_folder() -> Path:
    """Where `make` leaves the model and the danger weights: the project's folder unless WAYMARK_BUILT says otherwise."""
    return Path(os.environ.get("WAYMARK_BUILT", "built")).resolve()


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER], is_trainable=False)
class SentenceEmbeddingFeaturizer(DenseFeaturizer, GraphComponent):
    """Adds one sentence vector (1, d), of length WEIGHT, to each message; no sequence features."""

    def __init__(self, name: Text) -> None:
        super().__init__(name, self.get_default_config())
        self._embedder = open_embedder(built_folder() / "model")

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> GraphComponent:
        return cls(execution_context.node_name)

    def process(self, messages: List[Message]) -> List[Message]:
        texts = [str(m.get(TEXT) or "") for m in messages]
        for message, vector in zip(messages, WEIGHT * self._embedder.encode(texts)):
            message.add_features(Features(np.expand_dims(vector, 0), FEATURE_TYPE_SENTENCE, TEXT, self._identifier))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process([m for m in training_data.training_examples if m.get(TEXT)])
        return training_data

    @classmethod
    def validate_config(cls, config: Dict[Text, Any]) -> None:
        """There is nothing to set."""
