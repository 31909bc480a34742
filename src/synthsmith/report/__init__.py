"""The report: a static page that tells what became of a run."""

from synthsmith.report.collect import collect
from synthsmith.report.data import (
    CategoryCount,
    DropCount,
    FunnelStep,
    Histogram,
    LedgerTotals,
    OriginCount,
    ReportData,
    StyleCount,
)
from synthsmith.report.page import render_report, write_report, write_training_page

__all__ = [
    "CategoryCount",
    "DropCount",
    "FunnelStep",
    "Histogram",
    "LedgerTotals",
    "OriginCount",
    "ReportData",
    "StyleCount",
    "collect",
    "render_report",
    "write_report",
    "write_training_page",
]
