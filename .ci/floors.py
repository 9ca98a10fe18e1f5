"""Print the lowest versions that a pyproject.toml allows, as constraints for pip."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

project = tomllib.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["project"]
requirements = [*project["dependencies"], *(name for extra in project["optional-dependencies"].values() for name in extra)]
print("\n".join(requirement.replace(">=", "==") for requirement in requirements))
