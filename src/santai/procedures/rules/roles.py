"""Who takes a step, where many tables mean the same people by it."""

from __future__ import annotations

from santai.trust.roles import FRONT_LINE, Role

# The person, or whoever speaks for them at a platform.
PERSON = frozenset({Role.APPLICANT}) | FRONT_LINE

# --- notary offices
NOTARIES = frozenset({Role.NOTARY, Role.NOTARY_DIRECTOR})

# --- arbitration
SECRETARY = frozenset({Role.ARBITRATION_SECRETARY})
COMMISSION_HEAD = frozenset({Role.ARBITRATION_DIRECTOR})
# What the law lets the commission (仲裁委员会) do, its head or its secretary does for it.
COMMISSION = SECRETARY | COMMISSION_HEAD
# The presiding or sole arbitrator, who has the case in hand once the tribunal is formed, acts for the tribunal; the
# other members read the file.
TRIBUNAL = frozenset({Role.ARBITRATOR})
