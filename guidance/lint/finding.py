"""What a lint rule yields: something that an editor must put right, with file, line and remedy."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Something an editor must put right."""

    file: str
    line: int | None
    fault: str
    remedy: str

    def __str__(self) -> str:
        return f"procedures_corpus/{self.file}{f':{self.line}' if self.line else ''}: {self.fault} ({self.remedy})"
