"""All settings of the app process, read once from the environment (WAYMARK_...)."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from pathlib import Path

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from guidance.hours import LONDON


class Settings(BaseSettings):
    """now: an ISO time that freezes the clock, for tests and demonstrations; without a zone it is London time."""

    model_config = SettingsConfigDict(env_prefix="WAYMARK_")

    host: str = "127.0.0.1"
    port: int = 8000
    action_port: int = 5055
    rasa_port: int = 5005
    secret: str = Field(min_length=16)
    now: datetime | None = None
    built: Path = Path("built")
    rasa_timeout_s: float = 5.0
    https: bool = False
    exit_to: str = "https://www.bbc.co.uk/weather"

    @field_validator("now")
    @classmethod
    def _in_london(cls, value: datetime | None) -> datetime | None:
        return value.replace(tzinfo=LONDON) if value and value.tzinfo is None else value

    @property
    def cookie(self) -> str:
        return "__Host-waymark" if self.https else "waymark"

    def clock(self) -> datetime:
        """The moment that every part of the product takes for now."""
        return self.now or datetime.now(LONDON)


@lru_cache(maxsize=1)
def settings() -> Settings:
    return Settings()  # type: ignore[call-arg]  # secret comes from the environment
