"""A project as one ZIP file that any program opens, for a teammate or another computer.

Pictures, sound and film are stored as they are (they do not get smaller), texts are packed. Last comes the list of
all files with their BLAKE3. Two exports of one state are the same, byte for byte.

A project that is being worked on may be exported: files are published by a rename, so each is whole; what was
replaced while the rest was packed is packed again until the journal stood still for one round.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import struct
import threading
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from studio import __version__
from studio.core.archive_checks import check_apart, fault_in
from studio.core.archive_contents import COMMENT, LIST, LIST_FORMAT
from studio.core.archive_entries import MOST_ENTRIES, shown
from studio.core.archive_privacy import Privacy
from studio.core.changes import PENDING, finish_change, locked
from studio.core.checkpoint import Checkpoint, Journal
from studio.core.content import SNAPSHOTS, Found, Tell, Watch, files_under
from studio.core.files import digest_of, storage, sync_folder
from studio.core.project import MANIFEST, Project, load_project
from studio.core.session import JOURNAL, TAKES, TMP
from studio.errors import ArchiveRefused, BadInput, ProjectLocked
