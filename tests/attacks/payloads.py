"""What people and devices have sent to scanners to make them run something else."""

import itertools

_COMMANDS = ("id", "sleep 0", "touch {marker}", "cat /etc/passwd", "nslookup x.example")
_WRAPS = (
    *(";{c}", "|{c}", "||{c}", "&{c}", "&&{c}", "`{c}`", "$({c})", "${{IFS}}{c}", "\n{c}", "\r\n{c}", "\x00{c}"),
    *("%0a{c}", "%00{c}", "';{c};'", '";{c};"', "<({c})", ">{c}", "{{{{{c}}}}}", "$'{c}'", "\\n{c}"),
)
_CARRIERS = ("{p}", "10.0.0.1{p}", "10.0.0.1 {p}")

COMMANDS: tuple[str, ...] = tuple(
    carrier.format(p=wrap.format(c=command))
    for command, wrap, carrier in itertools.product(_COMMANDS, _WRAPS, _CARRIERS)
)
"""300 ways to put a command behind an address."""

PINGS: tuple[str, ...] = (
    *(";id", "$(id)", "-f", "-f 10.0.0.1", "10.0.0.1\nid", "10.0.0.1\x00id", "10.0.0.1%0aid", "`id`", "|id"),
    *("-I lo 127.0.0.1", "--", "-- -f", "ѕh", "１２７.0.0.1", "10.0.0.1。", "127.0.0.1;id", "\u202e1.0.0.01"),
)
"""What a ping form has been fed with; some would be names or addresses in disguise."""

_FLAGS = (
    *("--script", "-oN", "-oX", "-oG", "-oA", "-oS", "-iL", "-iR", "--resume", "--stylesheet", "--webxml"),
    *("--datadir", "--script-args-file", "--script-args", "--excludefile", "--exclude", "--proxies", "-S", "-D"),
    *("-e", "-sI", "-b", "--append-output", "--servicedb", "--versiondb", "--script-updatedb", "--script-trace"),
    *("--privileged", "--interactive", "-g", "--spoof-mac", "--dns-servers", "--send-eth", "-A", "--data-string"),
)
_VALUE = "/tmp/lanarium-a03"


def _spellings(flag: str) -> list[str]:
    bare = flag.lstrip("-")
    forms = [
        flag,
        f"-{bare}",
        f"--{bare}",
        f"--{bare[:4]}",
        f"-{bare[:3]}",
        f"{flag}\t",
        f" {flag}",
        f"{flag}\x00",
    ]
    values = ["{f}", "{f}={v}", "{f}{v}", "{f} {v}", "10.0.0.1 {f} {v}", "{f}\n{v}"]
    return [value.format(f=form, v=_VALUE) for form in forms for value in values]


SPELLINGS: tuple[str, ...] = tuple(
    dict.fromkeys(spelling for group in zip(*map(_spellings, _FLAGS), strict=True) for spelling in group)
)[:520]
"""More than 500 spellings of nmap's options that reach files, programs or other hosts."""
