"""What a worker process denies itself before it sees a query of anyone's. Each of these is a second wall: a system that
hasn't it (only Linux has them all) still has the first, which is the check of the query's text and the server's clock.
"""

from __future__ import annotations

import contextlib
import ctypes
import sys

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_PDEATHSIG, _SIGKILL = 1, 9


def shut_in(memory: int) -> None:
    """Cut this process off the network, bound its memory (MiB), and let it die with its parent.

    To be called before any thread is started.
    """
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        libc.prctl(_PR_SET_PDEATHSIG, _SIGKILL)
        # A network of its own has no way out. Where the system doesn't allow it, nothing happens.
        libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        # Address space is no measure: the store maps its files into it. Data are what a query heaps up.
        resource.setrlimit(resource.RLIMIT_DATA, (memory << 20, memory << 20))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
