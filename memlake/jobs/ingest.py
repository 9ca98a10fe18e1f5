"""The main job: exports in, tables out, one export at a time, and a receipt of everything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from memlake.errors import LakeError, MemlakeError
from memlake.exports import Refusal, open_deliveries
from memlake.jobs.arrival import Arrival, IngestOptions
from memlake.jobs.progress import Progress
from memlake.jobs.reading import with_certain_identity
from memlake.jobs.rebuild import catch_up
from memlake.jobs.receipt import next_steps
from memlake.jobs.summary import ExportReceipt, IngestSummary, RefusedExport
from memlake.lake.layout import Layout
from memlake.lake.revision import only_writer_or_rehearsal
from memlake.text import replace_lone_surrogates


def ingest(
    paths: Sequence[Path],
    *,
    lake: Path,
    options: IngestOptions,
    clock: Callable[[], datetime],
    progress: Progress,
    pasted: BinaryIO | None = None,
) -> IngestSummary:
    """Bring exports into a lake, which is made if it is not there; return what happened to each.

    The path `-` stands for what is `pasted`.

    A bad export is refused by name and the rest goes on. Raises `MemlakeError` if nothing could be tried: the
    lake is held by somebody else, too new, or on a full disk.
    """
    layout = Layout(lake)
    receipts: list[ExportReceipt] = []
    refused: list[RefusedExport] = []
    place = only_writer_or_rehearsal(
        layout, job="ingest", wait_seconds=options.wait_seconds, is_rehearsal=options.is_dry_run
    )
    with place as scratch, open_deliveries(paths, limits=options.limits, pasted=pasted) as deliveries:
        if scratch is None:
            catch_up(layout, clock=clock, progress=progress, wait_seconds=options.wait_seconds)
        for delivery in deliveries:
            try:
                if isinstance(delivery, Refusal):
                    raise delivery.error
                arrival = Arrival(
                    layout=layout,
                    scratch=scratch,
                    delivery=with_certain_identity(delivery, provider_name=options.provider),
                    options=options,
                    clock=clock,
                    progress=progress,
                )
                receipts.append(arrival.settle())
            except LakeError:
                raise
            except MemlakeError as error:
                refused.append(_refused(delivery.file_name, error))
    return IngestSummary(
        lake=str(layout.folder.resolve()),
        is_dry_run=options.is_dry_run,
        exports=tuple(receipts),
        refused=tuple(refused),
        next_steps=() if options.is_dry_run else next_steps(receipts),
    )


def _refused(file_name: str, error: MemlakeError) -> RefusedExport:
    return RefusedExport(
        file_name=replace_lone_surrogates(file_name),
        message=replace_lone_surrogates(error.message),
        hint=error.hint,
        exit_code=error.exit_code,
    )
