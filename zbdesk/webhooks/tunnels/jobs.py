"""Windows only: a job object that ends its members when zbdesk does, however it ends."""

from __future__ import annotations

import ctypes
import sys

if sys.platform == "win32":
    from ctypes import wintypes

    _KILL_ON_CLOSE = 0x2000
    _EXTENDED_LIMITS = 9
    _SET_QUOTA_AND_TERMINATE = 0x0100 | 0x0001

    class _BasicLimits(ctypes.Structure):
        _fields_ = [
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        ]

    class _ExtendedLimits(ctypes.Structure):
        _fields_ = [
            ("BasicLimitInformation", _BasicLimits),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        ]

    _kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    _kernel.CreateJobObjectW.restype = wintypes.HANDLE
    _kernel.OpenProcess.restype = wintypes.HANDLE

    def holding(pid: int) -> object:
        """Return a job that holds this process. Raises ``OSError`` where the system does not let us."""
        job = _kernel.CreateJobObjectW(None, None)
        if not job:
            raise ctypes.WinError(ctypes.get_last_error())
        limits = _ExtendedLimits()
        limits.BasicLimitInformation.LimitFlags = _KILL_ON_CLOSE
        process = _kernel.OpenProcess(_SET_QUOTA_AND_TERMINATE, False, pid)
        try:
            if not (
                _kernel.SetInformationJobObject(
                    wintypes.HANDLE(job), _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits)
                )
                and process
                and _kernel.AssignProcessToJobObject(wintypes.HANDLE(job), wintypes.HANDLE(process))
            ):
                error = ctypes.WinError(ctypes.get_last_error())
                _kernel.CloseHandle(wintypes.HANDLE(job))
                raise error
        finally:
            if process:
                _kernel.CloseHandle(wintypes.HANDLE(process))
        return int(job)

    def end(job: object) -> None:
        """End every member and let go of the job; twice is harmless."""
        if isinstance(job, int):
            _kernel.TerminateJobObject(wintypes.HANDLE(job), 1)
            _kernel.CloseHandle(wintypes.HANDLE(job))
