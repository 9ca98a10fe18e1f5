"""WHAT CAME: containers, grouping, safety, identity, dates, record streaming and the raw zone.

Knows no provider and never touches the lake: `open_deliveries` turns paths into deliveries, `read_shape` shows
a provider what a member looks like, `RecordReader` streams its records, `write_raw_zone` keeps the bytes.
"""

from memlake.exports.delivery import Delivery, Limits, MediaFile, Member, Refusal, SkippedFile
from memlake.exports.grouping import part_category
from memlake.exports.opening import STANDARD_INPUT, open_copy, open_deliveries
from memlake.exports.rawzone import write_raw_zone
from memlake.exports.records import MAX_RECORD_BYTES, RecordReader
from memlake.exports.shapes import read_shape
from memlake.exports.splitter import is_json
from memlake.exports.streams import MemberDamagedError

__all__ = [
    "MAX_RECORD_BYTES",
    "STANDARD_INPUT",
    "Delivery",
    "Limits",
    "MediaFile",
    "Member",
    "MemberDamagedError",
    "RecordReader",
    "Refusal",
    "SkippedFile",
    "is_json",
    "open_copy",
    "open_deliveries",
    "part_category",
    "read_shape",
    "write_raw_zone",
]
