"""A few options of the ``espeak-ng`` program, for computers that have its library but not the program.

Run as ``python -m studio.engines.speech.espeak_child -v VOICE [-s WORDS_PER_MINUTE] (-w OUT.wav | --ipa
[--tie=C])`` with UTF-8 text on standard input. It is a process of its own because the library is
copyleft, keeps global state and is not safe to call from two threads.
"""

from __future__ import annotations

import argparse
import ctypes
import sys
import wave
from pathlib import Path

_SYNCHRONOUS = 0x02
_NO_EXIT = 0x8000
_UTF8 = 1
_RATE = 1
_IPA = 0x02
_TIE = 0x80

_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


def main() -> int:
    """Speak or spell out standard input as the options say; 0 if it worked."""
    options = _options()
    library = _library()
    rate_hz = library.espeak_Initialize(_SYNCHRONOUS, 0, _data_folder().encode(), _NO_EXIT)
    if rate_hz <= 0 or library.espeak_SetVoiceByName(options.voice.encode()) != 0:
        sys.stderr.write(f"no voice {options.voice}\n")
        return 1
    text = sys.stdin.buffer.read()
    if options.out is None:
        sys.stdout.buffer.write(_phonemes(library, text, options.tie).encode())
        return 0
    library.espeak_SetParameter(_RATE, options.words_per_minute, 0)
    spoken = _speech(library, text)
    with wave.open(str(options.out), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(spoken)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("-v", dest="voice", required=True)
    parser.add_argument("-s", dest="words_per_minute", type=int, default=175)
    parser.add_argument("-w", dest="out", type=Path)
    parser.add_argument("-q", action="store_true")
    parser.add_argument("--ipa", action="store_true")
    parser.add_argument("--tie", default="")
    parser.add_argument("--stdin", action="store_true")
    return parser.parse_args()


def _library() -> ctypes.CDLL:
    import espeakng_loader

    return ctypes.CDLL(espeakng_loader.get_library_path())


def _data_folder() -> str:
    import espeakng_loader

    return str(espeakng_loader.get_data_path())


def _speech(library: ctypes.CDLL, text: bytes) -> bytes:
    """The spoken text as 16-bit samples."""
    heard: list[bytes] = []

    def collect(samples: ctypes._Pointer[ctypes.c_short], count: int, _events: int | None) -> int:
        if samples and count > 0:
            heard.append(ctypes.string_at(samples, count * 2))
        return 0

    callback = _Callback(collect)
    library.espeak_SetSynthCallback(callback)
    library.espeak_Synth(text + b"\0", ctypes.c_size_t(len(text) + 1), 0, 0, 0, _UTF8, None, None)
    library.espeak_Synchronize()
    return b"".join(heard)


def _phonemes(library: ctypes.CDLL, text: bytes, tie: str) -> str:
    """The text in the international phonetic alphabet, a clause a line."""
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    rest = ctypes.c_char_p(text + b"\0")
    mode = _IPA | (_TIE | ord(tie) << 8 if tie else 0)
    clauses: list[str] = []
    while rest.value is not None:
        spelled = library.espeak_TextToPhonemes(ctypes.byref(rest), _UTF8, mode)
        clauses.append((spelled or b"").decode())
    return "\n".join(clauses)


if __name__ == "__main__":
    sys.exit(main())
