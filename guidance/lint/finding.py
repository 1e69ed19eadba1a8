"""What a lint rule yields: something that an editor must put right, with file, line and remedy."""

from __future__ import annotations

from dataclasses import dataclass

from guidance.chapters import Section


@dataclass(frozen=True, slots=True)
class Finding:
    """Something an editor must put right."""

    file: str
    line: int | None
    fault: str
    remedy: str

    def __str__(self) -> str:
        return f"procedures_corpus/{self.file}{f':{self.line}' if self.line else ''}: {self.fault} ({self.remedy})"

    @classmethod
    def in_section(cls, section: Section, fault: str, remedy: str) -> Finding:
        """A finding at a section's heading in its chapter file."""
        return cls(f"chapters/{section.chapter}.md", section.file_line, fault, remedy)
