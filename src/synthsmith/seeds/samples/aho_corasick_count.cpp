// Total occurrences of a set of words in a text, Aho-Corasick.
#include <bits/stdc++.h>
using namespace std;

struct Node {
    array<int, 26> next{};
    int link = 0;
    long long hits = 0;
};

int main() {
    int n;
    cin >> n;
    vector<Node> t(1);
    for (int i = 0; i < n; i++) {
        string w;
        cin >> w;
        int u = 0;
        for (char c : w) {
            if (!t[u].next[c - 'a']) {
                t[u].next[c - 'a'] = t.size();
                t.emplace_back();
            }
            u = t[u].next[c - 'a'];
        }
        t[u].hits++;
    }
    queue<int> q;
    for (int v : t[0].next)
        if (v) q.push(v);
    while (!q.empty()) {
        int u = q.front();
        q.pop();
        t[u].hits += t[t[u].link].hits;
        for (int c = 0; c < 26; c++) {
            int v = t[u].next[c];
            if (v) {
                t[v].link = t[t[u].link].next[c];
                q.push(v);
            } else {
                t[u].next[c] = t[t[u].link].next[c];
            }
        }
    }
    string text;
    cin >> text;
    long long total = 0;
    int u = 0;
    for (char c : text) total += t[u = t[u].next[c - 'a']].hits;
    cout << total << endl;
}
