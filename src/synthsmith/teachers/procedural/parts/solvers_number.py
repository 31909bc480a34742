"""Solvers on single numbers."""

from __future__ import annotations

from synthsmith.teachers.procedural.algebra import Code, Solver, Variant

PARTS = (
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
