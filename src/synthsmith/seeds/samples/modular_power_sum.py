# Sum of a geometric series modulo M by divide and conquer (M need not be prime).
def series(r, n, m):
    """1 + r + ... + r^(n-1) mod m and r^n mod m."""
    if n == 0:
        return 0, 1 % m
    half, power = series(r, n // 2, m)
    total = half * (1 + power) % m
    power = power * power % m
    if n % 2:
        total = (total + power) % m
        power = power * r % m
    return total, power


r, n, m = map(int, input().split())
print(series(r, n, m)[0])
