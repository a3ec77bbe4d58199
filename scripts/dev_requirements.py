"""Print what development and the build need, from pyproject.toml, for `make lock`."""

import tomllib
from pathlib import Path

project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text())
print("\n".join([*project["dependency-groups"]["dev"], *project["build-system"]["requires"], "editables"]))
