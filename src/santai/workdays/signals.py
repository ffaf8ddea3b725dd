"""What the later rooms listen to. Receivers return how many dates they computed anew."""

from django.dispatch import Signal

# first: date, last: date — the stretch of days whose nature changed or became known; sent when the change is written
calendar_changed = Signal()
