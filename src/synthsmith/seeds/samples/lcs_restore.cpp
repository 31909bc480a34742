// One longest common subsequence of two strings, restored from the table.
#include <bits/stdc++.h>
using namespace std;

int dp[2005][2005];

int main() {
    string a, b;
    cin >> a >> b;
    int n = a.size(), m = b.size();
    for (int i = 1; i <= n; i++)
        for (int j = 1; j <= m; j++)
            dp[i][j] = a[i - 1] == b[j - 1] ? dp[i - 1][j - 1] + 1 : max(dp[i - 1][j], dp[i][j - 1]);
    string answer;
    int i = n, j = m;
    while (i && j) {
        if (a[i - 1] == b[j - 1]) {
            answer += a[i - 1];
            i--, j--;
        } else if (dp[i - 1][j] >= dp[i][j - 1]) {
            i--;
        } else {
            j--;
        }
    }
    reverse(answer.begin(), answer.end());
    cout << answer.size() << ' ' << answer << endl;
}
