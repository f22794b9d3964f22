"""Many packets in one system call (sendmmsg), which the standard library does not have."""

import ctypes
import errno
import os
import socket
import time

BATCH = 512
_TRIES, _FULL_S = 200, 0.001
# The network said no to one packet: the address has no way there, or nobody answers for it. The next may go.
PASSING = frozenset(
    {
        errno.EHOSTUNREACH,
        errno.ENETUNREACH,
        errno.EINVAL,
        errno.EACCES,
        errno.EPERM,
        errno.ENOBUFS,
        errno.EHOSTDOWN,
        errno.ECONNREFUSED,
        errno.EADDRNOTAVAIL,
        errno.EMSGSIZE,
    }
)


class _Vector(ctypes.Structure):
    _fields_ = (("base", ctypes.c_void_p), ("length", ctypes.c_size_t))


class _Header(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_void_p),
        ("name_length", ctypes.c_uint32),
        ("vector", ctypes.c_void_p),
        ("vector_count", ctypes.c_size_t),
        ("control", ctypes.c_void_p),
        ("control_length", ctypes.c_size_t),
        ("flags", ctypes.c_int),
    )


class _Message(ctypes.Structure):
    _fields_ = (("header", _Header), ("sent", ctypes.c_uint32))


_LIBC = ctypes.CDLL(None, use_errno=True)
_LIBC.sendmmsg.argtypes = (ctypes.c_int, ctypes.c_void_p, ctypes.c_uint, ctypes.c_int)


class Batches:
    """Sends packets of one length to addresses of one family through one socket."""

    def __init__(self, sender: socket.socket, packet_bytes: int, name_bytes: int) -> None:
        self._socket = sender
        self._packet_bytes, self._name_bytes = packet_bytes, name_bytes
        self._packets = ctypes.create_string_buffer(BATCH * packet_bytes)
        self._names = ctypes.create_string_buffer(BATCH * name_bytes)
        self._vectors = (_Vector * BATCH)()
        self._messages = (_Message * BATCH)()
        self._packets_at = ctypes.addressof(self._packets)
        self._names_at = ctypes.addressof(self._names)
        self._messages_at = ctypes.addressof(self._messages)
        self.unsendable = 0
        self.last_error = 0
        for number in range(BATCH):
            self._prepare(number)

    def _prepare(self, number: int) -> None:
        vector, header = self._vectors[number], self._messages[number].header
        vector.base = self._packets_at + number * self._packet_bytes
        vector.length = self._packet_bytes
        header.name = self._names_at + number * self._name_bytes
        header.name_length = self._name_bytes
        header.vector = ctypes.addressof(vector)
        header.vector_count = 1

    def send(self, packets: bytes | bytearray, names: bytes) -> int:
        """Send up to BATCH packets; answers how many left. Raises OSError for what is no address's fault."""
        count = len(names) // self._name_bytes
        ctypes.memmove(self._packets_at, bytes(packets), count * self._packet_bytes)
        ctypes.memmove(self._names_at, names, count * self._name_bytes)
        done = lost = tries = 0
        step = ctypes.sizeof(_Message)
        while done < count:
            went = _LIBC.sendmmsg(self._socket.fileno(), self._messages_at + done * step, count - done, 0)
            if went > 0:
                done += went
                continue
            self.last_error = ctypes.get_errno()
            if self.last_error in {errno.EINTR, errno.EAGAIN}:
                continue
            if self.last_error == errno.ENOBUFS and tries < _TRIES:  # the card is full for a moment
                tries += 1
                time.sleep(_FULL_S)
                continue
            if self.last_error not in PASSING:
                raise OSError(self.last_error, os.strerror(self.last_error))
            done += 1
            lost += 1
        self.unsendable += lost
        return count - lost
