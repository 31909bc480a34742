"""Solvers on sequences: heaps and stacks."""

from __future__ import annotations

from synthsmith.teachers.procedural.algebra import INT64, Code, Shape, Solver, Variant


def _sums_fit(shape: Shape) -> bool:
    return shape.hi * shape.n_max**2 < INT64


PARTS = (
    Solver(
        name="merging the two smallest",
        takes="array",
        features=(
            ("data structure", "heap structure", "priority queue", "merging cheapest pair"),
            ("algorithm", "greedy", "Huffman coding"),
            ("algorithm", "greedy", "greedy with heap"),
        ),
        answer="the least total cost of joining everything",
        titles=("Joining Ropes", "One Pile in the End", "A Cheap Union"),
        fn_name="cheapestJoining",
        wordings={
            "codeforces": (
                "{hero} joins the elements of {x} into one: any two heaps may be replaced by one "
                "of their sum, and that costs the sum; what is the least total cost?",
                "The numbers {x} are ropes, and tying two together costs the sum of their "
                "lengths, which is also the length of the new rope; {hero} asks for the least "
                "price of a single rope made of all.",
            ),
            "atcoder": (
                "Repeatedly two elements of {x}, wherever they stand, are replaced by their sum at "
                "a cost equal to it, until one is left; find the minimum total cost.",
                "Find the minimum cost of merging all elements of {x} into one, where merging any "
                "two values p and q costs p + q and yields p + q.",
            ),
            "leetcode": (
                "Return the least total cost of combining all numbers in {x} into one, when any "
                "two are combined into their sum at the cost of that sum.",
                "Return the minimum total price of joining sticks of lengths {x} into one stick, "
                "when joining any two costs the sum of their lengths.",
            ),
        },
        needs=lambda shape: shape.lo >= 0 and shape.hi >= 3 and _sums_fit(shape),
        python=(
            Code(
                "heap",
                """\
def solve(a):
    heap = list(a)
    heapify(heap)
    total = 0
    while len(heap) > 1:
        joined = heappop(heap) + heappop(heap)
        total += joined
        heappush(heap, joined)
    return total
""",
                "It is always best to join the two smallest, and a heap hands them out.",
                "O(n log n)",
            ),
            Code(
                "two queues",
                """\
def solve(a):
    single = deque(sorted(a))
    joined = deque()
    total = 0

    def smallest():
        if not joined or (single and single[0] <= joined[0]):
            return single.popleft()
        return joined.popleft()

    while len(single) + len(joined) > 1:
        joined.append(smallest() + smallest())
        total += joined[-1]
    return total
""",
                "Joined sums never fall, so after one sort two plain queues replace the heap.",
                "O(n log n)",
            ),
        ),
        brute=Code(
            "search for the two smallest",
            """\
def solve(a):
    values = list(a)
    total = 0
    while len(values) > 1:
        first = min(values)
        values.remove(first)
        second = min(values)
        values.remove(second)
        total += first + second
        values.append(first + second)
    return total
""",
            "The two smallest are searched for anew each time.",
            "O(n^2)",
        ),
        cpp=(
            Code(
                "heap",
                """\
ll solve(const vector<ll>& a) {
    priority_queue<ll, vector<ll>, greater<ll>> heap(a.begin(), a.end());
    ll total = 0;
    while (heap.size() > 1) {
        ll joined = heap.top();
        heap.pop();
        joined += heap.top();
        heap.pop();
        total += joined;
        heap.push(joined);
    }
    return total;
}
""",
                "It is always best to join the two smallest, and a heap hands them out.",
                "O(n log n)",
            ),
        ),
        mistakes=(
            Variant(
                "joins in ascending order, always with the sum so far",
                (
                    "heap",
                    "    heap = list(a)\n",
                    "    return sum(list(accumulate(sorted(a)))[1:])\n    heap = list(a)\n",
                ),
                (
                    "heap",
                    "    ll total = 0;\n",
                    "    ll total = 0;\n"
                    "    if (!heap.empty()) {\n"
                    "        ll joined = heap.top();\n"
                    "        for (heap.pop(); !heap.empty(); heap.pop()) total += joined += "
                    "heap.top();\n"
                    "    }\n",
                ),
            ),
            Variant(
                "does not count the last joining",
                ("heap", "while len(heap) > 1:", "while len(heap) > 2:"),
                ("heap", "while (heap.size() > 1)", "while (heap.size() > 2)"),
            ),
            Variant(
                "takes the sum of all elements for the cost",
                (
                    "search for the two smallest",
                    "total = 0\n",
                    "return sum(values) if len(values) > 1 else 0\n    total = 0\n",
                ),
            ),
        ),
        misreadings=(
            Variant(
                "lets only the two greatest be joined, for the most expensive way",
                (
                    "heap",
                    "heapify(heap)\n    total = 0\n",
                    "heap.sort()\n    total = 0\n    while len(heap) > 1:\n"
                    "        heap.append(heap.pop() + heap.pop())\n"
                    "        total += heap[-1]\n",
                ),
                ("heap", "priority_queue<ll, vector<ll>, greater<ll>>", "priority_queue<ll>"),
            ),
            Variant(
                "counts the cost of a joining as the greater of the two",
                (
                    "heap",
                    "joined = heappop(heap) + heappop(heap)\n        total += joined\n",
                    "low = heappop(heap)\n        joined = low + heappop(heap)\n"
                    "        total += joined - low\n",
                ),
                (
                    "heap",
                    "joined += heap.top();\n        heap.pop();\n        total += joined;",
                    "total += heap.top();\n        joined += heap.top();\n        heap.pop();",
                ),
            ),
        ),
        pitfalls="A single element costs nothing, and a joined heap goes back among the others.",
        difficulty=0.45,
        large=18_000,
        empty="0",
    ),
    Solver(
        name="next greater elements",
        takes="array",
        features=(
            ("data structure", "linear structure", "monotonic stack", "next greater element"),
            ("data structure", "linear structure", "stack", "stack of indices"),
        ),
        answer="for each element, in order, the next greater one or -1",
        titles=("Looking Over Heads", "The Next Taller", "Who Blocks the View"),
        fn_name="nextGreater",
        gives="list",
        wordings={
            "codeforces": (
                "For each element of {x} {hero} looks to the right for the first strictly greater "
                "one; print how many positions away it is, or -1 where there is none.",
                "From every position of {x} {hero} walks right until an element is strictly "
                "greater than the one at the start; print the numbers of steps, with -1 for walks "
                "that never end.",
            ),
            "atcoder": (
                "For each i find the least d > 0 such that element i + d of {x} is strictly "
                "greater than element i, or -1 if there is no such d.",
                "For every element of {x} find the distance to the first strictly greater element "
                "to its right, -1 standing for none.",
            ),
            "leetcode": (
                "Return a list with, for each element of {x}, the distance to the next strictly "
                "greater element on its right, or -1 if there is none.",
                "Return, position by position, after how many places of {x} a strictly greater "
                "element follows for the first time, and -1 where none follows.",
            ),
        },
        needs=lambda shape: shape.n_max >= 5 and shape.full,
        python=(
            Code(
                "stack of waiting positions",
                """\
def solve(a):
    answers = [-1] * len(a)
    stack = []
    for i, value in enumerate(a):
        while stack and a[stack[-1]] < value:
            j = stack.pop()
            answers[j] = i - j
        stack.append(i)
    return answers
""",
                "Positions that still wait for a greater element form a falling stack; a new "
                "element answers all smaller ones on its top.",
                "O(n)",
            ),
            Code(
                "jumps from the right",
                """\
def solve(a):
    answers = [-1] * len(a)
    for i in range(len(a) - 2, -1, -1):
        j = i + 1
        while a[j] <= a[i] and answers[j] != -1:
            j += answers[j]
        if a[j] > a[i]:
            answers[i] = j - i
    return answers
""",
                "From right to left, answers already known let the search skip what is not "
                "greater.",
                "O(n)",
            ),
        ),
        brute=Code(
            "look at all that follow",
            """\
def solve(a):
    answers = []
    for i in range(len(a)):
        found = -1
        for j in range(len(a) - 1, i, -1):
            if a[j] > a[i]:
                found = j - i
        answers.append(found)
    return answers
""",
            "For each position all later ones are looked at.",
            "O(n^2)",
        ),
        cpp=(
            Code(
                "stack of waiting positions",
                """\
vector<ll> solve(const vector<ll>& a) {
    vector<ll> answers(a.size(), -1), waiting;
    for (ll i = 0; i < (ll)a.size(); i++) {
        while (!waiting.empty() && a[waiting.back()] < a[i]) {
            answers[waiting.back()] = i - waiting.back();
            waiting.pop_back();
        }
        waiting.push_back(i);
    }
    return answers;
}
""",
                "A new element answers all smaller ones on top of the stack of those that wait.",
                "O(n)",
            ),
        ),
        mistakes=(
            Variant(
                "answers only the topmost waiting position",
                ("stack of waiting positions", "while stack and", "if stack and"),
                ("stack of waiting positions", "while (!waiting", "if (!waiting"),
            ),
            Variant(
                "counts only the elements in between",
                ("stack of waiting positions", "= i - j", "= i - j - 1"),
                (
                    "stack of waiting positions",
                    "= i - waiting.back();",
                    "= i - waiting.back() - 1;",
                ),
            ),
            Variant(
                "compares neighbours only",
                ("jumps from the right", "while a[j] <= a[i] and", "while False and"),
            ),
            Variant(
                "finds the last greater element",
                ("look at all that follow", "range(len(a) - 1, i, -1)", "range(i + 1, len(a))"),
            ),
        ),
        misreadings=(
            Variant(
                "takes an equal element for a greater one",
                ("stack of waiting positions", "a[stack[-1]] < value", "a[stack[-1]] <= value"),
                (
                    "stack of waiting positions",
                    "a[waiting.back()] < a[i]",
                    "a[waiting.back()] <= a[i]",
                ),
            ),
            Variant(
                "gives the element itself in place of its distance",
                ("stack of waiting positions", "answers[j] = i - j", "answers[j] = value"),
                (
                    "stack of waiting positions",
                    "= i - waiting.back();",
                    "= a[i];",
                ),
            ),
        ),
        pitfalls="Equal elements do not end a search, and the last element never has an answer.",
        difficulty=0.45,
        large=14_000,
    ),
)
