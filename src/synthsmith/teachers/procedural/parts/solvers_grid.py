"""Solvers on grids and maps."""

from __future__ import annotations

from synthsmith.teachers.procedural.algebra import INT64, Code, Solver, Variant

PARTS = (
    Solver(
        name="number of islands",
        takes="map",
        features=(
            ("algorithm", "graph", "traversal", "flood fill"),
            ("technique", "grid technique", "island counting"),
            ("algorithm", "graph", "traversal", "depth-first search"),
        ),
        answer="the number of islands",
        titles=("Archipelago", "Dry Land", "Counting Islands"),
        fn_name="countIslands",
        wordings={
            "codeforces": (
                "An island is a greatest possible group of land cells connected through common "
                "sides; how many islands does {hero} see on {x}?",
                "Land cells that share a side belong to the same island; {hero} counts the "
                "islands of {x}.",
            ),
            "atcoder": (
                "Find the number of connected components of land cells in {x}, where cells are "
                "adjacent if they share a side.",
                "Two land cells of {x} that share a side belong to one island; find the number of "
                "islands.",
            ),
            "leetcode": (
                "Return the number of islands, an island being land cells connected horizontally "
                "or vertically.",
                "Return how many separate pieces of land there are, where cells that share a side "
                "belong together.",
            ),
        },
        python=(
            Code(
                "flood fill",
                """\
def solve(grid):
    h, w = len(grid), len(grid[0])
    seen = [[False] * w for _ in range(h)]
    count = 0
    for row in range(h):
        for column in range(w):
            if grid[row][column] != "#" or seen[row][column]:
                continue
            count += 1
            seen[row][column] = True
            stack = [(row, column)]
            while stack:
                i, j = stack.pop()
                for p, q in ((i + 1, j), (i - 1, j), (i, j + 1), (i, j - 1)):
                    if 0 <= p < h and 0 <= q < w and grid[p][q] == "#" and not seen[p][q]:
                        seen[p][q] = True
                        stack.append((p, q))
    return count
""",
                "Each land cell not seen yet starts a new island, which is flooded at once.",
                "O(hw)",
            ),
            Code(
                "union find",
                """\
def solve(grid):
    h, w = len(grid), len(grid[0])
    leader = list(range(h * w))

    def find(cell):
        while leader[cell] != cell:
            leader[cell] = leader[leader[cell]]
            cell = leader[cell]
        return cell

    count = 0
    for i in range(h):
        for j in range(w):
            if grid[i][j] != "#":
                continue
            count += 1
            for p, q in ((i - 1, j), (i, j - 1)):
                if p >= 0 and q >= 0 and grid[p][q] == "#":
                    first, second = find(i * w + j), find(p * w + q)
                    if first != second:
                        leader[first] = second
                        count -= 1
    return count
""",
                "Each land cell counts as an island until it is joined with its upper or left "
                "neighbour.",
                "O(hw log(hw))",
            ),
        ),
        brute=Code(
            "spreading labels",
            """\
def solve(grid):
    h, w = len(grid), len(grid[0])
    label = {(i, j): i * w + j for i in range(h) for j in range(w) if grid[i][j] == "#"}
    changed = True
    while changed:
        changed = False
        for i, j in label:
            for cell in ((i + 1, j), (i - 1, j), (i, j + 1), (i, j - 1)):
                if cell in label and label[cell] < label[(i, j)]:
                    label[(i, j)] = label[cell]
                    changed = True
    return len(set(label.values()))
""",
            "Every land cell takes the smallest label of its neighbours until nothing changes.",
            "O((hw)^2)",
        ),
        cpp=(
            Code(
                "flood fill",
                """\
ll solve(const vector<string>& grid) {
    int h = grid.size(), w = grid[0].size();
    vector<string> left = grid;
    ll count = 0;
    for (int row = 0; row < h; row++)
        for (int column = 0; column < w; column++) {
            if (left[row][column] != '#') continue;
            count++;
            left[row][column] = '.';
            vector<pair<int, int>> stack = {{row, column}};
            while (!stack.empty()) {
                auto [i, j] = stack.back();
                stack.pop_back();
                for (int p = i - 1; p <= i + 1; p++)
                    for (int q = j - 1; q <= j + 1; q++) {
                        if (abs(p - i) + abs(q - j) != 1) continue;
                        if (p < 0 || q < 0 || p >= h || q >= w || left[p][q] != '#') continue;
                        left[p][q] = '.';
                        stack.push_back({p, q});
                    }
            }
        }
    return count;
}
""",
                "Each land cell left starts a new island, which is flooded at once.",
                "O(hw)",
            ),
        ),
        mistakes=(
            Variant(
                "forgets that a way may lead back to the left",
                (
                    "flood fill",
                    "((i + 1, j), (i - 1, j), (i, j + 1), (i, j - 1))",
                    "((i + 1, j), (i - 1, j), (i, j + 1))",
                ),
                ("flood fill", "for (int q = j - 1;", "for (int q = j;"),
            ),
            Variant(
                "joins only with the left neighbour when there is one",
                (
                    "union find",
                    "((i - 1, j), (i, j - 1))",
                    '((i - 1, j),) if j == 0 or grid[i][j - 1] != "#" else ((i, j - 1),)',
                ),
            ),
        ),
        misreadings=(
            Variant(
                "lets cells that touch at a corner belong together",
                (
                    "flood fill",
                    "((i + 1, j), (i - 1, j), (i, j + 1), (i, j - 1))",
                    "product((i - 1, i, i + 1), (j - 1, j, j + 1))",
                ),
                (
                    "flood fill",
                    "if (abs(p - i) + abs(q - j) != 1) continue;",
                    "if (p == i && q == j) continue;",
                ),
            ),
            Variant(
                "counts the lakes, that is, the groups of water cells",
                (
                    "flood fill",
                    "    h, w = len(grid), len(grid[0])\n    seen",
                    "    h, w = len(grid), len(grid[0])\n"
                    '    grid = ["".join(".#"[c == "."] for c in row) for row in grid]\n    seen',
                ),
                (
                    "flood fill",
                    "    vector<string> left = grid;\n",
                    "    vector<string> left = grid;\n"
                    "    for (auto& row : left) for (char& c : row) c = c == '.' ? '#' : '.';\n",
                ),
            ),
        ),
        pitfalls="Cells that only touch at a corner are not connected, and there may be no land "
        "at all.",
        difficulty=0.35,
        small=12,
        large=150,
        slow_brute=False,
    ),
    Solver(
        name="cheapest path through a grid",
        takes="grid",
        features=(
            ("algorithm", "dynamic programming", "grid dp", "minimum path sum"),
            ("algorithm", "dynamic programming", "grid dp"),
        ),
        answer="the smallest sum along a way",
        titles=("Down the Hill", "Corner to Corner", "The Light Path"),
        fn_name="lightestPath",
        wordings={
            "codeforces": (
                "{hero} goes from the upper left to the lower right cell of {x}, one cell right "
                "or down a step, and pays the number of every cell visited, both ends included; "
                "what is the least total?",
                "From the top left corner of {x} {hero} walks to the bottom right one, only right "
                "or down, and adds up all numbers on the way, first and last included; find the "
                "smallest sum.",
            ),
            "atcoder": (
                "A path in {x} leads from the upper left to the lower right cell by steps to the "
                "right or down; find the minimum sum of the numbers on a path, both ends "
                "included.",
                "Moving only right or down from the top left to the bottom right cell of {x}, "
                "minimise the sum of all visited numbers, and find this minimum.",
            ),
            "leetcode": (
                "Return the smallest sum of the numbers on a path from the top left to the bottom "
                "right cell that only moves right or down.",
                "Return the least total of cells visited when walking right or down from the "
                "upper left corner to the lower right corner.",
            ),
        },
        needs=lambda shape: shape.lo >= 0 and shape.hi * shape.n_max * 2 < INT64,
        python=(
            Code(
                "one row",
                """\
def solve(grid):
    best = list(accumulate(grid[0]))
    for row in grid[1:]:
        best[0] += row[0]
        for j in range(1, len(row)):
            best[j] = min(best[j], best[j - 1]) + row[j]
    return best[-1]
""",
                "The best sum at a cell is its number plus the better of the cells above and to "
                "the left; one row of bests is enough.",
                "O(hw)",
            ),
            Code(
                "whole table",
                """\
def solve(grid):
    h, w = len(grid), len(grid[0])
    far = float("inf")
    table = [[far] * (w + 1) for _ in range(h + 1)]
    table[0][1] = 0
    for i in range(1, h + 1):
        for j in range(1, w + 1):
            table[i][j] = grid[i - 1][j - 1] + min(table[i - 1][j], table[i][j - 1])
    return table[h][w]
""",
                "A table with a border of infinities holds the best sum of every cell.",
                "O(hw)",
            ),
        ),
        brute=Code(
            "relaxing until stable",
            """\
def solve(grid):
    h, w = len(grid), len(grid[0])
    best = {(0, 0): grid[0][0]}
    for _ in range(h + w):
        for (i, j), total in list(best.items()):
            for p, q in ((i + 1, j), (i, j + 1)):
                if p < h and q < w:
                    new = total + grid[p][q]
                    if new < best.get((p, q), new + 1):
                        best[(p, q)] = new
    return best[(h - 1, w - 1)]
""",
            "All sums known so far are pushed one step on, once for each possible step.",
            "O(hw (h + w))",
        ),
        cpp=(
            Code(
                "one row",
                """\
ll solve(const vector<vector<ll>>& grid) {
    size_t w = grid[0].size();
    vector<ll> best(w, LLONG_MAX / 4);
    best[0] = 0;
    for (auto& row : grid) {
        best[0] += row[0];
        for (size_t j = 1; j < w; j++) best[j] = min(best[j], best[j - 1]) + row[j];
    }
    return best[w - 1];
}
""",
                "The best sum at a cell is its number plus the better of above and left.",
                "O(hw)",
            ),
        ),
        mistakes=(
            Variant(
                "does not pay for the first cell",
                (
                    "whole table",
                    "    return table[h][w]",
                    "    return table[h][w] - grid[0][0]",
                ),
                ("one row", "    best[0] = 0;", "    best[0] = -grid[0][0];"),
            ),
            Variant(
                "goes greedily to the smaller neighbour",
                (
                    "whole table",
                    '    far = float("inf")\n',
                    "    i = j = 0\n"
                    "    total = grid[0][0]\n"
                    "    while (i, j) != (h - 1, w - 1):\n"
                    "        if j == w - 1 or (i < h - 1 and grid[i + 1][j] <= grid[i][j + 1]):\n"
                    "            i += 1\n"
                    "        else:\n"
                    "            j += 1\n"
                    "        total += grid[i][j]\n"
                    "    return total\n"
                    '    far = float("inf")\n',
                ),
            ),
        ),
        misreadings=(
            Variant(
                "looks for the greatest sum",
                ("one row", "min(best[j], best[j - 1])", "max(best[j], best[j - 1])"),
                (
                    "one row",
                    "    vector<ll> best(w, LLONG_MAX / 4);\n",
                    "    vector<ll> best(w);\n"
                    "    for (auto& row : grid)\n"
                    "        for (size_t j = 0; j < w; j++)\n"
                    "            best[j] = max(best[j], j ? best[j - 1] : 0LL) + row[j];\n"
                    "    return best[w - 1];\n",
                ),
            ),
            Variant(
                "lets a step also go diagonally",
                (
                    "whole table",
                    "    table[0][1] = 0\n"
                    "    for i in range(1, h + 1):\n"
                    "        for j in range(1, w + 1):\n"
                    "            table[i][j] = grid[i - 1][j - 1] + "
                    "min(table[i - 1][j], table[i][j - 1])\n",
                    "    table[0][0] = 0\n"
                    "    for i in range(1, h + 1):\n"
                    "        for j in range(1, w + 1):\n"
                    "            before = min(table[i - 1][j], table[i][j - 1], "
                    "table[i - 1][j - 1])\n"
                    "            table[i][j] = grid[i - 1][j - 1] + before\n",
                ),
                (
                    "one row",
                    "    best[0] = 0;\n",
                    "    auto table = grid;\n"
                    "    for (size_t i = 0; i < grid.size(); i++)\n"
                    "        for (size_t j = 0; j < w; j++) {\n"
                    "            ll before = i || j ? LLONG_MAX / 4 : 0;\n"
                    "            if (i) before = min(before, table[i - 1][j]);\n"
                    "            if (j) before = min(before, table[i][j - 1]);\n"
                    "            if (i && j) before = min(before, table[i - 1][j - 1]);\n"
                    "            table[i][j] += before;\n"
                    "        }\n"
                    "    return table.back().back();\n"
                    "    best[0] = 0;\n",
                ),
            ),
        ),
        pitfalls="In the first row and the first column there is only one way, and a grid of one "
        "cell costs that cell.",
        difficulty=0.35,
        small=12,
        large=150,
        slow_brute=False,
    ),
)
