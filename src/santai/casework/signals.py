"""What later stages listen to. Sent inside the transaction of the step."""

from django.dispatch import Signal

# case: Case, entry: LogEntry, procedure: Procedure
step_taken = Signal()
