"""Solvers on pairs of sequences: schedules."""

from __future__ import annotations

from synthsmith.teachers.procedural.algebra import Code, Solver, Variant

PARTS = (
    Solver(
        name="jobs done on time",
        takes="pair",
        features=(
            ("algorithm", "greedy", "scheduling", "earliest deadline first"),
            ("algorithm", "greedy", "scheduling", "job sequencing with deadlines"),
            ("algorithm", "greedy", "greedy with undo"),
            ("data structure", "heap structure", "binary heap"),
        ),
        answer="the greatest number of jobs done on time",
        titles=("Before the Deadline", "A Busy Tailor", "On Time or Not at All"),
        fn_name="jobsOnTime",
        wordings={
            "codeforces": (
                "Order i takes {hero} as many hours as the i-th number of {x} and is due after as "
                "many hours as the i-th number of {z}; working on one order at a time from hour "
                "0, how many can be delivered in time at most?",
                "{hero} repairs clocks one after the other, beginning at time 0; clock i needs "
                "the i-th element of {x} as time and must be ready no later than the i-th element "
                "of {z}. How many clocks can be ready in time?",
            ),
            "atcoder": (
                "Jobs with durations {x} and deadlines {z} are processed one at a time from time "
                "0; find the maximum number of jobs that are finished no later than their "
                "deadlines.",
                "Find the greatest number of jobs that one machine, starting at time 0, can "
                "finish by their deadlines, where {x} holds the durations and {z} the deadlines.",
            ),
            "leetcode": (
                "Return the maximum number of jobs that can be done one at a time from time 0 "
                "such that each ends by its deadline; {x} are durations, {z} deadlines.",
                "Return how many courses can be completed at most, when course i lasts as long as "
                "element i of {x} and must end by time element i of {z}, never two at once.",
            ),
        },
        needs=lambda shape: shape.lo >= 1,
        python=(
            Code(
                "by deadline, dropping the longest",
                """\
def solve(a, b):
    heap = []
    time = 0
    for deadline, duration in sorted(zip(b, a)):
        heappush(heap, -duration)
        time += duration
        if time > deadline:
            time += heappop(heap)
    return len(heap)
""",
                "Jobs are taken by deadline; when one is late, the longest so far is dropped, "
                "which frees the most time.",
                "O(n log n)",
            ),
            Code(
                "swap for a longer one",
                """\
def solve(a, b):
    chosen = []
    time = 0
    for deadline, duration in sorted(zip(b, a)):
        if time + duration <= deadline:
            insort(chosen, duration)
            time += duration
        elif chosen and chosen[-1] > duration:
            time += duration - chosen.pop()
            insort(chosen, duration)
    return len(chosen)
""",
                "By deadline, a job that does not fit replaces the longest chosen one if it is "
                "shorter.",
                "O(n log n)",
            ),
        ),
        brute=Code(
            "least time for each number of jobs",
            """\
def solve(a, b):
    best = [0]
    for deadline, duration in sorted(zip(b, a)):
        best.append(float("inf"))
        for count in range(len(best) - 1, 0, -1):
            if best[count - 1] + duration <= deadline:
                best[count] = min(best[count], best[count - 1] + duration)
    return max(count for count, time in enumerate(best) if time < float("inf"))
""",
            "For each number of jobs the least finishing time is kept.",
            "O(n^2)",
        ),
        cpp=(
            Code(
                "by deadline, dropping the longest",
                """\
ll solve(const vector<ll>& a, const vector<ll>& b) {
    vector<pair<ll, ll>> jobs;
    for (size_t i = 0; i < a.size(); i++) jobs.push_back({b[i], a[i]});
    sort(jobs.begin(), jobs.end());
    priority_queue<ll> longest;
    ll time = 0;
    for (auto& [deadline, duration] : jobs) {
        longest.push(duration);
        time += duration;
        if (time > deadline) {
            time -= longest.top();
            longest.pop();
        }
    }
    return longest.size();
}
""",
                "Jobs are taken by deadline; when one is late, the longest so far is dropped.",
                "O(n log n)",
            ),
        ),
        mistakes=(
            Variant(
                "drops the shortest job when one is late",
                (
                    "by deadline, dropping the longest",
                    "        heappush(heap, -duration)\n"
                    "        time += duration\n"
                    "        if time > deadline:\n"
                    "            time += heappop(heap)\n",
                    "        heappush(heap, duration)\n"
                    "        time += duration\n"
                    "        if time > deadline:\n"
                    "            time -= heappop(heap)\n",
                ),
                (
                    "by deadline, dropping the longest",
                    "priority_queue<ll> longest;",
                    "priority_queue<ll, vector<ll>, greater<ll>> longest;",
                ),
            ),
            Variant(
                "does not take back the time of a dropped job",
                ("by deadline, dropping the longest", "time += heappop(heap)", "heappop(heap)"),
                ("by deadline, dropping the longest", "            time -= longest.top();\n", ""),
            ),
            Variant(
                "does not order the jobs by deadline",
                ("by deadline, dropping the longest", "sorted(zip(b, a))", "zip(b, a)"),
                (
                    "by deadline, dropping the longest",
                    "    sort(jobs.begin(), jobs.end());\n",
                    "",
                ),
            ),
            Variant(
                "lets a job that ends exactly at its deadline be late",
                (
                    "swap for a longer one",
                    "time + duration <= deadline",
                    "time + duration < deadline",
                ),
            ),
        ),
        misreadings=(
            Variant(
                "takes the deadline for the latest start",
                (
                    "by deadline, dropping the longest",
                    "for deadline, duration in sorted(zip(b, a)):\n",
                    "for deadline, duration in sorted((q + p, p) for p, q in zip(a, b)):\n",
                ),
                (
                    "by deadline, dropping the longest",
                    "{b[i], a[i]}",
                    "{b[i] + a[i], a[i]}",
                ),
            ),
            Variant(
                "works on all jobs at the same time",
                (
                    "by deadline, dropping the longest",
                    "    heap = []\n",
                    "    return sum(duration <= deadline for duration, deadline in zip(a, b))\n"
                    "    heap = []\n",
                ),
                (
                    "by deadline, dropping the longest",
                    "    ll time = 0;\n",
                    "    ll time = 0, fits = 0;\n"
                    "    for (auto& [deadline, duration] : jobs) fits += duration <= deadline;\n"
                    "    if (fits >= 0) return fits;\n",
                ),
            ),
        ),
        pitfalls="A job may end exactly at its deadline, and one longer than its deadline is never "
        "on time.",
        difficulty=0.6,
        large=12_000,
        slow_brute=False,
    ),
)
