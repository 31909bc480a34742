"""Transforms of sequences element by element: digits, bits, ranks, letters."""

from __future__ import annotations

from synthsmith.teachers.procedural.algebra import Code, Shape, Transform, Variant


def _digit_sums(shape: Shape, _: int) -> Shape | None:
    top = max(abs(shape.lo), abs(shape.hi))
    if top < 50 or "digits" in shape.flags:
        return None
    return shape.to("array", lo=0, hi=9 * len(str(top)), flags=frozenset({"digits"}))


def _popcounts(shape: Shape, _: int) -> Shape | None:
    if shape.lo < 0 or shape.hi < 10:
        return None
    return shape.to("array", lo=0, hi=shape.hi.bit_length())


def _ranks(shape: Shape, _: int) -> Shape | None:
    if shape.n_min < 1 or shape.hi - shape.lo < 3 or "ranks" in shape.flags:
        return None
    hi = min(shape.n_max, shape.hi - shape.lo + 1)
    return shape.to("array", lo=1, hi=hi, flags=frozenset({"ranks"}))


def _letter_numbers(shape: Shape, _: int) -> Shape | None:
    return shape.to("array", lo=1, hi=26)


PARTS = (
    Transform(
        name="digit sums",
        takes="array",
        gives="array",
        features=(
            ("mathematics", "arithmetic", "digits", "sum of digits"),
            ("mathematics", "arithmetic", "digits"),
        ),
        wordings={
            "codeforces": (
                "{hero} only remembers the digit sum of each element of {x} (a minus sign is "
                "ignored) and calls the new sequence {y}.",
                "Every element of {x} is replaced by the sum of its decimal digits, signs left "
                "aside; {hero} names the result {y}.",
            ),
            "atcoder": (
                "Let {y} be {x} with each element replaced by the sum of the decimal digits of "
                "its absolute value.",
                "The i-th element of {y} is the digit sum, in base ten, of the absolute value of "
                "the i-th element of {x}.",
            ),
            "leetcode": (
                "Let {y} be the sums of the decimal digits of the elements of {x}, without their "
                "signs.",
                "Replace every element of {x} by the digit sum of its absolute value to get {y}.",
            ),
        },
        shape=_digit_sums,
        python=(
            Code(
                "digits of the text",
                """\
def convert(a):
    return [sum(map(int, str(abs(value)))) for value in a]
""",
                "The decimal text of a number holds its digits.",
                "O(n log V)",
            ),
            Code(
                "division by ten",
                """\
def convert(a):
    sums = []
    for value in a:
        rest = abs(value)
        digits = 0
        while rest:
            rest, digit = divmod(rest, 10)
            digits += digit
        sums.append(digits)
    return sums
""",
                "Division by ten splits off the last digit until nothing is left.",
                "O(n log V)",
            ),
        ),
        cpp=(
            Code(
                "division by ten",
                """\
vector<ll> convert(const vector<ll>& a) {
    vector<ll> sums;
    for (ll value : a) {
        ll digits = 0;
        for (ll rest = llabs(value); rest > 0; rest /= 10) digits += rest % 10;
        sums.push_back(digits);
    }
    return sums;
}
""",
                "Division by ten splits off the last digit until nothing is left.",
                "O(n log V)",
            ),
        ),
        mistakes=(
            Variant(
                "loses the first digit",
                ("division by ten", "while rest:", "while rest > 9:"),
                ("division by ten", "rest > 0;", "rest > 9;"),
            ),
            Variant(
                "adds the last two digits only",
                ("digits of the text", "str(abs(value))", "str(abs(value))[-2:]"),
            ),
        ),
        misreadings=(
            Variant(
                "counts the digits in place of adding them",
                ("digits of the text", "sum(map(int, str(abs(value))))", "len(str(abs(value)))"),
                (
                    "division by ten",
                    "        for (ll rest = llabs(value); rest > 0; rest /= 10) digits += rest % "
                    "10;\n",
                    "        digits = to_string(llabs(value)).size();\n",
                ),
            ),
        ),
    ),
    Transform(
        name="numbers of ones",
        takes="array",
        gives="array",
        features=(
            ("mathematics", "bits", "bit operations", "population count"),
            ("mathematics", "bits", "bit operations", "lowest set bit"),
        ),
        wordings={
            "codeforces": (
                "{hero} writes each element of {x} in binary and notes the number of its ones; "
                "the notes are {y}.",
                "For every element of {x} {hero} counts the digits 1 of its binary form; these "
                "counts, in order, make {y}.",
            ),
            "atcoder": (
                "Let {y} be the numbers of ones in the binary representations of the elements of "
                "{x}.",
                "Define {y} by replacing each element of {x} by its population count, the number "
                "of its binary digits 1.",
            ),
            "leetcode": (
                "Let {y} hold the number of set bits of each element of {x}.",
                "Replace each element of {x} by how many ones its binary form has to get {y}.",
            ),
        },
        shape=_popcounts,
        python=(
            Code(
                "ones of the binary text",
                """\
def convert(a):
    return [bin(value).count("1") for value in a]
""",
                "The binary text is searched for ones.",
                "O(n log V)",
            ),
            Code(
                "clearing the lowest one",
                """\
def convert(a):
    ones = []
    for value in a:
        rest, count = value, 0
        while rest:
            rest &= rest - 1
            count += 1
        ones.append(count)
    return ones
""",
                "x & (x - 1) clears the lowest one, so the loop runs once for each.",
                "O(n log V)",
            ),
        ),
        cpp=(
            Code(
                "built-in population count",
                """\
vector<ll> convert(const vector<ll>& a) {
    vector<ll> ones;
    for (ll value : a) ones.push_back(__builtin_popcountll(value));
    return ones;
}
""",
                "The compiler has a population count.",
                "O(n)",
            ),
        ),
        mistakes=(
            Variant(
                "stops before the last one is cleared",
                ("clearing the lowest one", "while rest:", "while rest & (rest - 1):"),
                (
                    "built-in population count",
                    "__builtin_popcountll(value)",
                    "max(0, __builtin_popcountll(value) - 1)",
                ),
            ),
        ),
        misreadings=(
            Variant(
                "counts the zeros of the binary form",
                (
                    "ones of the binary text",
                    'bin(value).count("1")',
                    'value.bit_length() - bin(value).count("1")',
                ),
                (
                    "built-in population count",
                    "__builtin_popcountll(value)",
                    "(value ? 64 - __builtin_clzll(value) : 0) - __builtin_popcountll(value)",
                ),
            ),
            Variant(
                "counts all binary digits",
                ("ones of the binary text", 'bin(value).count("1")', "value.bit_length()"),
                (
                    "built-in population count",
                    "__builtin_popcountll(value)",
                    "value ? 64 - __builtin_clzll(value) : 0",
                ),
            ),
        ),
    ),
    Transform(
        name="ranks",
        takes="array",
        gives="array",
        features=(
            ("technique", "array technique", "coordinate compression", "compression of values"),
            ("technique", "data handling", "ranking and leaderboard"),
        ),
        wordings={
            "codeforces": (
                "{hero} replaces each element of {x} by its place among the different values, 1 "
                "for the smallest and equal ones alike, and gets {y}.",
                "In {y} {hero} writes for every element of {x} how many different values of {x} "
                "are at most as great.",
            ),
            "atcoder": (
                "Let {y} be the ranks of the elements of {x}: the smallest value has rank 1, the "
                "next greater value rank 2, and so on; equal elements have equal ranks.",
                "The i-th element of {y} is the number of distinct values in {x} that do not "
                "exceed the i-th element of {x}.",
            ),
            "leetcode": (
                "Replace each element of {x} by its rank, 1 for the smallest value and without "
                "gaps after equal elements, to get {y}.",
                "Let {y} hold for each element of {x} how many distinct values of {x} are less "
                "than or equal to it.",
            ),
        },
        shape=_ranks,
        python=(
            Code(
                "dictionary of sorted values",
                """\
def convert(a):
    rank = {value: i for i, value in enumerate(sorted(set(a)), 1)}
    return [rank[value] for value in a]
""",
                "The different values, sorted, are numbered from 1.",
                "O(n log n)",
            ),
            Code(
                "binary search in sorted values",
                """\
def convert(a):
    values = sorted(set(a))
    return [bisect_left(values, value) + 1 for value in a]
""",
                "Each element is looked up among the different values.",
                "O(n log n)",
            ),
        ),
        cpp=(
            Code(
                "binary search in sorted values",
                """\
vector<ll> convert(const vector<ll>& a) {
    vector<ll> values = a, ranks;
    sort(values.begin(), values.end());
    values.erase(unique(values.begin(), values.end()), values.end());
    for (ll value : a)
        ranks.push_back(lower_bound(values.begin(), values.end(), value) - values.begin() + 1);
    return ranks;
}
""",
                "Each element is looked up among the different values.",
                "O(n log n)",
            ),
        ),
        mistakes=(
            Variant(
                "leaves gaps after equal elements",
                ("binary search in sorted values", "sorted(set(a))", "sorted(a)"),
                (
                    "binary search in sorted values",
                    "    values.erase(unique(values.begin(), values.end()), values.end());\n",
                    "",
                ),
            ),
            Variant(
                "counts ranks from 0",
                (
                    "dictionary of sorted values",
                    "enumerate(sorted(set(a)), 1)",
                    "enumerate(sorted(set(a)))",
                ),
                ("binary search in sorted values", "values.begin() + 1);", "values.begin());"),
            ),
        ),
        misreadings=(
            Variant(
                "gives rank 1 to the greatest value",
                (
                    "dictionary of sorted values",
                    "sorted(set(a))",
                    "sorted(set(a), reverse=True)",
                ),
                (
                    "binary search in sorted values",
                    "lower_bound(values.begin(), values.end(), value) - values.begin() + 1",
                    "values.end() - lower_bound(values.begin(), values.end(), value)",
                ),
            ),
        ),
    ),
    Transform(
        name="letter numbers",
        takes="string",
        gives="array",
        features=(
            ("algorithm", "string", "string transformation", "base encoding"),
            ("algorithm", "string", "string transformation"),
        ),
        wordings={
            "codeforces": (
                "{hero} writes the place in the alphabet of each letter of {x}, 1 for a and 26 "
                "for z; these numbers are {y}.",
                "As a cipher {hero} turns every letter of {x} into its number in the alphabet, "
                "counted from 1, and calls the row of numbers {y}.",
            ),
            "atcoder": (
                "Let {y} be the sequence of alphabet positions of the letters of {x}, where a has "
                "position 1.",
                "The i-th element of {y} is the number, from 1 for a to 26 for z, of the i-th "
                "letter of {x}.",
            ),
            "leetcode": (
                "Let {y} be the positions in the alphabet, from 1 to 26, of the letters of {x}.",
                "Replace each letter of {x} by its number in the alphabet (a is 1) to get the "
                "array {y}.",
            ),
        },
        shape=_letter_numbers,
        python=(
            Code(
                "character codes",
                """\
def convert(s):
    return [ord(letter) - 96 for letter in s]
""",
                "The codes of the letters follow each other.",
                "O(n)",
            ),
            Code(
                "look-up in the alphabet",
                """\
def convert(s):
    alphabet = "abcdefghijklmnopqrstuvwxyz"
    number = {letter: i for i, letter in enumerate(alphabet, 1)}
    return [number[letter] for letter in s]
""",
                "A dictionary numbers the alphabet.",
                "O(n)",
            ),
        ),
        cpp=(
            Code(
                "character codes",
                """\
vector<ll> convert(const string& s) {
    vector<ll> numbers;
    for (char letter : s) numbers.push_back(letter - 'a' + 1);
    return numbers;
}
""",
                "The codes of the letters follow each other.",
                "O(n)",
            ),
        ),
        mistakes=(
            Variant(
                "counts from 0",
                ("character codes", "ord(letter) - 96", "ord(letter) - 97"),
                ("character codes", "letter - 'a' + 1", "letter - 'a'"),
            ),
        ),
        misreadings=(
            Variant(
                "counts the alphabet backwards, z being 1",
                ("character codes", "ord(letter) - 96", "123 - ord(letter)"),
                ("character codes", "letter - 'a' + 1", "'z' - letter + 1"),
            ),
        ),
    ),
)
