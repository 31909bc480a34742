"""Solvers on bits: xor and counting ones."""

from __future__ import annotations

from synthsmith.teachers.procedural.algebra import Code, Shape, Solver, Variant


def _few_bits(shape: Shape) -> bool:
    return shape.lo >= 0 and 3 <= shape.hi < 2**20


PARTS = (
    Solver(
        name="maximum xor pair",
        takes="array",
        features=(
            ("data structure", "string structure", "trie", "maximum xor pair"),
            ("data structure", "string structure", "trie", "binary trie"),
            ("mathematics", "bits", "bit operations", "bit by bit construction"),
        ),
        answer="the greatest xor of two elements",
        titles=("Opposites Attract", "A Strong Mixture", "Two That Differ"),
        fn_name="strongestPair",
        wordings={
            "codeforces": (
                "{hero} mixes two elements of {x} at different positions by bitwise xor; how "
                "strong can the mixture be (0 if there is only one element)?",
                "Two elements of {x} at different positions give a spark of their bitwise xor; "
                "tell {hero} the greatest spark, 0 if there are no two.",
            ),
            "atcoder": (
                "Find the maximum of the bitwise xor of elements i and j of {x} over all i < j, "
                "or 0 if {x} has a single element.",
                "Choose two different positions of {x} so that the bitwise xor of the elements "
                "there is maximal, and find this maximum (0 if there is just one position).",
            ),
            "leetcode": (
                "Return the greatest bitwise xor of two elements of {x} at different positions, "
                "or 0 if there is only one element.",
                "Return the maximum value of p xor q over pairs p, q of elements of {x}; with "
                "fewer than two elements it is 0.",
            ),
        },
        needs=_few_bits,
        python=(
            Code(
                "bit by bit with prefixes",
                """\
def solve(a):
    best = 0
    for bit in range(max(a).bit_length() - 1, -1, -1):
        heads = {value >> bit for value in a}
        wanted = best * 2 + 1
        best = wanted if any(wanted ^ head in heads for head in heads) else best * 2
    return best
""",
                "From the highest bit down a 1 is kept if two of the prefixes have the wanted "
                "xor, for then the other one is in the set.",
                "O(n log V)",
            ),
        ),
        brute=Code(
            "all pairs",
            """\
def solve(a):
    best = 0
    for j in range(len(a)):
        for i in range(j):
            mixed = a[i] ^ a[j]
            if mixed > best:
                best = mixed
    return best
""",
            "The xor of every pair is taken.",
            "O(n^2)",
        ),
        cpp=(
            Code(
                "binary trie",
                """\
ll solve(const vector<ll>& a) {
    vector<array<int, 2>> nodes(1, {0, 0});
    ll best = 0;
    for (ll value : a) {
        int own = 0, far = 0;
        ll mixed = 0;
        bool known = nodes.size() > 1;
        for (int bit = 20; bit >= 0; bit--) {
            int digit = value >> bit & 1;
            if (known) {
                if (nodes[far][!digit]) mixed |= 1LL << bit, far = nodes[far][!digit];
                else far = nodes[far][digit];
            }
            if (!nodes[own][digit]) {
                nodes[own][digit] = nodes.size();
                nodes.push_back({0, 0});
            }
            own = nodes[own][digit];
        }
        best = max(best, mixed);
    }
    return best;
}
""",
                "Each element walks the trie of the earlier ones, on the other side where it can.",
                "O(n log V)",
            ),
        ),
        mistakes=(
            Variant(
                "only mixes with the greatest element",
                (
                    "bit by bit with prefixes",
                    "    best = 0\n",
                    "    return max(map(max(a).__xor__, a))\n    best = 0\n",
                ),
                (
                    "binary trie",
                    "    ll best = 0;\n",
                    "    ll best = 0, most = *max_element(a.begin(), a.end());\n"
                    "    for (ll value : a) best = max(best, value ^ most);\n"
                    "    if (best >= 0) return best;\n",
                ),
            ),
            Variant(
                "only mixes neighbours",
                ("all pairs", "for i in range(j):", "for i in range(max(0, j - 1), j):"),
            ),
            Variant(
                "forgets the lowest bit",
                ("bit by bit with prefixes", "- 1, -1, -1):", "- 1, 0, -1):"),
                ("binary trie", "bit >= 0;", "bit >= 1;"),
            ),
        ),
        misreadings=(
            Variant(
                "takes the exclusive or of all elements",
                (
                    "bit by bit with prefixes",
                    "    best = 0\n",
                    "    return reduce(lambda one, other: one ^ other, a)\n    best = 0\n",
                ),
                ("binary trie", "best = max(best, mixed);", "best ^= value;"),
            ),
            Variant(
                "takes the greatest difference",
                (
                    "bit by bit with prefixes",
                    "    best = 0\n",
                    "    return max(a) - min(a)\n    best = 0\n",
                ),
                (
                    "binary trie",
                    "    ll best = 0;\n",
                    "    ll best = 0;\n"
                    "    auto [least, most] = minmax_element(a.begin(), a.end());\n"
                    "    return *most - *least;\n",
                ),
            ),
        ),
        pitfalls="The greatest element need not be in the best pair, and the answer may exceed "
        "every element.",
        difficulty=0.55,
    ),
    Solver(
        name="sum of block xors",
        takes="array",
        features=(
            ("mathematics", "bits", "bitwise aggregates", "xor of subarrays"),
            ("mathematics", "bits", "per-bit contribution"),
            ("technique", "array technique", "prefix sums", "prefix xor"),
            ("problem setting", "output goal", "aggregate", "sum over subarrays"),
        ),
        answer="the sum of the xor of all blocks",
        titles=("All Mixtures", "Every Block Counts", "Total Interference"),
        fn_name="sumOfBlockXors",
        wordings={
            "codeforces": (
                "For every pair i <= j {hero} takes the bitwise xor of the elements of {x} from i "
                "to j, and adds up all these numbers; what is the total?",
                "Each non-empty block of consecutive elements of {x} has a colour, the bitwise "
                "xor of its elements; {hero} needs the sum of the colours of all blocks.",
            ),
            "atcoder": (
                "Find the sum, over all i <= j, of the bitwise xor of elements i, i + 1, ..., j "
                "of {x}.",
                "Add up the bitwise xor of every non-empty contiguous part of {x} and find the "
                "total.",
            ),
            "leetcode": (
                "Return the sum of the bitwise xor values of all non-empty subarrays of {x}.",
                "Return the total, over every block of adjacent elements of {x}, of the bitwise "
                "xor of the block.",
            ),
        },
        needs=_few_bits,
        python=(
            Code(
                "prefixes per bit",
                """\
def solve(a):
    prefixes = list(accumulate(a, lambda one, other: one ^ other, initial=0))
    total = 0
    for bit in range(max(a).bit_length()):
        ones = sum([value >> bit & 1 for value in prefixes])
        total += ones * (len(prefixes) - ones) << bit
    return total
""",
                "A block's xor has a bit exactly if the prefixes at its ends differ in it, so "
                "each bit counts pairs of a prefix with and one without it.",
                "O(n log V)",
            ),
            Code(
                "blocks that end here",
                """\
def solve(a):
    total = 0
    for bit in range(max(a).bit_length()):
        odd = even = count = 0
        for value in a:
            if value >> bit & 1:
                odd, even = even + 1, odd
            else:
                even += 1
            count += odd
        total += count << bit
    return total
""",
                "For every bit the blocks that end at each place are split into those with an odd "
                "and an even number of ones.",
                "O(n log V)",
            ),
        ),
        brute=Code(
            "all blocks",
            """\
def solve(a):
    total = 0
    for left in range(len(a)):
        mixed = 0
        for right in range(left, len(a)):
            mixed ^= a[right]
            total += mixed
    return total
""",
            "For every start the running xor up to all ends is added.",
            "O(n^2)",
        ),
        cpp=(
            Code(
                "blocks that end here",
                """\
ll solve(const vector<ll>& a) {
    ll total = 0;
    for (int bit = 0; bit < 20; bit++) {
        ll odd = 0, even = 0, hits = 0;
        for (ll value : a) {
            even++;
            if (value >> bit & 1) swap(odd, even);
            hits += odd;
        }
        total += hits << bit;
    }
    return total;
}
""",
                "For every bit the blocks that end at each place are split into those with an odd "
                "and an even number of ones.",
                "O(n log V)",
            ),
        ),
        mistakes=(
            Variant(
                "forgets the blocks that begin at the first element",
                ("prefixes per bit", ", initial=0)", ")"),
                (
                    "blocks that end here",
                    "if (value >> bit & 1) swap(odd, even);\n            hits += odd;",
                    "if (value >> bit & 1) swap(odd, even);\n"
                    "            hits += odd - (&value == &a[0] && odd);",
                ),
            ),
            Variant(
                "leaves out the blocks of one element",
                (
                    "all blocks",
                    "            total += mixed\n",
                    "            if right > left:\n                total += mixed\n",
                ),
            ),
            Variant(
                "forgets the highest bit",
                (
                    "blocks that end here",
                    "range(max(a).bit_length())",
                    "range(max(a).bit_length() - 1)",
                ),
            ),
        ),
        misreadings=(
            Variant(
                "takes the bitwise xor of every pair of elements",
                (
                    "prefixes per bit",
                    "list(accumulate(a, lambda one, other: one ^ other, initial=0))",
                    "a",
                ),
                (
                    "blocks that end here",
                    "            even++;\n"
                    "            if (value >> bit & 1) swap(odd, even);\n"
                    "            hits += odd;\n",
                    "            hits += value >> bit & 1 ? even : odd;\n"
                    "            (value >> bit & 1 ? odd : even)++;\n",
                ),
            ),
            Variant(
                "takes the bitwise or of every block",
                (
                    "all blocks",
                    "mixed ^= a[right]",
                    "mixed |= a[right]",
                ),
                (
                    "blocks that end here",
                    "if (value >> bit & 1) swap(odd, even);",
                    "if (value >> bit & 1) odd += even, even = 0;",
                ),
            ),
        ),
        pitfalls="Single elements are blocks too, and the total needs 64 bits.",
        difficulty=0.55,
    ),
    Solver(
        name="ones in binary",
        takes="number",
        features=(
            ("mathematics", "bits", "bit operations", "population count"),
            ("mathematics", "arithmetic", "number base", "binary representation"),
        ),
        answer="the number of ones that are written",
        titles=("Ones on the Wall", "Binary Chalk", "Counting Marks"),
        fn_name="countOnes",
        wordings={
            "codeforces": (
                "{hero} writes the numbers 1, 2, ..., {x} in binary on a wall; how many digits 1 "
                "are on the wall?",
                "A lamp panel shows each of the numbers from 1 to {x} once, in binary, one lamp "
                "for every digit 1; how many lamps light up in all, wonders {hero}?",
            ),
            "atcoder": (
                "Find the total number of ones in the binary representations of 1, 2, ..., {x}.",
                "Let the weight of a number be its count of binary digits 1; find the sum of the "
                "weights of all integers from 1 to {x}.",
            ),
            "leetcode": (
                "Return the total number of set bits in all integers from 1 to {x}, inclusive.",
                "Return how many digits 1 are needed to write every number from 1 to {x} in "
                "binary.",
            ),
        },
        python=(
            Code(
                "column by column",
                """\
def solve(n):
    total = 0
    half = 1
    while half <= n:
        full, rest = divmod(n + 1, 2 * half)
        total += full * half + max(0, rest - half)
        half *= 2
    return total
""",
                "In the column of 2^b zeros and ones alternate in groups of 2^b, so whole periods "
                "and a rest are counted.",
                "O(log n)",
            ),
            Code(
                "cutting off the greatest power of two",
                """\
def solve(n):
    total = 0
    while n > 0:
        bits = n.bit_length() - 1
        total += bits * (1 << bits) // 2
        n -= 1 << bits
        total += n + 1
    return total
""",
                "Below 2^b there are b 2^(b-1) ones; the numbers from 2^b on have one more each "
                "than what is left of them without it.",
                "O(log n)",
            ),
        ),
        brute=Code(
            "number by number",
            """\
def solve(n):
    total = 0
    for number in range(1, n + 1):
        while number:
            total += number % 2
            number //= 2
    return total
""",
            "Every number is taken apart by halving.",
            "O(n log n)",
        ),
        cpp=(
            Code(
                "column by column",
                """\
ll solve(ll n) {
    ll total = 0;
    for (ll half = 1; half <= n; half *= 2) {
        ll full = (n + 1) / (2 * half), rest = (n + 1) % (2 * half);
        total += full * half + max(0LL, rest - half);
    }
    return total;
}
""",
                "In each column whole periods of zeros and ones and a rest are counted.",
                "O(log n)",
            ),
        ),
        mistakes=(
            Variant(
                "counts only up to the number before",
                ("column by column", "divmod(n + 1, 2 * half)", "divmod(n, 2 * half)"),
                ("column by column", "rest = (n + 1) %", "rest = n %"),
            ),
            Variant(
                "forgets the column that is not yet full",
                ("column by column", " + max(0, rest - half)", ""),
                ("column by column", " + max(0LL, rest - half)", ""),
            ),
            Variant(
                "forgets the power of two itself",
                ("cutting off the greatest power of two", "total += n + 1", "total += n"),
            ),
            Variant(
                "loses the last digit that is halved away",
                ("number by number", "while number:", "while number > 1:"),
            ),
        ),
        misreadings=(
            Variant(
                "counts all binary digits, zeros as well",
                (
                    "number by number",
                    "total += number % 2",
                    "total += 1",
                ),
                (
                    "column by column",
                    "ll full = (n + 1) / (2 * half), rest = (n + 1) % (2 * half);\n"
                    "        total += full * half + max(0LL, rest - half);",
                    "total += n - half + 1;",
                ),
            ),
            Variant(
                "counts the ones of the last number only",
                ("number by number", "range(1, n + 1)", "range(n, n + 1)"),
                (
                    "column by column",
                    "ll full = (n + 1) / (2 * half), rest = (n + 1) % (2 * half);\n"
                    "        total += full * half + max(0LL, rest - half);",
                    "total += (n & half) != 0;",
                ),
            ),
        ),
        pitfalls="The number itself is included, and its highest column is rarely full.",
        difficulty=0.35,
        small=1_000,
        large=2_000_000,
        slow_brute=False,
    ),
)
