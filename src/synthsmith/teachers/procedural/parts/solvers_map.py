"""Solvers on maps: squares, coasts, ways."""

from __future__ import annotations

from synthsmith.teachers.procedural.algebra import Code, Solver, Variant

PARTS = (
    Solver(
        name="largest square of land",
        takes="map",
        features=(
            ("algorithm", "dynamic programming", "grid dp", "maximal square"),
            ("technique", "array technique", "prefix sums", "two-dimensional prefix sums"),
        ),
        answer="the side of the largest square",
        titles=("The Building Site", "Room for a Square", "Solid Ground"),
        fn_name="largestSquareSide",
        wordings={
            "codeforces": (
                "{hero} wants to build a square house on {x} that stands on land with every cell; "
                "how long can its side be at most, 0 if there is no land?",
                "What is the largest side of a square, in cells, that {hero} can mark on {x} "
                "without any water in it (0 if even one cell is impossible)?",
            ),
            "atcoder": (
                "Find the side length of the largest square of {x} that consists of land cells "
                "only, or 0 if there is no land.",
                "What is the greatest k such that some k times k block of {x} is all land, 0 if "
                "there is none?",
            ),
            "leetcode": (
                "Return the side of the largest square that contains only land, 0 if there is no "
                "land.",
                "Return the greatest k for which some k by k block of the map has no water, or 0.",
            ),
        },
        python=(
            Code(
                "corner by corner",
                """\
def solve(grid):
    best = 0
    above = [0] * (len(grid[0]) + 1)
    for row in grid:
        sides = [0]
        for j, cell in enumerate(row):
            side = min(sides[j], above[j], above[j + 1]) + 1 if cell == "#" else 0
            sides.append(side)
            best = max(best, side)
        above = sides
    return best
""",
                "A square that ends in a cell is one longer than the least of those that end "
                "to the left, above, and diagonally.",
                "O(hw)",
            ),
            Code(
                "prefix sums and search",
                """\
def solve(grid):
    h, w = len(grid), len(grid[0])
    sums = [[0] * (w + 1)]
    for row in grid:
        line = [0]
        for j, cell in enumerate(row):
            line.append(line[j] + sums[-1][j + 1] - sums[-1][j] + (cell == "#"))
        sums.append(line)
    side = 0
    for i in range(h):
        for j in range(w):
            k = side + 1
            while i + k <= h and j + k <= w and (
                sums[i + k][j + k] - sums[i][j + k] - sums[i + k][j] + sums[i][j] == k * k
            ):
                side = k
                k += 1
    return side
""",
                "With two-dimensional prefix sums a block is tested at once, and the side only "
                "grows.",
                "O(hw)",
            ),
        ),
        brute=Code(
            "try every block",
            """\
def solve(grid):
    h, w = len(grid), len(grid[0])
    for k in range(min(h, w), 0, -1):
        for i in range(h - k + 1):
            for j in range(w - k + 1):
                if all(row[j:j + k] == "#" * k for row in grid[i:i + k]):
                    return k
    return 0
""",
            "From the largest side down, every block is looked at row by row.",
            "O(h^2 w^2)",
        ),
        cpp=(
            Code(
                "corner by corner",
                """\
ll solve(const vector<string>& grid) {
    size_t w = grid[0].size();
    ll best = 0;
    vector<ll> above(w + 1);
    for (auto& row : grid) {
        vector<ll> sides(w + 1);
        for (size_t j = 0; j < w; j++) {
            if (row[j] == '#') sides[j + 1] = min({sides[j], above[j], above[j + 1]}) + 1;
            best = max(best, sides[j + 1]);
        }
        above = sides;
    }
    return best;
}
""",
                "A square that ends in a cell is one longer than the least of three neighbours'.",
                "O(hw)",
            ),
        ),
        mistakes=(
            Variant(
                "does not look at the diagonal",
                (
                    "corner by corner",
                    "min(sides[j], above[j], above[j + 1])",
                    "min(sides[j], above[j + 1])",
                ),
                (
                    "corner by corner",
                    "min({sides[j], above[j], above[j + 1]})",
                    "min(sides[j], above[j + 1])",
                ),
            ),
            Variant(
                "lets the sides of earlier rows live on over water",
                ("corner by corner", 'if cell == "#" else 0', 'if cell == "#" else above[j]'),
            ),
            Variant(
                "takes the longest run of land in a row or a column",
                (
                    "corner by corner",
                    "min(sides[j], above[j], above[j + 1])",
                    "max(sides[j], above[j + 1])",
                ),
                (
                    "corner by corner",
                    "min({sides[j], above[j], above[j + 1]})",
                    "max(sides[j], above[j + 1])",
                ),
            ),
        ),
        misreadings=(
            Variant(
                "gives the number of cells of the square",
                ("corner by corner", "    return best", "    return best * best"),
                ("corner by corner", "    return best;", "    return best * best;"),
            ),
        ),
        pitfalls="Without land the answer is 0, and the map need not be a square itself.",
        difficulty=0.45,
        small=12,
        large=150,
        slow_brute=False,
    ),
    Solver(
        name="coast length",
        takes="map",
        features=(
            ("technique", "grid technique", "island perimeter"),
            ("technique", "grid technique", "four neighbours"),
        ),
        answer="the length of the coast",
        titles=("Along the Shore", "Where Waves Break", "Fencing the Land"),
        fn_name="coastLength",
        wordings={
            "codeforces": (
                "{hero} puts a fence along every side of a land cell of {x} that has water or the "
                "outside of the map behind it; how many sides are that?",
                "How long is the coast of {x}, every land cell's side towards water or off the "
                "map counting 1? {hero} measures it.",
            ),
            "atcoder": (
                "Find the total perimeter of the land of {x}, where the outside of the grid is "
                "water.",
                "Count the sides of land cells of {x} behind which there is water or the end of "
                "the grid.",
            ),
            "leetcode": (
                "Return the total perimeter of all land, cells outside of the map being water.",
                "Return how many sides of land cells border on water or on the edge of the map.",
            ),
        },
        python=(
            Code(
                "look around",
                """\
def solve(grid):
    h, w = len(grid), len(grid[0])
    count = 0
    for i in range(h):
        for j in range(w):
            if grid[i][j] == "#":
                for p, q in ((i + 1, j), (i - 1, j), (i, j + 1), (i, j - 1)):
                    if not (0 <= p < h and 0 <= q < w and grid[p][q] == "#"):
                        count += 1
    return count
""",
                "Each land cell looks at its four sides.",
                "O(hw)",
            ),
            Code(
                "changes along lines",
                """\
def solve(grid):
    count = 0
    for lines in (grid, list(map("".join, zip(*grid)))):
        for line in lines:
            count += 2 * sum(1 for piece in line.split(".") if piece)
    return count
""",
                "Every run of land in a row or column has two ends.",
                "O(hw)",
            ),
        ),
        brute=Code(
            "sets of cells",
            """\
def solve(grid):
    land = {(i, j) for i, row in enumerate(grid) for j, cell in enumerate(row) if cell == "#"}
    sides = [
        (i + p, j + q) for i, j in land for p, q in ((0, 1), (1, 0), (0, -1), (-1, 0))
    ]
    return sum(cell not in land for cell in sides)
""",
            "All cells beside land are listed, as often as they are met, and land is left out.",
            "O(hw)",
        ),
        cpp=(
            Code(
                "subtract shared sides",
                """\
ll solve(const vector<string>& grid) {
    ll total = 0;
    for (size_t i = 0; i < grid.size(); i++)
        for (size_t j = 0; j < grid[i].size(); j++) {
            if (grid[i][j] != '#') continue;
            total += 4;
            if (i > 0 && grid[i - 1][j] == '#') total -= 2;
            if (j > 0 && grid[i][j - 1] == '#') total -= 2;
        }
    return total;
}
""",
                "Four sides a cell, less both sides wherever two land cells meet.",
                "O(hw)",
            ),
        ),
        mistakes=(
            Variant(
                "does not count the sides at the edge of the map",
                (
                    "look around",
                    'not (0 <= p < h and 0 <= q < w and grid[p][q] == "#")',
                    '0 <= p < h and 0 <= q < w and grid[p][q] != "#"',
                ),
            ),
            Variant(
                "gets the sides to the left wrong",
                ("look around", ", (i, j - 1))", ")"),
                (
                    "subtract shared sides",
                    "if (j > 0 && grid[i][j - 1] == '#') total -= 2;",
                    "if (j > 0 && grid[i][j - 1] == '#') total--;",
                ),
            ),
            Variant(
                "counts each run of land in a line once and not at both ends",
                ("changes along lines", "count += 2 * sum", "count += sum"),
            ),
        ),
        misreadings=(
            Variant(
                "counts the land cells on the coast",
                (
                    "look around",
                    "                        count += 1\n",
                    "                        count += 1\n                        break\n",
                ),
                (
                    "subtract shared sides",
                    "            total += 4;\n"
                    "            if (i > 0 && grid[i - 1][j] == '#') total -= 2;\n"
                    "            if (j > 0 && grid[i][j - 1] == '#') total -= 2;\n",
                    "            bool inner = i > 0 && j > 0 && i + 1 < grid.size() && "
                    "j + 1 < grid[i].size() &&\n"
                    "                grid[i - 1][j] == '#' && grid[i + 1][j] == '#' &&\n"
                    "                grid[i][j - 1] == '#' && grid[i][j + 1] == '#';\n"
                    "            total += !inner;\n",
                ),
            ),
        ),
        pitfalls="Land at the edge of the map has a coast there, and lakes have one, too.",
        difficulty=0.2,
        small=12,
        large=150,
        slow_brute=False,
    ),
    Solver(
        name="generations",
        takes="map",
        features=(
            ("algorithm", "simulation", "cellular automaton"),
            ("technique", "grid technique", "game of life"),
            ("algorithm", "simulation", "step by step simulation"),
        ),
        answer="the number of land cells at the end",
        titles=("Rising Tide", "Shifting Sands", "After Some Years"),
        fn_name="landAfterYears",
        wordings={
            "codeforces": (
                "Every year each cell of {x} becomes land if exactly one or two of its four "
                "neighbours were land the year before, else water; {hero} counts the land cells "
                "after {c} years.",
                "{hero} watches {x} for {c} years: from one year to the next a cell is land "
                "exactly if it had one or two land cells among the cells at its sides. How much "
                "land is there in the end?",
            ),
            "atcoder": (
                "In one step all cells of {x} change at once: a cell is land afterwards if and "
                "only if one or two of its side-adjacent cells were land. Find the number of land "
                "cells after {c} steps.",
                "Apply {c} times to {x}: every cell with one or two land cells among its side "
                "neighbours becomes land, every other cell water. How many land cells result?",
            ),
            "leetcode": (
                "Return the number of land cells after {c} rounds, in each of which all cells "
                "with one or two land neighbours (by sides) become land and all others water.",
                "Return how many cells are land after {c} steps; in a step, at once for all "
                "cells, a cell turns to land if one or two cells beside it are land, and to water "
                "otherwise.",
            ),
        },
        constants=(1, 2, 3),
        python=(
            Code(
                "padded rows",
                """\
def solve(grid, c):
    w = len(grid[0])
    rows = [[cell == "#" for cell in row] for row in grid]
    for _ in range(c):
        empty = [0] * w
        framed = [empty, *rows, empty]
        rows = []
        for up, row, down in zip(framed, framed[1:], framed[2:]):
            left, right = [0, *row[:-1]], [*row[1:], 0]
            rows.append([1 <= sum(four) <= 2 for four in zip(up, down, left, right)])
    return sum(map(sum, rows))
""",
                "Each row is computed from the row above, the one below, and itself moved by one.",
                "O(c h w)",
            ),
            Code(
                "set of land",
                """\
def solve(grid, c):
    h, w = len(grid), len(grid[0])
    land = [(i, j) for i in range(h) for j in range(w) if grid[i][j] == "#"]
    for _ in range(c):
        beside = [0] * (h * w)
        for i, j in land:
            if i:
                beside[(i - 1) * w + j] += 1
            if i + 1 < h:
                beside[(i + 1) * w + j] += 1
            if j:
                beside[i * w + j - 1] += 1
            if j + 1 < w:
                beside[i * w + j + 1] += 1
        land = [divmod(place, w) for place, number in enumerate(beside) if 0 < number < 3]
    return len(land)
""",
                "Every land cell tells its neighbours that it is there.",
                "O(c h w)",
            ),
        ),
        brute=Code(
            "cell by cell",
            """\
def solve(grid, c):
    h, w = len(grid), len(grid[0])
    for _ in range(c):
        grid = [
            [
                "#"
                if sum(
                    0 <= p < h and 0 <= q < w and grid[p][q] == "#"
                    for p, q in ((i - 1, j), (i + 1, j), (i, j - 1), (i, j + 1))
                )
                in (1, 2)
                else "."
                for j in range(w)
            ]
            for i in range(h)
        ]
    return sum(row.count("#") for row in grid)
""",
            "The rule, cell by cell and year by year.",
            "O(c h w)",
        ),
        cpp=(
            Code(
                "cell by cell",
                """\
ll solve(const vector<string>& grid, ll c) {
    vector<string> now = grid;
    int h = grid.size(), w = grid[0].size();
    while (c--) {
        vector<string> next = now;
        for (int i = 0; i < h; i++)
            for (int j = 0; j < w; j++) {
                int beside = (i > 0 && now[i - 1][j] == '#') + (i + 1 < h && now[i + 1][j] == '#') +
                    (j > 0 && now[i][j - 1] == '#') + (j + 1 < w && now[i][j + 1] == '#');
                next[i][j] = beside >= 1 && beside <= 2 ? '#' : '.';
            }
        now = next;
    }
    ll total = 0;
    for (auto& row : now) total += count(row.begin(), row.end(), '#');
    return total;
}
""",
                "The rule, cell by cell and year by year.",
                "O(c h w)",
            ),
        ),
        mistakes=(
            Variant(
                "takes cells with three land neighbours, too",
                ("padded rows", "1 <= sum(four) <= 2", "1 <= sum(four) <= 3"),
                ("cell by cell", "beside <= 2", "beside <= 3"),
            ),
            Variant(
                "stops one step early",
                ("set of land", "for _ in range(c):", "for _ in range(c - 1):"),
                ("cell by cell", "while (c--)", "while (--c > 0)"),
            ),
            Variant(
                "forgets the neighbour on the right",
                ("padded rows", "zip(up, down, left, right)", "zip(up, down, left)"),
                ("cell by cell", " + (j + 1 < w && now[i][j + 1] == '#')", ""),
            ),
        ),
        misreadings=(
            Variant(
                "counts the cell itself among its neighbours",
                (
                    "padded rows",
                    "zip(up, down, left, right)",
                    "zip(up, down, left, right, row)",
                ),
                (
                    "cell by cell",
                    "int beside = (i",
                    "int beside = (now[i][j] == '#') + (i",
                ),
            ),
        ),
        pitfalls="All cells change at once, and cells outside of the map are never land.",
        difficulty=0.4,
        small=12,
        large=60,
        slow_brute=False,
    ),
)
