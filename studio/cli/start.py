"""The first thing that runs: from here on Ctrl-C, a closed pipe or a fault of the studio ends in a sentence.

Imports next to nothing, so that no moment is left in which Ctrl-C would show a traceback. While a command runs it may
answer signals itself (``live``, ``waiting``); before and after, they are answered here.
"""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType, TracebackType

_PROBLEMS, _INTERRUPTED = 1, 3


def main() -> None:
    """``studio …`` as the terminal runs it; ends the process with its exit code."""
    sys.excepthook = _say_fault
    try:
        signal.signal(signal.SIGINT, _interrupt)
        signal.signal(signal.SIGTERM, _interrupt)
        code = _command()
    except KeyboardInterrupt:
        code = _stopped()
    finally:
        signal.signal(signal.SIGINT, _end)
        signal.signal(signal.SIGTERM, _end)
    sys.exit(_flushed(code))


def _command() -> int:
    """The exit code of the command that was asked for."""
    _mend_streams()
    import click

    from studio.cli.main import cli

    try:
        code = cli.main(prog_name="studio", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        return _stopped()
    except OSError as error:
        return _unwritten(error)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    return code if isinstance(code, int) else 0


def _mend_streams() -> None:
    """A letter that this terminal lacks stops nothing, nor does a stream that is closed."""
    for number, name in ((1, "stdout"), (2, "stderr")):
        stream = getattr(sys, name)
        if stream is None:
            os.dup2(os.open(os.devnull, os.O_WRONLY), number)
            setattr(sys, name, os.fdopen(number, "w", encoding="utf-8", errors="replace"))
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _stopped() -> int:
    _say("studio: Stopped. What was finished is kept.")
    return _INTERRUPTED


def _interrupt(number: int, frame: FrameType | None) -> None:
    """The first Ctrl-C undoes what is half done; the second ends at once, as a kill does."""
    signal.signal(number, _end)
    raise KeyboardInterrupt


def _end(number: int, frame: FrameType | None) -> None:
    os._exit(_INTERRUPTED)


def _say_fault(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """What nobody foresaw: a sentence here, the traceback in the log."""
    if kind is KeyboardInterrupt:
        os._exit(_stopped())
    from studio.cli import log

    log.fault(error.with_traceback(trace))
    words = " ".join(str(error).split())[:200]
    _say(f"studio: a fault of the studio ({kind.__name__}: {words}). Nothing that was finished is lost.")
    _say(f"The details are in {log.place()}")


def _flushed(code: int) -> int:
    """``code``, once all of stdout has gone where it should; a full disk there is a problem like any other."""
    try:
        sys.stdout.flush()
    except OSError as error:
        return code or _unwritten(error)
    return code


def _unwritten(error: OSError) -> int:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or the interpreter complains once more
    _say(f"studio: the output could not be written: {error.strerror}.")
    return _PROBLEMS


def _say(sentence: str) -> None:
    os.write(2, f"{sentence}\n".encode(errors="replace"))
