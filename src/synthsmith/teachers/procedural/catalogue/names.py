"""Names of functions and classes that say which algorithm they are."""

from __future__ import annotations

import re

from .ontology import ONTOLOGY
from .program import Program

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_LONGEST = 5

# One-word leaves that are everyday names of helpers say nothing about the algorithm.
_VAGUE = frozenset(
    ("queue", "stack", "deque", "forest", "parity", "invariant", "minimax", "variance", "bridges")
    + ("rearrangement", "bookings", "multiset", "fraction", "chessboard", "tokenising")
)
_CATEGORIES = ("algorithm", "data structure", "mathematics", "technique")

# Common names → the ontology's; only names that can mean nothing else.
_ALIASES = {
    "bfs": "breadth-first search",
    "dfs": "depth-first search",
    "breadth first search": "breadth-first search",
    "depth first search": "depth-first search",
    "kmp": "Knuth-Morris-Pratt",
    "failure function": "prefix function",
    "failure array": "prefix function",
    "get failure": "prefix function",
    "lps": "prefix function",
    "z algorithm": "Z function",
    "disjoint set": "union find",
    "dsu": "union find",
    "make set": "union find",
    "lis": "longest increasing subsequence",
    "lcs": "longest common subsequence",
    "lca": "lowest common ancestor",
    "fft": "fast Fourier transform",
    "ntt": "number theoretic transform",
    "hld": "heavy-light decomposition",
    "scc": "strongly connected components",
    "tarjan": "strongly connected components",
    "kosaraju": "strongly connected components",
    "crt": "Chinese remainder theorem",
    "avl": "AVL tree",
    "bst": "binary search tree",
    "red black": "red-black tree",
    "rle": "run-length encoding",
    "run length encode": "run-length encoding",
    "run length decode": "run-length decoding",
    "levenshtein": "edit distance",
    "quick sort": "quicksort",
    "heap sort": "heapsort",
    "merge sort": "merge sort",
    "quick select": "quickselect",
    "fibonacci": "Fibonacci numbers",
    "fib": "Fibonacci numbers",
    "catalan": "Catalan numbers",
    "bell number": "Bell numbers",
    "pascal triangle": "Pascal's triangle",
    "sudoku": "sudoku solving",
    "knight tour": "knight's tour",
    "knights tour": "knight's tour",
    "queens": "n-queens",
    "n queens": "n-queens",
    "josephus": "Josephus problem",
    "hanoi": "Tower of Hanoi",
    "derangement": "derangements",
    "totient": "Euler totient",
    "euler phi": "Euler totient",
    "phi": "Euler totient",
    "mobius": "Möbius function",
    "is prime": "primality by trial division",
    "prime check": "primality by trial division",
    "isprime": "primality by trial division",
    "prime factor": "prime factorisation",
    "prime factors": "prime factorisation",
    "factorize": "prime factorisation",
    "sieve": "sieve of Eratosthenes",
    "gcd": "greatest common divisor",
    "lcm": "least common multiple",
    "euclid": "greatest common divisor",
    "extended gcd": "extended Euclid",
    "egcd": "extended Euclid",
    "knapsack": "0/1 knapsack",
    "huffman": "Huffman coding",
    "rabin karp": "Rabin-Karp",
    "miller rabin": "Miller-Rabin",
    "rabin miller": "Miller-Rabin",
    "pollard rho": "Pollard's rho",
    "fenwick": "Fenwick tree",
    "binary indexed tree": "Fenwick tree",
    "graham": "convex hull",
    "jarvis": "convex hull",
    "mod inverse": "modular inverse",
    "inverse mod": "modular inverse",
    "mod pow": "modular exponentiation",
    "power mod": "modular exponentiation",
    "pow mod": "modular exponentiation",
    "binary exponentiation": "fast exponentiation",
    "binary exponent": "fast exponentiation",
    "fast power": "fast exponentiation",
    "binpow": "fast exponentiation",
    "karatsuba": "Karatsuba multiplication",
    "strassen": "Strassen matrix multiplication",
    "matrix multiply": "matrix multiplication",
    "matmul": "matrix multiplication",
    "determinant": "matrix determinant",
    "transpose": "matrix transpose",
    "gaussian": "Gaussian elimination",
    "gauss": "Gaussian elimination",
    "lu decomposition": "LU decomposition",
    "is palindrome": "palindrome check",
    "palindrome": "palindrome check",
    "anagram": "anagram check",
    "anagrams": "anagram check",
    "pangram": "isogram and pangram check",
    "isogram": "isogram and pangram check",
    "collatz": "Collatz sequence",
    "armstrong": "Armstrong numbers",
    "perfect number": "perfect numbers",
    "happy number": "happy numbers",
    "ugly number": "ugly numbers",
    "harshad": "Harshad numbers",
    "automorphic": "automorphic numbers",
    "perfect square": "perfect squares",
    "kadane": "maximum subarray",
    "max subarray": "maximum subarray",
    "max sub array": "maximum subarray",
    "maximum subarray": "maximum subarray",
    "prim": "Prim",
    "prims": "Prim",
    "kruskal": "Kruskal",
    "boruvka": "Borůvka",
    "dinic": "Dinic",
    "dinics": "Dinic",
    "bellman ford": "Bellman-Ford",
    "floyd warshall": "Floyd-Warshall",
    "floyd": "Floyd's cycle finding",
    "hungarian": "Hungarian algorithm",
    "a star": "A* search",
    "astar": "A* search",
    "topological": "topological sort",
    "topo sort": "topological sort",
    "topsort": "topological sort",
    "has cycle": "cycle detection",
    "detect cycle": "cycle detection",
    "is cyclic": "directed cycle detection",
    "is bipartite": "bipartite check",
    "bipartite": "bipartite check",
    "graph coloring": "graph colouring",
    "euler path": "Euler path",
    "eulerian path": "Euler path",
    "hamiltonian cycle": "Hamiltonian path",
    "hamilton cycle": "Hamiltonian path",
    "articulation point": "articulation points",
    "bridge": "bridges",
    "find bridges": "bridges",
    "max flow": "Ford-Fulkerson",
    "tsp": "travelling salesman",
    "travelling salesman": "travelling salesman",
    "traveling salesman": "travelling salesman",
    "rod cutting": "rod cutting",
    "cut rod": "rod cutting",
    "matrix chain": "matrix chain multiplication",
    "egg drop": "memoised recursion",
    "climb stairs": "climbing stairs",
    "coin change": "coin change minimum",
    "game of life": "game of life",
    "nim": "nim",
    "caesar": "Caesar shift",
    "rot13": "Caesar shift",
    "vigenere": "substitution cipher",
    "affine cipher": "substitution cipher",
    "roman to int": "Roman numerals",
    "int to roman": "Roman numerals",
    "roman to integer": "Roman numerals",
    "to binary": "base conversion",
    "decimal to binary": "base conversion",
    "binary to decimal": "base conversion",
    "to decimal": "base conversion",
    "decimal to": "base conversion",
    "to hexadecimal": "hexadecimal conversion",
    "shunting yard": "shunting yard",
    "infix to postfix": "shunting yard",
    "infix to prefix": "shunting yard",
    "evaluate postfix": "postfix evaluation",
    "balanced parentheses": "stack matching",
    "lru": "least recently used cache",
    "lfu": "least frequently used cache",
    "linked list": "singly linked list",
    "singly linked list": "singly linked list",
    "doubly linked list": "doubly linked list",
    "min heap": "binary heap",
    "max heap": "binary heap",
    "heapify": "binary heap",
    "heap": "binary heap",
    "sift down": "binary heap",
    "circular queue": "circular buffer",
    "hash table": "hash table implementation",
    "hash map": "hash table implementation",
    "trie": "prefix tree insertion",
    "simpson": "numerical integration",
    "trapezoidal": "numerical integration",
    "runge kutta": "ordinary differential equation step",
    "newton raphson": "Newton's method",
    "bisection": "root bisection",
    "monte carlo": "Monte Carlo estimation",
    "lagrange": "polynomial interpolation",
    "interpolation search": "interpolation search",
    "leap year": "date arithmetic",
    "zeller": "date arithmetic",
    "luhn": "checksum validation",
    "checksum": "checksum validation",
    "unique paths": "grid path counting",
    "word break": "word break",
    "word search": "word search in grid",
    "generate parentheses": "ballot sequence",
    "permutations": "permutation backtracking",
    "permute": "permutation backtracking",
    "combination sum": "combination sum",
    "power set": "all subsets",
    "subsets": "all subsets",
    "page rank": "centrality ranking",
    "hamming": "Hamming distance",
    "jaro winkler": "string similarity score",
    "round robin": "simulation with queue",
    "cellular": "cellular automaton",
    "factorial": "big factorial",
    "nth prime": "primality by trial division",
    "sum of digits": "sum of digits",
    "digit sum": "sum of digits",
    "is armstrong": "Armstrong numbers",
    "area": "volume and surface area",
    "surface area": "volume and surface area",
    "volume": "volume and surface area",
    "vol": "volume and surface area",
    "quadratic roots": "quadratic equation",
    "is power of two": "power of two test",
    "count set bits": "population count",
    "set bits": "population count",
    "gray": "Gray code",
    "linear regression": "linear regression",
    "gradient descent": "gradient descent",
    "cocktail": "bubble sort",
    "tree sort": "binary search tree",
    "scheduling": "shortest job first",
    "find median": "mean and median",
    "median": "mean and median",
    "mean": "mean and median",
    "mode": "mode of array",
    "majority": "majority vote",
}


def _key(words: list[str]) -> tuple[str, ...]:
    """Words in one spelling: lower case, singular."""
    return tuple(
        w[:-1] if len(w) > 3 and w.endswith("s") and not w.endswith("ss") else w for w in words
    )


def _words(name: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(name)]


def _index() -> dict[tuple[str, ...], str]:
    index: dict[tuple[str, ...], str] = {}
    for leaf in ONTOLOGY:
        plain = leaf[-1].lower().replace("'s", "s").replace("'", "")
        if leaf[0] in _CATEGORIES and plain not in _VAGUE:
            index[_key(re.findall(r"[a-z0-9]+", plain))] = leaf[-1]
    for alias, name in _ALIASES.items():
        index[_key(alias.split())] = name
    return index


_INDEX = _index()


def name_features(program: Program) -> dict[str, int]:
    """Names found → weight, from what the program defines (never from what it mentions)."""
    found: dict[str, int] = {}
    for name in (*(function.name for function in program.functions), *program.classes):
        words = _key(_words(name))[:12]
        taken = 0
        for size in range(min(_LONGEST, len(words)), 0, -1):
            for start in range(len(words) - size + 1):
                hit = _INDEX.get(words[start : start + size])
                if hit and size > taken:
                    found[hit] = 5 if size > 1 or len(words) == 1 else 4
                    taken = size
    return found
