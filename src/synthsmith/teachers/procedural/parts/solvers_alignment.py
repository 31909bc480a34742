"""Solvers on strings and pairs of sequences: dynamic programming over two places."""

from __future__ import annotations

from synthsmith.teachers.procedural.algebra import Code, Solver, Variant

PARTS = (
    Solver(
        name="longest common subsequence",
        takes="pair",
        features=(
            ("algorithm", "dynamic programming", "subsequence dp", "longest common subsequence"),
            ("algorithm", "dynamic programming", "subsequence dp", "sequence alignment"),
            ("problem setting", "input structure", "array input", "pair of arrays"),
        ),
        answer="the length of the longest common subsequence",
        titles=("Two Melodies", "Shared Memories", "What Both Remember"),
        fn_name="longestShared",
        wordings={
            "codeforces": (
                "{hero} deletes elements from {x} and from {z} until both are equal; how many "
                "elements can be left in each at most?",
                "Two travellers kept the diaries {x} and {z}; {hero} wants the longest sequence "
                "that can be read in both, in order but with gaps, and asks for its length.",
            ),
            "atcoder": (
                "Find the length of a longest common subsequence, not necessarily contiguous, of "
                "{x} and {z}.",
                "Find the greatest m for which some sequence of length m can be made from {x} as "
                "well as from {z} by deleting elements.",
            ),
            "leetcode": (
                "Return the length of the longest common subsequence of {x} and {z}; it need not "
                "be contiguous.",
                "Return how many elements the longest sequence has that arises from {x} and also "
                "from {z} by deleting elements.",
            ),
        },
        needs=lambda shape: shape.n_max <= 100,
        python=(
            Code(
                "one row at a time",
                """\
def solve(a, b):
    row = [0] * (len(b) + 1)
    for first in a:
        before = 0
        for j, second in enumerate(b, 1):
            above = row[j]
            row[j] = before + 1 if first == second else max(above, row[j - 1])
            before = above
    return row[-1]
""",
                "The table over prefixes of both is filled row by row, and one row is enough.",
                "O(n^2)",
            ),
            Code(
                "increasing places of equal elements",
                """\
def solve(a, b):
    places = defaultdict(list)
    for j in range(len(b) - 1, -1, -1):
        places[b[j]].append(j)
    tails = []
    for value in a:
        for j in places.get(value, ()):
            at = bisect_left(tails, j)
            tails[at:at + 1] = [j]
    return len(tails)
""",
                "Common subsequences are increasing chains of places in the second sequence, "
                "found as by patience sorting.",
                "O(m log n)",
            ),
        ),
        brute=Code(
            "whole table",
            """\
def solve(a, b):
    best = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a)):
        for j in range(len(b)):
            best[i + 1][j + 1] = max(best[i][j + 1], best[i + 1][j])
            if a[i] == b[j]:
                best[i + 1][j + 1] = max(best[i + 1][j + 1], best[i][j] + 1)
    return best[len(a)][len(b)]
""",
            "The whole table over prefixes is kept.",
            "O(n^2)",
        ),
        cpp=(
            Code(
                "whole table",
                """\
ll solve(const vector<ll>& a, const vector<ll>& b) {
    vector<vector<ll>> best(a.size() + 1, vector<ll>(b.size() + 1));
    for (size_t i = 1; i <= a.size(); i++)
        for (size_t j = 1; j <= b.size(); j++) {
            if (a[i - 1] == b[j - 1]) best[i][j] = best[i - 1][j - 1] + 1;
            else best[i][j] = max(best[i - 1][j], best[i][j - 1]);
        }
    return best[a.size()][b.size()];
}
""",
                "The table over prefixes of both is filled row by row.",
                "O(n^2)",
            ),
        ),
        mistakes=(
            Variant(
                "does not carry over what was found without the last elements",
                (
                    "one row at a time",
                    "max(above, row[j - 1])",
                    "above",
                ),
                ("whole table", "max(best[i - 1][j], best[i][j - 1])", "best[i - 1][j]"),
            ),
            Variant(
                "matches an element several times",
                (
                    "whole table",
                    "best[i][j] + 1)",
                    "best[i + 1][j] + 1)",
                ),
                ("whole table", "best[i - 1][j - 1] + 1", "best[i][j - 1] + 1"),
            ),
            Variant(
                "takes the first match that comes",
                (
                    "one row at a time",
                    "    row = [0] * (len(b) + 1)\n",
                    "    found = start = 0\n"
                    "    for value in a:\n"
                    "        if value in b[start:]:\n"
                    "            start = b.index(value, start) + 1\n"
                    "            found += 1\n"
                    "    return found\n"
                    "    row = [0] * (len(b) + 1)\n",
                ),
            ),
            Variant(
                "tries the places of equal elements from left to right",
                (
                    "increasing places of equal elements",
                    "range(len(b) - 1, -1, -1)",
                    "range(len(b))",
                ),
            ),
        ),
        misreadings=(
            Variant(
                "does not mind the order of the elements",
                (
                    "one row at a time",
                    "    row = [0] * (len(b) + 1)\n",
                    "    return sum((Counter(a) & Counter(b)).values())\n"
                    "    row = [0] * (len(b) + 1)\n",
                ),
                (
                    "whole table",
                    "ll solve(const vector<ll>& a, const vector<ll>& b) {\n",
                    "ll solve(vector<ll> a, vector<ll> b) {\n"
                    "    sort(a.begin(), a.end());\n"
                    "    sort(b.begin(), b.end());\n",
                ),
            ),
            Variant(
                "compares the two place by place",
                (
                    "one row at a time",
                    "    row = [0] * (len(b) + 1)\n",
                    "    return sum(first == second for first, second in zip(a, b))\n"
                    "    row = [0] * (len(b) + 1)\n",
                ),
                (
                    "whole table",
                    "    vector<vector<ll>> best",
                    "    ll same = 0;\n"
                    "    for (size_t i = 0; i < a.size(); i++) same += a[i] == b[i];\n"
                    "    if (same >= 0) return same;\n"
                    "    vector<vector<ll>> best",
                ),
            ),
        ),
        pitfalls="There may be nothing in common, and the first match is not always the best one.",
        difficulty=0.55,
        small=60,
        large=0,
    ),
    Solver(
        name="longest palindromic subsequence",
        takes="string",
        features=(
            (
                "algorithm",
                "dynamic programming",
                "subsequence dp",
                "longest palindromic subsequence",
            ),
            (
                "algorithm",
                "dynamic programming",
                "interval dp",
                "minimum insertions for palindrome",
            ),
            ("algorithm", "string", "palindrome", "nearly palindrome"),
        ),
        answer="the length of the longest palindromic subsequence",
        titles=("Almost a Mirror", "Erased to Symmetry", "The Longest Echo"),
        fn_name="longestEcho",
        wordings={
            "codeforces": (
                "{hero} erases as few letters of {x} as possible so that the rest reads the same "
                "in both directions; how many letters remain?",
                "What is the greatest number of letters of {x}, kept in order, that form a "
                "palindrome when {hero} deletes all others?",
            ),
            "atcoder": (
                "Find the length of a longest subsequence of {x}, not necessarily contiguous, "
                "that is a palindrome.",
                "Find the maximum number of letters that can stay in {x} so that what is left is "
                "a palindrome.",
            ),
            "leetcode": (
                "Return the length of the longest palindromic subsequence of {x}; it need not be "
                "contiguous.",
                "Return the greatest length of a palindrome that is left after deleting letters "
                "from {x}.",
            ),
        },
        python=(
            Code(
                "table over intervals",
                """\
def solve(s):
    n = len(s)
    best = [[0] * n for _ in range(n + 1)]
    for left in range(n - 1, -1, -1):
        best[left][left] = 1
        for right in range(left + 1, n):
            if s[left] == s[right]:
                best[left][right] = best[left + 1][right - 1] + 2
            else:
                best[left][right] = max(best[left + 1][right], best[left][right - 1])
    return best[0][n - 1]
""",
                "Equal ends both belong to the palindrome; otherwise one of them can go.",
                "O(n^2)",
            ),
            Code(
                "common subsequence with the reverse",
                """\
def solve(s):
    row = [0] * (len(s) + 1)
    for first in s:
        before = 0
        for j, second in enumerate(reversed(s), 1):
            above = row[j]
            row[j] = before + 1 if first == second else max(above, row[j - 1])
            before = above
    return row[-1]
""",
                "It is as long as the longest common subsequence of the string and its reverse.",
                "O(n^2)",
            ),
        ),
        brute=Code(
            "grow from every centre",
            """\
def solve(s):
    n = len(s)
    best = 1
    ends = {(i, i): 1 for i in range(n)}
    for size in range(2, n + 1):
        for left in range(n - size + 1):
            right = left + size - 1
            if s[left] == s[right]:
                inner = ends.get((left + 1, right - 1), 0) + 2
            else:
                inner = max(ends[left + 1, right], ends[left, right - 1])
            ends[left, right] = inner
            best = max(best, inner)
    return best
""",
            "Intervals are handled by length, in a dictionary.",
            "O(n^2)",
        ),
        cpp=(
            Code(
                "table over intervals",
                """\
ll solve(const string& s) {
    int n = s.size();
    vector<vector<ll>> best(n + 1, vector<ll>(n + 1));
    for (int i = n - 1; i >= 0; i--) {
        best[i][i] = 1;
        for (int j = i + 1; j < n; j++) {
            if (s[i] == s[j]) best[i][j] = best[i + 1][j - 1] + 2;
            else best[i][j] = max(best[i + 1][j], best[i][j - 1]);
        }
    }
    return best[0][n - 1];
}
""",
                "Equal ends both belong to the palindrome; otherwise one of them can go.",
                "O(n^2)",
            ),
        ),
        mistakes=(
            Variant(
                "counts equal ends as one letter",
                (
                    "table over intervals",
                    "best[left + 1][right - 1] + 2",
                    "best[left + 1][right - 1] + 1",
                ),
                ("table over intervals", "best[i + 1][j - 1] + 2", "best[i + 1][j - 1] + 1"),
            ),
            Variant(
                "forgets the letter in the middle",
                ("table over intervals", "best[left][left] = 1", "best[left][left] = n == 1"),
                ("table over intervals", "best[i][i] = 1;", "best[i][i] = n == 1;"),
            ),
            Variant(
                "drops both ends when they differ",
                (
                    "table over intervals",
                    "max(best[left + 1][right], best[left][right - 1])",
                    "max(1, best[left + 1][right - 1])",
                ),
                (
                    "table over intervals",
                    "max(best[i + 1][j], best[i][j - 1])",
                    "max(1LL, best[i + 1][j - 1])",
                ),
            ),
        ),
        misreadings=(
            Variant(
                "wants the letters to stand together",
                (
                    "common subsequence with the reverse",
                    "    row = [0] * (len(s) + 1)\n",
                    "    parts = (s[i:j] for j in range(len(s) + 1) for i in range(j))\n"
                    "    return max(len(part) for part in parts if part == part[::-1])\n"
                    "    row = [0] * (len(s) + 1)\n",
                ),
                (
                    "table over intervals",
                    "    return best[0][n - 1];\n",
                    "    ll longest = 0;\n"
                    "    for (int i = 0; i < n; i++)\n"
                    "        for (int j = i; j < n; j++)\n"
                    "            if (equal(s.begin() + i, s.begin() + j + 1, s.rbegin() + n - 1 - "
                    "j))\n"
                    "                longest = max(longest, j - i + 1LL);\n"
                    "    return longest;\n",
                ),
            ),
            Variant(
                "counts the letters that are erased",
                (
                    "table over intervals",
                    "    return best[0][n - 1]",
                    "    return n - best[0][n - 1]",
                ),
                ("table over intervals", "return best[0][n - 1];", "return n - best[0][n - 1];"),
            ),
        ),
        pitfalls="A single letter is a palindrome, and the middle letter has no partner.",
        difficulty=0.55,
        small=60,
        large=0,
    ),
)
