"""How to read each assistant's conversations."""

from __future__ import annotations

import chatgpt_reading
import claude_reading

READINGS = {"chatgpt": chatgpt_reading.READING, "claude": claude_reading.READING}
