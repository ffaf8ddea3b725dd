"""The small library of laws, for the pages that show it."""

from tests.knowledge.small_library import folder, in_home, library

__all__ = ["folder", "in_home", "library"]
