"""Who runs these tests, and under whom they may run others."""

import os
import pwd


def current_user() -> str:
    """The name of the user who runs the tests."""
    return pwd.getpwuid(os.geteuid()).pw_name


def unprivileged_user() -> str | None:
    """As root, an existing user without power; None for an ordinary user, who stays themself."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"
