"""The referral summary as a file: plain text, Word and PDF, made on request in memory and never written to disk.

Each maker takes the dictionary of bot/summaries.py. What a person typed is put in as plain words in every format.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.documents.pdf import to_pdf
from bot.documents.text import to_text
from bot.documents.word import to_word

MAKERS: dict[str, tuple[str, Callable[[dict[str, Any]], bytes]]] = {
    "txt": ("text/plain; charset=utf-8", to_text),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", to_word),
    "pdf": ("application/pdf", to_pdf),
}
