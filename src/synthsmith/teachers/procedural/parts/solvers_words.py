"""Solvers on strings: counting different parts."""

from __future__ import annotations

from synthsmith.teachers.procedural.algebra import Code, Solver, Variant

PARTS = (
    Solver(
        name="distinct substrings",
        takes="string",
        features=(
            ("algorithm", "string", "suffix structure", "distinct substrings count"),
            ("algorithm", "string", "suffix structure", "suffix automaton"),
            ("algorithm", "string", "suffix structure", "suffix array"),
        ),
        answer="the number of different substrings",
        titles=("Scraps of Paper", "All the Pieces", "A Rich Word"),
        fn_name="countDistinctSubstrings",
        wordings={
            "codeforces": (
                "{hero} cuts every contiguous non-empty part out of {x} and throws equal ones "
                "away; how many different pieces are left?",
                "How rich is the word {x}, asks {hero}: how many different non-empty strings "
                "stand in it as a block of neighbouring letters?",
            ),
            "atcoder": (
                "Find the number of different non-empty contiguous substrings of {x}, equal ones "
                "counted once.",
                "Count the distinct strings t that occur as a non-empty contiguous part of {x}.",
            ),
            "leetcode": (
                "Return the number of distinct non-empty substrings of {x}.",
                "Return how many different non-empty strings occur in {x} as contiguous parts.",
            ),
        },
        python=(
            Code(
                "suffix automaton",
                """\
def solve(s):
    edges, link, length = [{}], [-1], [0]
    last = 0
    for letter in s:
        state = len(edges)
        edges.append({})
        link.append(0)
        length.append(length[last] + 1)
        p = last
        while p != -1 and letter not in edges[p]:
            edges[p][letter] = state
            p = link[p]
        if p != -1:
            q = edges[p][letter]
            if length[q] == length[p] + 1:
                link[state] = q
            else:
                copy = len(edges)
                edges.append(dict(edges[q]))
                link.append(link[q])
                length.append(length[p] + 1)
                while p != -1 and edges[p].get(letter) == q:
                    edges[p][letter] = copy
                    p = link[p]
                link[q] = link[state] = copy
        last = state
    return sum(length[v] - length[link[v]] for v in range(1, len(edges)))
""",
                "Every state of the suffix automaton stands for the substrings longer than those "
                "of its link.",
                "O(n)",
            ),
            Code(
                "sorted suffixes",
                """\
def solve(s):
    suffixes = sorted(s[i:] for i in range(len(s)))
    count = 0
    before = ""
    for suffix in suffixes:
        common = 0
        while common < len(before) and before[common] == suffix[common]:
            common += 1
        count += len(suffix) - common
        before = suffix
    return count
""",
                "In sorted order a suffix adds all its prefixes but those it shares with the one "
                "before.",
                "O(n^2 log n)",
            ),
        ),
        brute=Code(
            "set of all substrings",
            """\
def solve(s):
    parts = set()
    for left in range(len(s)):
        for right in range(left, len(s)):
            parts.add(s[left:right + 1])
    return len(parts)
""",
            "All substrings are put into a set.",
            "O(n^3)",
        ),
        cpp=(
            Code(
                "sorted suffixes",
                """\
ll solve(const string& s) {
    vector<string> suffixes;
    for (size_t i = 0; i < s.size(); i++) suffixes.push_back(s.substr(i));
    sort(suffixes.begin(), suffixes.end());
    ll result = 0;
    string before;
    for (auto& suffix : suffixes) {
        size_t common = 0;
        while (common < before.size() && before[common] == suffix[common]) common++;
        result += suffix.size() - common;
        before = suffix;
    }
    return result;
}
""",
                "In sorted order a suffix adds all its prefixes but those it shares with the one "
                "before.",
                "O(n^2 log n)",
            ),
        ),
        mistakes=(
            Variant(
                "also counts the empty string",
                ("set of all substrings", "return len(parts)", "return len(parts | {''})"),
                ("sorted suffixes", "ll result = 0;", "ll result = 1;"),
            ),
            Variant(
                "leaves out the parts that end at the last letter",
                ("set of all substrings", "s[left:right + 1]", "s[left:right] or s[0]"),
            ),
            Variant(
                "compares with the suffix one place further on, not in sorted order",
                (
                    "sorted suffixes",
                    "sorted(s[i:] for i in range(len(s)))",
                    "[s[i:] for i in range(len(s))][::-1]",
                ),
                (
                    "sorted suffixes",
                    "    sort(suffixes.begin(), suffixes.end());\n",
                    "    reverse(suffixes.begin(), suffixes.end());\n",
                ),
            ),
        ),
        misreadings=(
            Variant(
                "counts equal parts at different places separately",
                (
                    "set of all substrings",
                    "    parts = set()\n",
                    "    return len(s) * (len(s) + 1) // 2\n    parts = set()\n",
                ),
                ("sorted suffixes", "suffix.size() - common", "suffix.size()"),
            ),
            Variant(
                "counts the different letters",
                (
                    "set of all substrings",
                    "    parts = set()\n",
                    "    return len(set(s))\n    parts = set()\n",
                ),
                (
                    "sorted suffixes",
                    "result += suffix.size() - common;",
                    "result += common == 0;",
                ),
            ),
        ),
        pitfalls="The whole string is one of its parts, and a string of equal letters has only as "
        "many different parts as letters.",
        difficulty=0.6,
        small=60,
        large=0,
    ),
    Solver(
        name="distinct subsequences",
        takes="string",
        features=(
            (
                "algorithm",
                "dynamic programming",
                "subsequence dp",
                "counting distinct subsequences",
            ),
            ("technique", "array technique", "last occurrence table"),
            ("problem setting", "output goal", "count of ways", "count modulo prime"),
        ),
        answer="the number of different subsequences modulo 998244353",
        titles=("Crossing Out", "Words Within a Word", "What Remains"),
        fn_name="countDistinctSubsequences",
        wordings={
            "codeforces": (
                "{hero} crosses out some letters of {x}, maybe none but not all; how many "
                "different words can remain? Print the number modulo 998244353.",
                "How many different non-empty words can {hero} read in {x} from left to right, "
                "skipping letters at will? The answer is wanted modulo 998244353.",
            ),
            "atcoder": (
                "Find, modulo 998244353, the number of different non-empty strings that are "
                "subsequences, not necessarily contiguous, of {x}.",
                "Count modulo 998244353 the distinct non-empty strings that arise from {x} by "
                "deleting letters.",
            ),
            "leetcode": (
                "Return the number of distinct non-empty subsequences of {x}, modulo 998244353.",
                "Return, modulo 998244353, how many different non-empty strings are left over "
                "from {x} after deleting any number of letters.",
            ),
        },
        python=(
            Code(
                "doubling less what was there",
                """\
def solve(s):
    total = 1
    last = {}
    for letter in s:
        before = total
        total = (2 * total - last.get(letter, 0)) % 998244353
        last[letter] = before
    return (total - 1) % 998244353
""",
                "Each letter doubles the set of words, but those that ended in its last "
                "occurrence come twice.",
                "O(n)",
            ),
            Code(
                "words by last letter",
                """\
def solve(s):
    ending = {}
    total = 0
    for letter in s:
        fresh = (total + 1) % 998244353
        total = (total - ending.get(letter, 0) + fresh) % 998244353
        ending[letter] = fresh
    return total
""",
                "For each letter the number of different words that end in it is kept; all words "
                "so far and the empty one can be followed by it.",
                "O(n)",
            ),
        ),
        brute=Code(
            "table with a look back",
            """\
def solve(s):
    best = []
    for i in range(len(s)):
        ways = 1
        for letter in set(s[:i]):
            ways += best[s.rindex(letter, 0, i)]
        best.append(ways)
    return sum(best[s.rindex(letter)] for letter in set(s)) % 998244353
""",
            "For each place the words that end there are gathered.",
            "O(n^2)",
        ),
        cpp=(
            Code(
                "words by last letter",
                """\
ll solve(const string& s) {
    const ll mod = 998244353;
    vector<ll> ending(256);
    ll total = 0;
    for (unsigned char letter : s) {
        ll fresh = (total + 1) % mod;
        total = (total - ending[letter] + fresh + mod) % mod;
        ending[letter] = fresh;
    }
    return total;
}
""",
                "All words so far and the empty one can be followed by the next letter.",
                "O(n)",
            ),
        ),
        mistakes=(
            Variant(
                "also counts the empty word",
                ("doubling less what was there", "return (total - 1) %", "return total %"),
                ("words by last letter", "return total;", "return (total + 1) % mod;"),
            ),
            Variant(
                "does not take away what comes twice",
                ("doubling less what was there", "2 * total - last.get(letter, 0)", "2 * total"),
                ("words by last letter", "total - ending[letter] + fresh", "total + fresh"),
            ),
            Variant(
                "takes away the words from after the letter, not from before it",
                ("doubling less what was there", "last[letter] = before", "last[letter] = total"),
            ),
            Variant(
                "forgets that a letter can stand alone",
                ("words by last letter", "(total + 1) %", "(total + (letter not in ending)) %"),
                ("words by last letter", "(total + 1) % mod", "(total + !ending[letter]) % mod"),
            ),
        ),
        misreadings=(
            Variant(
                "counts only parts that stand together",
                (
                    "words by last letter",
                    "    ending = {}\n",
                    "    return len({s[i:j] for j in range(len(s) + 1) for i in range(j)})\n"
                    "    ending = {}\n",
                ),
                (
                    "words by last letter",
                    "    ll total = 0;\n",
                    "    set<string> parts;\n"
                    "    for (size_t i = 0; i < s.size(); i++)\n"
                    "        for (size_t k = 1; i + k <= s.size(); k++) parts.insert(s.substr(i, k"
                    "));\n"
                    "    if (!s.empty()) return parts.size();\n"
                    "    ll total = 0;\n",
                ),
            ),
            Variant(
                "counts the ways to delete, equal results separately",
                (
                    "words by last letter",
                    "    ending = {}\n",
                    "    return (pow(2, len(s), 998244353) - 1) % 998244353\n    ending = {}\n",
                ),
                ("words by last letter", "ending[letter] = fresh;", "ending[letter] = 0;"),
            ),
        ),
        pitfalls="The empty word does not count, and a difference may turn negative before it is "
        "reduced.",
        difficulty=0.6,
        small=60,
        large=0,
    ),
)
