"""Solvers on strings, intervals, queries, pairs of sequences and single numbers."""

from __future__ import annotations

from synthsmith.teachers.procedural.algebra import INT64, Code, Param, Solver, Variant

PARTS = (
    Solver(
        name="palindromic substrings",
        takes="string",
        features=(
            ("algorithm", "string", "palindromes", "palindromic substrings"),
            ("technique", "expanding around centres"),
            ("algorithm", "string", "Manacher's algorithm"),
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
    Solver(
        name="union of intervals",
        takes="intervals",
        features=(
            ("algorithm", "sorting", "merge intervals"),
            ("technique", "sweep line", "interval union"),
            ("algorithm", "greedy", "interval merging"),
        ),
        answer="the number of integers covered",
        titles=("Under Cover", "Painted Points", "All That Is Covered"),
        fn_name="coveredPoints",
        wordings={
            "codeforces": (
                "How many integer points lie in at least one entry of {x}? {hero} counts each "
                "point once.",
                "{hero} wants the number of whole points that at least one entry of {x} covers, "
                "its ends included.",
            ),
            "atcoder": (
                "Find the number of integers contained in at least one interval of {x}.",
                "How many integers are in the union of the intervals of {x}?",
            ),
            "leetcode": (
                "Return the number of integers that lie in at least one of the intervals.",
                "Return how many different integers the intervals cover together.",
            ),
        },
        python=(
            Code(
                "sort and merge",
                """\
def solve(intervals):
    covered = 0
    end = -1
    for left, right in sorted(map(tuple, intervals)):
        if right > end:
            covered += right - max(left - 1, end)
            end = right
    return covered
""",
                "Sorted by left end, each interval adds only what lies beyond the furthest end "
                "so far.",
                "O(n log n)",
            ),
            Code(
                "sweep of events",
                """\
def solve(intervals):
    events = []
    for left, right in intervals:
        events.append((left, 1))
        events.append((right + 1, -1))
    events.sort()
    covered = 0
    open_now = 0
    before = 0
    for point, change in events:
        if open_now > 0:
            covered += point - before
        open_now += change
        before = point
    return covered
""",
                "Opening and closing events are swept; between two events all points are covered "
                "or none.",
                "O(n log n)",
            ),
        ),
        brute=Code(
            "set of points",
            """\
def solve(intervals):
    points = set()
    for left, right in intervals:
        for point in range(left, right + 1):
            points.add(point)
    return len(points)
""",
            "Every covered point is put into a set.",
            "O(n times the range)",
        ),
        cpp=(
            Code(
                "sort and merge",
                """\
ll solve(const vector<vector<ll>>& intervals) {
    auto rows = intervals;
    sort(rows.begin(), rows.end());
    ll covered = 0, end = -1;
    for (auto& row : rows)
        if (row[1] > end) {
            covered += row[1] - max(row[0] - 1, end);
            end = row[1];
        }
    return covered;
}
""",
                "Sorted by left end, each interval adds only what lies beyond the furthest end.",
                "O(n log n)",
            ),
        ),
        mistakes=(
            Variant(
                "lets the end move back when an interval lies inside another",
                (
                    "sort and merge",
                    "            end = right\n",
                    "        end = right\n",
                ),
                (
                    "sort and merge",
                    "            end = row[1];\n        }\n",
                    "        end = row[1];\n        }\n",
                ),
            ),
            Variant(
                "counts the shared end of touching intervals twice",
                ("sort and merge", "max(left - 1, end)", "max(left - 1, end - 1)"),
                ("sort and merge", "max(row[0] - 1, end)", "max(row[0] - 1, end - 1)"),
            ),
            Variant(
                "does not sort the intervals",
                ("sort and merge", "sorted(map(tuple, intervals))", "intervals"),
                ("sort and merge", "    sort(rows.begin(), rows.end());\n", ""),
            ),
        ),
        misreadings=(
            Variant(
                "measures the length of the union, not the number of integers",
                ("sweep of events", "events.append((right + 1, -1))", "events.append((right, -1))"),
                (
                    "sort and merge",
                    "row[1] - max(row[0] - 1, end)",
                    "row[1] - max(row[0], end)",
                ),
            ),
            Variant(
                "adds up the sizes of all intervals, overlaps counted again",
                (
                    "sort and merge",
                    "        if right > end:\n"
                    "            covered += right - max(left - 1, end)\n"
                    "            end = right\n",
                    "        covered += right - left + 1\n",
                ),
                (
                    "sort and merge",
                    "        if (row[1] > end) {\n"
                    "            covered += row[1] - max(row[0] - 1, end);\n"
                    "            end = row[1];\n"
                    "        }\n",
                    "        covered += row[1] - row[0] + 1;\n",
                ),
            ),
        ),
        pitfalls="One interval may lie inside another, two may touch, and a single point is an "
        "interval too.",
        difficulty=0.4,
        small=80,
        large=12_000,
        slow_brute=False,
    ),
    Solver(
        name="range sums",
        takes="queries",
        features=(
            ("technique", "prefix sums", "range sum queries"),
            ("data structure", "Fenwick tree", "range sum"),
        ),
        answer="for each query, in order, the sum of the elements from position l to position r",
        titles=("Sums on Demand", "From Here to There", "The Clerk's Questions"),
        fn_name="rangeSums",
        gives="list",
        wordings={
            "codeforces": (
                "The answer to a question is the sum of the elements of {x} from position l to "
                "position r, both included; help {hero} to answer all.",
                "For each question {hero} adds the elements of {x} at the positions l, l + 1, "
                "..., r; tell the sums.",
            ),
            "atcoder": (
                "For each query find the sum of the elements of {x} from position l to position "
                "r, inclusive.",
                "Answer each query by the sum of the l-th to the r-th element of {x}.",
            ),
            "leetcode": (
                "Return, for each query in order, the sum of the elements of {x} from position l "
                "to position r, both included.",
                "Return the list of the sums of {x} over the positions l to r, one for each query.",
            ),
        },
        needs=lambda shape: max(-shape.lo, shape.hi) * shape.n_max < INT64,
        python=(
            Code(
                "prefix sums",
                """\
def solve(a, queries):
    sums = [0]
    for value in a:
        sums.append(sums[-1] + value)
    return [sums[right] - sums[left - 1] for left, right in queries]
""",
                "With prefix sums each query is one subtraction.",
                "O(n + q)",
            ),
            Code(
                "Fenwick tree",
                """\
def solve(a, queries):
    tree = [0] + list(a)
    for i in range(1, len(tree)):
        above = i + (i & -i)
        if above < len(tree):
            tree[above] += tree[i]

    def first(count):
        total = 0
        while count > 0:
            total += tree[count]
            count -= count & -count
        return total

    return [first(right) - first(left - 1) for left, right in queries]
""",
                "A Fenwick tree gives the sum of the first elements in logarithmic time.",
                "O(n + q log n)",
            ),
        ),
        brute=Code(
            "add up each time",
            """\
def solve(a, queries):
    answers = []
    for left, right in queries:
        total = 0
        for i in range(left - 1, right):
            total += a[i]
        answers.append(total)
    return answers
""",
            "Each query walks over its range.",
            "O(nq)",
        ),
        cpp=(
            Code(
                "prefix sums",
                """\
vector<ll> solve(const vector<ll>& a, const vector<vector<ll>>& queries) {
    vector<ll> sums(a.size() + 1), answers;
    for (size_t i = 0; i < a.size(); i++) sums[i + 1] = sums[i] + a[i];
    for (auto& query : queries) answers.push_back(sums[query[1]] - sums[query[0] - 1]);
    return answers;
}
""",
                "With prefix sums each query is one subtraction.",
                "O(n + q)",
            ),
        ),
        mistakes=(
            Variant(
                "leaves out the element at position l",
                ("prefix sums", "sums[left - 1]", "sums[left]"),
                ("prefix sums", "sums[query[0] - 1]", "sums[query[0]]"),
            ),
            Variant(
                "leaves out the element at position r",
                ("add up each time", "range(left - 1, right)", "range(left - 1, right - 1)"),
                ("prefix sums", "sums[query[1]] -", "sums[query[1] - 1] -"),
            ),
        ),
        misreadings=(
            Variant(
                "counts positions from 0, up to the end of the sequence",
                (
                    "prefix sums",
                    "sums[right] - sums[left - 1]",
                    "sums[min(right + 1, len(a))] - sums[left]",
                ),
                (
                    "prefix sums",
                    "sums[query[1]] - sums[query[0] - 1]",
                    "sums[min<ll>(query[1] + 1, a.size())] - sums[query[0]]",
                ),
            ),
        ),
        pitfalls="A query may be a single position or the whole sequence, and the sums may be "
        "negative.",
        difficulty=0.15,
        small=80,
        large=8_000,
        slow_brute=False,
    ),
    Solver(
        name="knapsack",
        takes="pair",
        features=(
            ("algorithm", "dynamic programming", "knapsack", "0/1 knapsack"),
            ("algorithm", "dynamic programming", "knapsack"),
            ("problem setting", "budget", "capacity"),
        ),
        answer="the greatest total value",
        titles=("What Fits in the Bag", "Packing Light", "A Choice of Goods"),
        fn_name="bestPacking",
        wordings={
            "codeforces": (
                "Item i weighs the i-th number of {x} and is worth the i-th number of {z}; {hero} "
                "can carry at most {k} and takes each item at most once; what is the greatest "
                "total worth?",
                "With a bag for a weight of at most {k}, {hero} chooses some items, each once, "
                "where {x} are weights and {z} values, and wants the largest sum of values.",
            ),
            "atcoder": (
                "Choose a set of positions whose elements of {x} add up to at most {k}, and find "
                "the maximum sum of the elements of {z} at these positions.",
                "There are items of weight {x} and value {z}, one of each; find the maximum total "
                "value of items with a total weight of at most {k}.",
            ),
            "leetcode": (
                "Return the greatest sum of values {z} of a set of items, each used at most once, "
                "with a sum of weights {x} of at most {k}.",
                "Return the maximum total of {z} over chosen positions whose total of {x} does "
                "not exceed {k}.",
            ),
        },
        params=(
            Param(
                "k",
                lambda shape: (1, 500),
                """\
def pick(rng, lo, hi, a, b):
    some = sum(rng.sample(a, rng.randint(1, (len(a) + 1) // 2)))
    total = sum(a)
    return max(lo, min(hi, rng.choice((some, some, some, total // 2, total // 3, min(a) - 1))))
""",
            ),
        ),
        needs=lambda shape: shape.lo >= 1 and shape.n_max <= 100,
        python=(
            Code(
                "table by weight",
                """\
def solve(a, b, k):
    best = [0] * (k + 1)
    for weight, value in zip(a, b):
        for room in range(k, weight - 1, -1):
            best[room] = max(best[room], best[room - weight] + value)
    return best[k]
""",
                "best[w] is the greatest value with weight at most w; going downwards each item "
                "is used once.",
                "O(nk)",
            ),
            Code(
                "reachable states",
                """\
def solve(a, b, k):
    states = {0: 0}
    for weight, value in zip(a, b):
        for used, worth in list(states.items()):
            total = used + weight
            if total <= k and states.get(total, -1) < worth + value:
                states[total] = worth + value
    return max(states.values())
""",
                "A dictionary keeps the best value for every weight that can be reached.",
                "O(nk)",
            ),
        ),
        brute=Code(
            "table by item and weight",
            """\
def solve(a, b, k):
    n = len(a)
    best = [[0] * (k + 1) for _ in range(n + 1)]
    for i in range(1, n + 1):
        for room in range(k + 1):
            best[i][room] = best[i - 1][room]
            if a[i - 1] <= room:
                taken = best[i - 1][room - a[i - 1]] + b[i - 1]
                if taken > best[i][room]:
                    best[i][room] = taken
    return best[n][k]
""",
            "The whole table over items and weights is filled.",
            "O(nk)",
        ),
        cpp=(
            Code(
                "table by weight",
                """\
ll solve(const vector<ll>& a, const vector<ll>& b, ll k) {
    vector<ll> best(k + 1);
    for (size_t i = 0; i < a.size(); i++)
        for (ll room = k; room >= a[i]; room--)
            best[room] = max(best[room], best[room - a[i]] + b[i]);
    return best[k];
}
""",
                "Going downwards over the weights each item is used once.",
                "O(nk)",
            ),
        ),
        mistakes=(
            Variant(
                "takes the most valuable items first, as long as they fit",
                (
                    "table by weight",
                    "    best = [0] * (k + 1)\n",
                    "    total = 0\n"
                    "    for i in sorted(range(len(a)), key=lambda i: (-b[i], i)):\n"
                    "        if a[i] <= k:\n"
                    "            k -= a[i]\n"
                    "            total += b[i]\n"
                    "    return total\n"
                    "    best = [0] * (k + 1)\n",
                ),
            ),
            Variant(
                "never fills the bag completely",
                ("reachable states", "total <= k", "total < k"),
                ("table by weight", "    return best[k];", "    return best[k - 1];"),
            ),
        ),
        misreadings=(
            Variant(
                "lets an item be taken any number of times",
                ("table by weight", "range(k, weight - 1, -1)", "range(weight, k + 1)"),
                (
                    "table by weight",
                    "ll room = k; room >= a[i]; room--",
                    "ll room = a[i]; room <= k; room++",
                ),
            ),
        ),
        pitfalls="It may be that no item fits, and then the answer is 0.",
        difficulty=0.5,
        small=60,
        large=0,
    ),
    Solver(
        name="prime count",
        takes="number",
        features=(
            ("mathematics", "number theory", "primes", "sieve of Eratosthenes"),
            ("mathematics", "number theory", "primes", "prime counting"),
        ),
        answer="the number of primes",
        titles=("Lonely Numbers", "Indivisible", "A Count of Primes"),
        fn_name="countPrimes",
        wordings={
            "codeforces": (
                "How many of the numbers 1, 2, ..., {x} have exactly two divisors? {hero} would "
                "love to know.",
                "{hero} calls a number lonely if it is greater than 1 and only 1 and itself "
                "divide it; count the lonely numbers up to {x} inclusive.",
            ),
            "atcoder": (
                "Find the number of primes that are at most {x}.",
                "How many prime numbers p with p <= {x} are there?",
            ),
            "leetcode": (
                "Return the number of primes less than or equal to {x}.",
                "Return how many prime numbers there are from 1 to {x}, both included.",
            ),
        },
        python=(
            Code(
                "sieve in bytes",
                """\
def solve(n):
    sieve = bytearray([1]) * (n + 1)
    sieve[:2] = bytes(min(2, n + 1))
    for p in range(2, int(n ** 0.5) + 1):
        if sieve[p]:
            sieve[p * p::p] = bytes(len(range(p * p, n + 1, p)))
    return sum(sieve)
""",
                "The sieve of Eratosthenes crosses out multiples slice by slice.",
                "O(n log log n)",
            ),
            Code(
                "sieve of odd numbers",
                """\
def solve(n):
    if n < 2:
        return 0
    size = (n + 1) // 2
    odd = bytearray([1]) * size
    odd[0] = 0
    i = 1
    while (2 * i + 1) ** 2 <= n:
        if odd[i]:
            p = 2 * i + 1
            start = p * p // 2
            odd[start::p] = bytes(len(range(start, size, p)))
        i += 1
    return sum(odd) + 1
""",
                "Only odd numbers are sieved; the prime 2 is added at the end.",
                "O(n log log n)",
            ),
        ),
        brute=Code(
            "trial division",
            """\
def solve(n):
    count = 0
    for number in range(2, n + 1):
        divisor = 2
        while divisor * divisor <= number and number % divisor:
            divisor += 1
        if divisor * divisor > number:
            count += 1
    return count
""",
            "Each number is divided by all numbers up to its root.",
            "O(n sqrt n)",
        ),
        cpp=(
            Code(
                "sieve",
                """\
ll solve(ll n) {
    vector<char> crossed(n + 1);
    ll count = 0;
    for (ll p = 2; p <= n; p++) {
        if (crossed[p]) continue;
        count++;
        for (ll i = p * p; i <= n; i += p) crossed[i] = 1;
    }
    return count;
}
""",
                "The sieve of Eratosthenes counts what is not crossed out.",
                "O(n log log n)",
            ),
        ),
        mistakes=(
            Variant(
                "takes 1 for a prime",
                ("sieve in bytes", "    return sum(sieve)", "    return sum(sieve) + 1"),
                ("sieve", "ll count = 0", "ll count = 1"),
            ),
            Variant(
                "takes squares of primes for primes",
                (
                    "sieve in bytes",
                    "sieve[p * p::p] = bytes(len(range(p * p, n + 1, p)))",
                    "sieve[p * p + p::p] = bytes(len(range(p * p + p, n + 1, p)))",
                ),
                ("sieve", "ll i = p * p;", "ll i = p * p + p;"),
            ),
            Variant(
                "forgets the prime 2",
                ("sieve of odd numbers", "sum(odd) + 1", "sum(odd)"),
            ),
        ),
        misreadings=(
            Variant(
                "counts the primes below n, without n itself",
                (
                    "sieve in bytes",
                    "    return sum(sieve)",
                    "    return sum(sieve) - sieve[n]",
                ),
                ("sieve", "    return count;", "    return count - (n > 1 && !crossed[n]);"),
            ),
        ),
        pitfalls="1 is not a prime, and n itself counts when it is one.",
        difficulty=0.3,
        small=1_000,
        large=2_000_000,
    ),
)
