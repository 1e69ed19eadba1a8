"""Rasa graph component: Rasa's own logistic regression, with rare intents weighing more, but not as much as if all were equally frequent.

Rasa's weighs every intent alike. Then forty examples of a set reply outbid two thousand questions for the procedures (docs/decisions/0003).
"""

from __future__ import annotations

from collections import Counter

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.training_data import TrainingData

EVENNESS = 0.5  # 0: as frequent as the examples; 1: all alike


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class IntentRegression(LogisticRegressionClassifier):
    """Sets the intent and the ranking of all intents."""

    def train(self, training_data: TrainingData) -> Resource:
        counts = Counter(m.get(INTENT) for m in training_data.intent_examples if m.get(INTENT) and m.get(TEXT))
        mean = sum(counts.values()) / max(1, len(counts))
        self.clf.class_weight = {intent: (mean / count) ** EVENNESS for intent, count in counts.items()}
        return super().train(training_data)
