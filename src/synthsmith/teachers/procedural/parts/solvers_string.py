"""Solvers on strings."""

from __future__ import annotations

from synthsmith.teachers.procedural.algebra import Code, Solver, Variant

PARTS = (
    Solver(
        name="palindromic substrings",
        takes="string",
        features=(
            ("algorithm", "string", "palindrome", "counting palindromic substrings"),
            ("algorithm", "string", "palindrome", "expand around centre"),
            ("algorithm", "string", "palindrome", "Manacher"),
        ),
        answer="the number of palindromic substrings",
        titles=("Mirror Words", "Both Ways the Same", "Reflections"),
        fn_name="countMirrors",
        wordings={
            "codeforces": (
                "How many ways has {hero} to choose positions i <= j such that the part of {x} "
                "from i to j reads the same in both directions?",
                "{hero} counts the non-empty contiguous parts of {x} that are palindromes; parts "
                "at different positions count separately.",
            ),
            "atcoder": (
                "Find the number of non-empty contiguous substrings of {x} that are palindromes, "
                "counting each occurrence.",
                "Count the pairs i <= j such that the substring of {x} from position i to j is a "
                "palindrome.",
            ),
            "leetcode": (
                "Return the number of palindromic substrings of {x}; equal substrings at "
                "different positions count separately.",
                "Return how many contiguous, non-empty parts of {x} read the same backwards, "
                "counted by position.",
            ),
        },
        python=(
            Code(
                "Manacher's algorithm",
                """\
def solve(s):
    text = "|" + "|".join(s) + "|"
    radius = [0] * len(text)
    centre = right = 0
    for i in range(len(text)):
        reach = min(radius[2 * centre - i], right - i) if i < right else 0
        while i - reach > 0 and i + reach + 1 < len(text):
            if text[i - reach - 1] != text[i + reach + 1]:
                break
            reach += 1
        radius[i] = reach
        if i + reach > right:
            centre, right = i, i + reach
    return sum((reach + 1) // 2 for reach in radius)
""",
                "Manacher's algorithm finds the radius of every centre, reusing mirrored radii.",
                "O(n)",
            ),
            Code(
                "binary search on hashes",
                """\
def solve(s):
    n = len(s)
    modulus = (1 << 61) - 1
    base = 911382323
    powers = [1]
    front = [0]
    back = [0]
    for i in range(n):
        powers.append(powers[-1] * base % modulus)
        front.append((front[-1] * base + ord(s[i])) % modulus)
        back.append((back[-1] * base + ord(s[n - 1 - i])) % modulus)
    count = 0
    for centre in range(2 * n - 1):
        left, right = centre // 2, (centre + 1) // 2
        low, high = 0, min(left + 1, n - right)
        while low < high:
            size = (low + high + 1) // 2
            a, b = n - 1 - left, right
            first = (back[a + size] - back[a] * powers[size]) % modulus
            second = (front[b + size] - front[b] * powers[size]) % modulus
            if first == second:
                low = size
            else:
                high = size - 1
        count += low
    return count
""",
                "For each centre the greatest radius is found by binary search with polynomial "
                "hashes of both directions.",
                "O(n log n)",
            ),
        ),
        brute=Code(
            "compare every substring",
            """\
def solve(s):
    count = 0
    for left in range(len(s)):
        for right in range(left, len(s)):
            part = s[left:right + 1]
            if part == part[::-1]:
                count += 1
    return count
""",
            "Every substring is compared with its reverse.",
            "O(n^3)",
        ),
        cpp=(
            Code(
                "Manacher's algorithm",
                """\
ll solve(const string& s) {
    string text = "|";
    for (char c : s) (text += c) += '|';
    int size = text.size(), centre = 0, right = 0;
    vector<int> radius(size);
    ll count = 0;
    for (int i = 0; i < size; i++) {
        int reach = i < right ? min(radius[2 * centre - i], right - i) : 0;
        while (i - reach > 0 && i + reach + 1 < size && text[i - reach - 1] == text[i + reach + 1])
            reach++;
        radius[i] = reach;
        if (i + reach > right) centre = i, right = i + reach;
        count += (reach + 1) / 2;
    }
    return count;
}
""",
                "Manacher's algorithm finds the radius of every centre, reusing mirrored radii.",
                "O(n)",
            ),
        ),
        mistakes=(
            Variant(
                "forgets palindromes of even length",
                (
                    "binary search on hashes",
                    "for centre in range(2 * n - 1):",
                    "for centre in range(0, 2 * n - 1, 2):",
                ),
                (
                    "Manacher's algorithm",
                    "count += (reach + 1) / 2;",
                    "count += i % 2 ? (reach + 1) / 2 : 0;",
                ),
            ),
            Variant(
                "does not count single letters",
                ("compare every substring", "range(left, len(s))", "range(left + 1, len(s))"),
            ),
        ),
        misreadings=(
            Variant(
                "counts equal palindromes only once",
                (
                    "compare every substring",
                    "    count = 0\n",
                    "    parts = {s[i:j] for j in range(len(s) + 1) for i in range(j)}\n"
                    "    return sum(part == part[::-1] for part in parts)\n"
                    "    count = 0\n",
                ),
                (
                    "Manacher's algorithm",
                    "    ll count = 0;\n",
                    "    ll count = 0;\n"
                    "    set<string> parts;\n"
                    "    for (size_t i = 0; i < s.size(); i++)\n"
                    "        for (size_t k = 1; i + k <= s.size(); k++) {\n"
                    "            string part = s.substr(i, k);\n"
                    "            if (equal(part.begin(), part.end(), part.rbegin())) "
                    "parts.insert(part);\n"
                    "        }\n"
                    "    return parts.size();\n",
                ),
            ),
        ),
        pitfalls="Single letters are palindromes, and centres lie on letters as well as between "
        "them.",
        difficulty=0.6,
        large=0,
    ),
)
