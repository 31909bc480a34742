"""Transforms of grids and maps."""

from __future__ import annotations

from synthsmith.teachers.procedural.algebra import Code, Shape, Transform, Variant


def _column_maxima(shape: Shape, _: int) -> Shape | None:
    return shape.to("array", full=False)


def _land_counts(shape: Shape, _: int) -> Shape | None:
    return shape.to("array", lo=0, hi=shape.n_max, full=False)


def _threshold(shape: Shape, c: int) -> Shape | None:
    fits = shape.hi * 0.25 <= c <= shape.hi * 0.75
    return shape.to("map", lo=0, hi=0) if fits else None


def _inverted(shape: Shape, _: int) -> Shape | None:
    if shape.flags & {"inverted"}:
        return None
    return shape.to("map", flags=frozenset({"inverted"}))


def _running_rows(shape: Shape, _: int) -> Shape | None:
    if shape.flags & {"sums"}:
        return None
    return shape.to("grid", hi=shape.hi * shape.n_max, flags=frozenset({"sums"}))


PARTS = (
    Transform(
        name="column maxima",
        takes="grid",
        gives="array",
        features=(
            ("technique", "grid technique", "row and column sums"),
            ("mathematics", "arithmetic", "extremal value", "minimum and maximum"),
        ),
        wordings={
            "codeforces": (
                "{hero} notes the greatest number of every column of {x}, from left to right; "
                "this is the sequence {y}.",
                "In each column of {x}, beginning on the left, {hero} circles the largest number; "
                "the circled numbers are {y}.",
            ),
            "atcoder": (
                "Let the j-th element of {y} be the maximum of column j of {x}.",
                "Define {y} as the sequence of the maxima of the columns of {x}, from left to "
                "right.",
            ),
            "leetcode": (
                "Let {y} hold the largest number of each column, from left to right.",
                "The j-th element of {y} is the greatest entry of column j.",
            ),
        },
        shape=_column_maxima,
        python=(
            Code(
                "transpose",
                """\
def convert(grid):
    return [max(column) for column in zip(*grid)]
""",
                "Transposed, the columns are rows, and each has its greatest number.",
                "O(hw)",
            ),
            Code(
                "row by row",
                """\
def convert(grid):
    tops = list(grid[0])
    for row in grid:
        for j, cell in enumerate(row):
            if cell > tops[j]:
                tops[j] = cell
    return tops
""",
                "Row after row the greatest numbers so far are kept for every column.",
                "O(hw)",
            ),
        ),
        cpp=(
            Code(
                "row by row",
                """\
vector<ll> convert(const vector<vector<ll>>& grid) {
    vector<ll> tops = grid[0];
    size_t w = tops.size();
    for (auto& row : grid)
        for (size_t j = 0; j < w; j++) tops[j] = max(tops[j], row[j]);
    return tops;
}
""",
                "Row after row the greatest numbers so far are kept for every column.",
                "O(hw)",
            ),
        ),
        mistakes=(
            Variant(
                "forgets the last row",
                ("row by row", "for row in grid:", "for row in grid[:-1]:"),
                (
                    "row by row",
                    "    for (auto& row : grid)\n"
                    "        for (size_t j = 0; j < w; j++) tops[j] = max(tops[j], row[j]);",
                    "    for (size_t i = 0; i + 1 < grid.size(); i++)\n"
                    "        for (size_t j = 0; j < w; j++)\n"
                    "            tops[j] = max(tops[j], grid[i][j]);",
                ),
            ),
        ),
        misreadings=(
            Variant(
                "takes the maxima of the rows",
                ("transpose", "for column in zip(*grid)", "for column in grid"),
                (
                    "row by row",
                    "    return tops;",
                    "    tops.clear();\n"
                    "    for (auto& row : grid)\n"
                    "        tops.push_back(*max_element(row.begin(), row.end()));\n"
                    "    return tops;",
                ),
            ),
        ),
    ),
    Transform(
        name="land counts",
        takes="map",
        gives="array",
        features=(
            ("technique", "grid technique", "row and column sums"),
            ("problem setting", "input structure", "grid input", "binary grid"),
        ),
        wordings={
            "codeforces": (
                "For every row of {x}, from the top down, {hero} counts the characters that are "
                "land; the counts are the sequence {y}.",
                "{hero} goes through {x} row by row and notes how many '#' are in each; so {y} "
                "comes about.",
            ),
            "atcoder": (
                "Let the i-th element of {y} be the number of land cells in row i of {x}.",
                "Define {y} as the numbers of '#' in the rows of {x}, from top to bottom.",
            ),
            "leetcode": (
                "Let {y} hold the number of land cells of each row of the map, from top to bottom.",
                "The i-th element of {y} is how often '#' occurs in row i.",
            ),
        },
        shape=_land_counts,
        python=(
            Code(
                "count",
                """\
def convert(grid):
    return [row.count("#") for row in grid]
""",
                "Each row is searched for '#' once.",
                "O(hw)",
            ),
            Code(
                "cell by cell",
                """\
def convert(grid):
    counts = []
    for row in grid:
        land = 0
        for cell in row:
            if cell == "#":
                land += 1
        counts.append(land)
    return counts
""",
                "Each cell of land adds one to the count of its row.",
                "O(hw)",
            ),
        ),
        cpp=(
            Code(
                "count",
                """\
vector<ll> convert(const vector<string>& grid) {
    vector<ll> counts;
    for (auto& row : grid) counts.push_back(count(row.begin(), row.end(), '#'));
    return counts;
}
""",
                "Each row is searched for '#' once.",
                "O(hw)",
            ),
        ),
        mistakes=(
            Variant(
                "forgets the last cell of every row",
                ("cell by cell", "for cell in row:", "for cell in row[:-1]:"),
                ("count", "row.end(), '#'", "row.end() - 1, '#'"),
            ),
        ),
        misreadings=(
            Variant(
                "counts the water cells",
                ("count", 'row.count("#")', 'row.count(".")'),
                ("count", "'#'", "'.'"),
            ),
        ),
    ),
    Transform(
        name="threshold map",
        takes="grid",
        gives="map",
        features=(
            ("technique", "reduction technique", "splitting by threshold"),
            ("problem setting", "input structure", "grid input", "height map"),
        ),
        wordings={
            "codeforces": (
                "The water rises up to {c}: {hero} draws the map {y}, on which the cells of {x} "
                "with numbers above {c} are land, '#', and all others water, '.'.",
                "{hero} turns {x} into a map {y} of '#' and '.': a number of more than {c} becomes "
                "land, '#', any other becomes water.",
            ),
            "atcoder": (
                "Let {y} be the map in which a cell is land ('#') where {x} has a number greater "
                "than {c}, and water ('.') elsewhere.",
                "Replace every number of {x} that exceeds {c} by '#' (land), and every other by "
                "'.' (water); call the map {y}.",
            ),
            "leetcode": (
                "Let {y} be a map with land '#' in the cells whose number is greater than {c} and "
                "water '.' in the others.",
                "Build a map {y}: cells above {c} are land, '#', and the rest is water, '.'.",
            ),
        },
        constants=(2, 3, 4, 6, 10, 40, 60, 300, 600),
        shape=_threshold,
        python=(
            Code(
                "join",
                """\
def convert(grid, c):
    return ["".join("#" if cell > c else "." for cell in row) for row in grid]
""",
                "Every cell is compared with the threshold on its own.",
                "O(hw)",
            ),
            Code(
                "loop",
                """\
def convert(grid, c):
    rows = []
    for row in grid:
        line = ["."] * len(row)
        for j, cell in enumerate(row):
            if cell > c:
                line[j] = "#"
        rows.append("".join(line))
    return rows
""",
                "Rows begin as water, and the cells above the threshold become land.",
                "O(hw)",
            ),
        ),
        cpp=(
            Code(
                "loop",
                """\
vector<string> convert(const vector<vector<ll>>& grid, ll c) {
    vector<string> rows;
    for (auto& row : grid) {
        string line;
        for (ll cell : row) line += cell > c ? '#' : '.';
        rows.push_back(line);
    }
    return rows;
}
""",
                "Every cell is compared with the threshold on its own.",
                "O(hw)",
            ),
        ),
        mistakes=(
            Variant(
                "exchanges land and water",
                ("loop", "if cell > c:", "if cell <= c:"),
                ("loop", "cell > c ? '#' : '.'", "cell > c ? '.' : '#'"),
            ),
            Variant(
                "leaves the first row as it was, all water",
                ("loop", "if cell > c:", "if rows and cell > c:"),
            ),
        ),
        misreadings=(
            Variant(
                "counts cells at the threshold as land",
                ("join", "cell > c else", "cell >= c else"),
                ("loop", "cell > c ?", "cell >= c ?"),
            ),
        ),
    ),
    Transform(
        name="inverted map",
        takes="map",
        gives="map",
        features=(
            ("technique", "reduction technique", "reverse thinking"),
            ("problem setting", "input structure", "grid input", "character grid"),
        ),
        wordings={
            "codeforces": (
                "{hero} has the negative {y} of {x} in hand: what is land here is water there, "
                "and the other way round.",
                "By a mishap land and water are exchanged in every cell of {x}; {hero} works with "
                "the spoilt map {y}.",
            ),
            "atcoder": (
                "Exchange '#' and '.' in every cell of {x}, and let {y} be the result, in which "
                "'#' is land.",
                "Let {y} be the map that has land where {x} has water and water where {x} has "
                "land.",
            ),
            "leetcode": (
                "Let {y} be the map with all land made water and all water made land.",
                "Swap the characters '#' and '.' everywhere to get a map {y}, on which '#' is "
                "land again.",
            ),
        },
        shape=_inverted,
        python=(
            Code(
                "translate",
                """\
def convert(grid):
    table = str.maketrans("#.", ".#")
    return [row.translate(table) for row in grid]
""",
                "A table of characters swaps the two in one go.",
                "O(hw)",
            ),
            Code(
                "join",
                """\
def convert(grid):
    return ["".join("#" if cell == "." else "." for cell in row) for row in grid]
""",
                "Each cell gets the other character.",
                "O(hw)",
            ),
        ),
        cpp=(
            Code(
                "loop",
                """\
vector<string> convert(const vector<string>& grid) {
    vector<string> rows = grid;
    for (auto& row : rows)
        for (char& cell : row) cell = cell == '#' ? '.' : '#';
    return rows;
}
""",
                "Each cell gets the other character.",
                "O(hw)",
            ),
        ),
        mistakes=(
            Variant(
                "forgets to exchange the first row",
                (
                    "translate",
                    "[row.translate(table) for row in grid]",
                    "grid[:1] + [row.translate(table) for row in grid[1:]]",
                ),
                (
                    "loop",
                    "    return rows;",
                    "    rows[0] = grid[0];\n    return rows;",
                ),
            ),
            Variant(
                "replaces first the one, then the other character, so that all are alike",
                ("join", '"#" if cell == "." else "."', '"#" if cell in "#." else "."'),
            ),
        ),
        misreadings=(
            Variant(
                "does not exchange anything",
                (
                    "translate",
                    "    return [row.translate(table) for row in grid]",
                    "    return list(grid)",
                ),
                ("loop", "cell == '#' ? '.' : '#'", "cell == '#' ? '#' : '.'"),
            ),
        ),
    ),
    Transform(
        name="running rows",
        takes="grid",
        gives="grid",
        features=(
            ("technique", "array technique", "prefix sums", "one-dimensional prefix sums"),
            ("technique", "grid technique", "row compression"),
        ),
        wordings={
            "codeforces": (
                "{hero} replaces every number of {x} by the sum of its row from the left edge up "
                "to and including it; the new table is {y}.",
                "Going through each row of {x} from the left, {hero} writes in every cell what "
                "the row has summed up to by then, this cell included; so {x} becomes {y}.",
            ),
            "atcoder": (
                "Let {y} be the grid whose cell in row i and column j holds the sum of the first "
                "j numbers of row i of {x}.",
                "Replace each row of {x} by its prefix sums, which gives the grid {y}.",
            ),
            "leetcode": (
                "Let {y} be the matrix in which every row is replaced by its prefix sums.",
                "In {y}, cell (i, j) is the sum of all cells of row i up to column j, column j "
                "included.",
            ),
        },
        shape=_running_rows,
        python=(
            Code(
                "accumulate",
                """\
def convert(grid):
    return [list(accumulate(row)) for row in grid]
""",
                "Each row's running sums are one pass.",
                "O(hw)",
            ),
            Code(
                "in place",
                """\
def convert(grid):
    rows = [list(row) for row in grid]
    for row in rows:
        for j in range(1, len(row)):
            row[j] += row[j - 1]
    return rows
""",
                "Each cell adds the finished one to its left.",
                "O(hw)",
            ),
        ),
        cpp=(
            Code(
                "in place",
                """\
vector<vector<ll>> convert(const vector<vector<ll>>& grid) {
    vector<vector<ll>> rows = grid;
    for (auto& row : rows)
        for (size_t j = 1; j < row.size(); j++) row[j] += row[j - 1];
    return rows;
}
""",
                "Each cell adds the finished one to its left.",
                "O(hw)",
            ),
        ),
        mistakes=(
            Variant(
                "adds only the left neighbour's own number",
                (
                    "in place",
                    "for j in range(1, len(row)):",
                    "for j in range(len(row) - 1, 0, -1):",
                ),
                (
                    "in place",
                    "for (size_t j = 1; j < row.size(); j++)",
                    "for (size_t j = row.size() - 1; j > 0; j--)",
                ),
            ),
        ),
        misreadings=(
            Variant(
                "sums along the columns",
                (
                    "accumulate",
                    "[list(accumulate(row)) for row in grid]",
                    "[list(row) for row in zip(*(accumulate(column) for column in zip(*grid)))]",
                ),
                (
                    "in place",
                    "    for (auto& row : rows)\n"
                    "        for (size_t j = 1; j < row.size(); j++) row[j] += row[j - 1];",
                    "    for (size_t i = 1; i < rows.size(); i++)\n"
                    "        for (size_t j = 0; j < rows[i].size(); j++) "
                    "rows[i][j] += rows[i - 1][j];",
                ),
            ),
        ),
    ),
)
