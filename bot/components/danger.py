"""Rasa graph component: the danger check as the last word on a message's intent. Danger outranks every other reading."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, List, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.embedding import built_folder
from guidance.danger import ALARMS, DangerCheck, Heard
from index.reader import open_reader

HEARD = "heard"  # in a message's metadata: what the conversation has told before, as guidance.danger.Heard
_PATTERNS = Path(__file__).resolve().parents[2] / "procedures_corpus" / "danger.yml"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=False)
class DangerClassifier(GraphComponent):
    """Sets the intent signal_urgent, signal_crisis or signal_child where the danger check finds one, and only there."""

    def __init__(self) -> None:
        self._check = DangerCheck(open_reader(built_folder() / "reader").scores, _PATTERNS)

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> GraphComponent:
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            text = str(message.get(TEXT) or "")
            if text.startswith("/"):  # a button of ours: the words on it are not the user's
                continue
            heard = Heard(**(message.get("metadata") or {}).get(HEARD, {}))
            level = self._check.read(text, heard).level
            if level in ALARMS:
                message.set(
                    INTENT, {INTENT_NAME_KEY: f"signal_{level}", PREDICTED_CONFIDENCE_KEY: 1.0}, add_to_output=True
                )
            elif str(message.get(INTENT, {}).get(INTENT_NAME_KEY)).startswith("signal_"):
                message.set(INTENT, self._next_best(message), add_to_output=True)
        return messages

    @staticmethod
    def _next_best(message: Message) -> Dict[Text, Any]:
        """The best reading that is no danger: a few examples of the intent classifier must not overrule the danger check."""
        ranking = message.get(INTENT_RANKING_KEY) or []
        others = (i for i in ranking if not str(i[INTENT_NAME_KEY]).startswith("signal_"))
        return dict(next(others, {INTENT_NAME_KEY: "nlu_fallback", PREDICTED_CONFIDENCE_KEY: 1.0}))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data
