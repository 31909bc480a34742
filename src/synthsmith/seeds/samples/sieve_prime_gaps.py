# Number of primes up to N and the largest gap between neighbouring ones.
n = int(input())
is_prime = bytearray([1]) * (n + 1)
is_prime[0:2] = b"\0\0"
i = 2
while i * i <= n:
    if is_prime[i]:
        is_prime[i * i::i] = bytes(len(range(i * i, n + 1, i)))
    i += 1
primes = [p for p in range(2, n + 1) if is_prime[p]]
gap = max((b - a for a, b in zip(primes, primes[1:])), default=0)
print(len(primes), gap)
