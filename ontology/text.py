"""A sentence or name in the two languages of the product."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in German and in English."""

    de: str
    en: str

    def __getitem__(self, lang: str) -> str:
        """Return the sentence in ``lang``; everything but ``en`` is German.

        >>> Text("Ziel", "goal")["en"]
        'goal'
        """
        return self.en if lang == "en" else self.de

    def document(self) -> dict[str, str]:
        """Return both languages as JSON.

        >>> Text("Ziel", "goal").document()
        {'de': 'Ziel', 'en': 'goal'}
        """
        return {"de": self.de, "en": self.en}
