"""The report page: safe, whole, self-contained and the same every time."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import matplotlib
import pytest
from report_data import counted, example, full

from synthsmith.errors import InputError
from synthsmith.records import Sample
from synthsmith.report import (
    CategoryCount,
    DropCount,
    FunnelStep,
    Histogram,
    LedgerTotals,
    ReportData,
    StyleCount,
    render_report,
    write_report,
)
from synthsmith.store import Spending

VOID = {"meta", "br", "hr", "img", "input", "link", "path", "use", "rect"}
ALLOWED = {
    "html", "head", "meta", "title", "style", "body", "header", "main", "footer", "nav", "section",
    "details", "summary", "h1", "h2", "h3", "h4", "h5", "p", "div", "span", "ul", "ol", "li", "dl",
    "dt", "dd", "a", "b", "em", "strong", "small", "code", "pre", "blockquote", "hr", "br", "sub",
    "sup", "table", "caption", "thead", "tbody", "tr", "th", "td",
    "svg", "g", "defs", "path", "use", "text", "rect", "clippath",
}  # fmt: skip


class Page(HTMLParser):
    """Reads a page strictly: every tag is known, closed, and closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []
        assert len(self.ids) == len(set(self.ids))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED, tag
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            assert not name.startswith("on"), name
            self.attributes.append((name, value or ""))
            if name == "id":
                self.ids.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def check(data: ReportData) -> Page:
    """The page, found to be well formed and to ask for nothing outside itself."""
    page = Page(render_report(data))
    for name, value in page.attributes:
        assert name not in ("src", "srcset", "action", "data", "poster", "xmlns"), name
        if name in ("href", "xlink:href"):
            assert value.startswith("#") and value[1:] in page.ids
        assert not re.search(r"url\((?!#)", value), value
    return page


def test_a_full_run_is_told_whole() -> None:
    page = check(full())
    for told in (
        "128 80% of 160 attempted", "with candidates 149 93%", "few clean exits input, in label 61",
        "journeyman 8,911 99%", "Jars in a Row", "A window of k jars moves by one.",
        "import sys", "held out", "task-0001-c0 · golden", ">99%", "evolved",
    ):  # fmt: skip
        assert told in page.text, told


def test_charts_are_named_and_have_their_numbers_beside_them() -> None:
    text = render_report(full())
    charts = re.findall(r'<svg class="chart" viewBox="[^"]+" role="img" aria-label="[^"]+">', text)
    assert len(charts) == text.count("<svg") == 5
    assert text.count("<summary>Numbers</summary>") == 4


def test_no_style_sheet_or_markup_loads_anything() -> None:
    text = render_report(full(examples=()))
    assert "http" not in text.replace("http-equiv", "")
    assert "@import" not in text and "<script" not in text
    assert "default-src 'none'" in text


HOSTILE = (
    "</script></style></pre></svg><img src=x onerror=alert(1)>",
    "\"' onmouseover=\"alert(1)\" x='",
    "{{ 7 * 7 }}{% raw %}",
    "<!-- ]]> &lt;b&gt; &#60;i&#62;",
    "[click](javascript:alert(1)) ![x](http://evil.example/x.png) <http://evil.example>",
    "$</span><img src=x onerror=alert(1)>$ $_{<b>}$ $\\{$",
    "[a]: http://evil.example\n\n[a] | <td> |\n|---|",
    "```x\" onload=alert(1)\n</code>\n```",
    "nul \x00 escape \x1b[31m right-to-left \u202e half \ud83d \udcff",
    ">" * 3000 + "*" * 3000 + "`" * 999,
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_what_others_wrote_is_shown_and_never_obeyed(text: str) -> None:
    task = example(
        title=text,
        statement=text,
        samples=(Sample(input=text, output=text, explanation=text),),
        starter_code=text,
        features=((text, text),),
        io="function",
    )
    page = check(
        full(
            name=text,
            teachers=(text,),
            judge_tier=text,
            funnel=(FunnelStep(group=text, label=text, count=3),),
            drops=(DropCount(stage=text, kind=text, reason=text, count=3),),
            categories=(CategoryCount(category=text, extracted=1, evolved=1),),
            verdicts={text: {text: 3}},
            examples=(task,),
        )
    )
    assert not re.search("[\x00-\x08\x0e-\x1f\u202e\ud800-\udfff]", page.text)


def test_raw_html_of_a_statement_stays_text() -> None:
    page = check(full(examples=(example(statement="see <b onclick=x>bold</b> &amp; more"),)))
    assert "see <b onclick=x>bold</b> & more" in page.text


def test_hidden_characters_are_shown_as_code_points() -> None:
    assert "a⟨U+202E⟩b⟨U+0000⟩" in check(full(examples=(example(title="a\u202eb\0"),))).text


def test_mathematics_of_a_statement_is_readable() -> None:
    task = example(statement=r"$1 \le a_i \le 10^{5}$, pays \$5 and $\{x_{i+1}\}$, costs $3.")
    text = render_report(full(examples=(task,)))
    assert "1 ≤ a<sub>i</sub> ≤ 10<sup>5</sup>" in text
    assert "{x<sub>i+1</sub>}" in text
    assert "pays $5 and" in text and "costs $3." in text


def test_an_empty_run_says_so() -> None:
    page = check(ReportData(name="empty"))
    for told in ("No task is verified yet.", "Nothing was dropped.", "Nothing was run."):
        assert told in page.text
    zeros = ReportData(
        name="zeros",
        funnel=(FunnelStep(group="tasks", label="attempted", count=0),),
        drops=(DropCount(stage="s", kind="task", reason="r", count=0),),
        categories=(CategoryCount(category="c", extracted=0, evolved=0),),
        growth=(0, 0),
        styles=(StyleCount(style="atcoder", attempted=0, verified=0),),
        confidence=counted([]),
        verdicts={"t": {"ran": 0}},
    )
    assert "<svg" not in render_report(zeros)
    check(zeros)


def test_huge_counts_stay_readable() -> None:
    many = 10**15
    page = check(
        full(
            funnel=(FunnelStep(group="t", label="a", count=many),),
            categories=(CategoryCount(category="c", extracted=many, evolved=1),),
            growth=(1, many),
            confidence=Histogram(counts=(many,) * 20, mean=0.5),
            verdicts={"t": {"ran": many, "wrong_answer": 1}},
            ledger=LedgerTotals(
                executions=9_999_999, spendings=(Spending(kind="solve", calls=123_456_789),)
            ),
        )
    )
    for told in ("1,000.0 T", "123.5 M", "9,999,999", ">99%", "<1%"):
        assert told in page.text


def test_what_it_cost_by_prompt_and_teacher() -> None:
    page = check(full())
    table = page.text.partition("What it cost")[2].partition("Every answered call once")[0]
    for row in (
        "extract 904 812,000 — 343,211 — —",
        "solve 1,000 1,000,000 0 600,000 500,000 12.50",
        "apprentice 904 812,000 — 343,211 — —",
        "all calls 1,904 1,812,000 0 943,211 500,000 12.50",
    ):
        assert row in " ".join(table.split()), table
    assert "3 calls did not tell their tokens; a budget counts 4,100" in page.text
    free = check(full(ledger=LedgerTotals(spendings=(Spending(kind="solve", calls=2),))))
    assert "money" not in free.text.partition("What it cost")[2].partition("Features")[0]
    assert "No calls yet" in check(full(ledger=LedgerTotals())).text


def test_long_texts_are_cut_and_say_so() -> None:
    task = example(statement="x" * 10**6, samples=(Sample(input="7 " * 10**5, output=""),))
    text = render_report(full(examples=(task,)))
    assert "(1,000,000 characters)" in text and "characters)" in text
    assert len(text) < 200_000


def test_the_same_data_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        write_report(tmp_path / name, full())
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    assert {path.name for path in tmp_path.iterdir()} == {"a.html", "b.html"}


def test_a_report_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="cannot write"):
        write_report(tmp_path / "file" / "report.html", ReportData(name="x"))


def test_a_users_own_plot_settings_change_nothing() -> None:
    before = render_report(full())
    with matplotlib.rc_context({"figure.figsize": (20, 1), "svg.fonttype": "path"}):
        assert render_report(full()) == before
        assert matplotlib.rcParams["svg.fonttype"] == "path"


def test_drawing_leaves_no_pyplot_behind() -> None:
    lines = (
        "import sys; from report_data import full; from synthsmith.report import render_report",
        "assert 'matplotlib' not in sys.modules",
        "render_report(full()); assert 'matplotlib.pyplot' not in sys.modules",
    )
    folder = Path(__file__).parent
    done = subprocess.run([sys.executable, "-c", "\n".join(lines)], cwd=folder, check=False)
    assert done.returncode == 0
