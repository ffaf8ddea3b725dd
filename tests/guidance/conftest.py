"""The small library for every test of the room."""

from tests.knowledge.small_library import folder, in_home, library

__all__ = ["folder", "in_home", "library"]
