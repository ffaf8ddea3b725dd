"""Cases of every procedure for the demo: the rehearsal's scripts, played by the engine itself and left half way."""
