"""All settings of the app process, read once from the environment (WAYMARK_...)."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from guidance.hours import LONDON

_ORIGIN = re.compile(r"https://[a-z0-9.-]+(:\d+)?|http://(localhost|127\.0\.0\.1)(:\d+)?")  # one site each: no wildcard, no path


class Settings(BaseSettings):
    """now: an ISO time that freezes the clock, for tests and demonstrations; without a zone it is London time.
    frame_ancestors: the origins whose pages may show Waymark in a frame, with spaces between; none unless set (docs/embedding.md)
    operator: who runs this website and how to reach them, in words, for the foot of every page
    """

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
    frame_ancestors: str = ""
    operator: str = Field("", max_length=200)

    @field_validator("now")
    @classmethod
    def _in_london(cls, value: datetime | None) -> datetime | None:
        return value.replace(tzinfo=LONDON) if value and value.tzinfo is None else value

    @field_validator("frame_ancestors")
    @classmethod
    def _are_origins(cls, value: str) -> str:
        wrong = [o for o in value.split() if not _ORIGIN.fullmatch(o)]
        if wrong:
            raise ValueError(f"WAYMARK_FRAME_ANCESTORS: not an origin such as https://www.example.org: {', '.join(wrong)}")
        return value

    @property
    def framed_by(self) -> tuple[str, ...]:
        """The origins whose pages may show Waymark in a frame."""
        return tuple(self.frame_ancestors.split())

    @property
    def cookie(self) -> str:
        return "__Host-waymark" if self.https else "waymark"

    @property
    def frame_cookie(self) -> str | None:
        """The cookie of a conversation in another site's frame; None where there can be none: framing is off, or there is no HTTPS."""
        return "__Host-waymark-frame" if self.https and self.framed_by else None

    def clock(self) -> datetime:
        """The moment that every part of the product takes for now."""
        return self.now or datetime.now(LONDON)


@lru_cache(maxsize=1)
def settings() -> Settings:
    return Settings()  # type: ignore[call-arg]  # secret comes from the environment
