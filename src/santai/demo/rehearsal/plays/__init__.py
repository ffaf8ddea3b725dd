"""Every row of every procedure, played over HTTP: scripts a lawyer can read, a server whose clock can be set."""
