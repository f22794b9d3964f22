"""What can go wrong with a lab, all under one root.

LabError
+-- CommandError     a system tool failed; the text is the tool's own
+-- IsolationError   a namespace has a way out; nothing may be started in it
+-- SilenceError     ports that should answer do not
+-- CaptureError     tcpdump did not start, or lost the end of the recording
"""


class LabError(RuntimeError):
    """The lab cannot do what was asked; the sentence says why."""


class CommandError(LabError):
    """A tool that the lab needs gave an error."""


class IsolationError(LabError):
    """A lab namespace has a way out."""


class SilenceError(LabError):
    """Ports of the lab that should answer did not in time."""


class CaptureError(LabError):
    """The packet capture is not whole."""
