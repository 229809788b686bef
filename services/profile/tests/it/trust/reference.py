#!/usr/bin/env python3
"""Trust scores of JSON histories, a line each: the published formula once more, in 40-digit decimals.

It shares nothing with the Rust code: sums are exact to far beyond a float, the incomplete beta function is a power series
(Rust: a continued fraction), and the gamma function is Stirling's series (Rust: libm). Standard library only.

History: {"now": s, "seller": id, "contributions": [[kind, buyer, value, at, source], …], "payments": [[from, to, value], …]}
"""
import json
import sys
from collections import defaultdict
from decimal import Decimal as D, getcontext

getcontext().prec = 40

PRIOR = (D(1), D(1))
DOUBT = D("0.05")
HALF_LIFE = 180 * 86400
ORDINARY = 5_000_000
DOUBLING, LIGHTEST, HEAVIEST = D("0.25"), D("0.25"), D("1.5")
TINY = 100_000
CAP = D("1.5")
STRANGER = D("0.5")
SHOWN_FROM = 5
SEGMENTS = [0, 5_000_000, 50_000_000]
KINDS = {"in_time": (D(1), D(0), True), "late": (D("0.5"), D("0.5"), True), "failed": (D(0), D(1), False)}

LN2 = D(2).ln()
HALF_LN_2PI = (2 * D("3.141592653589793238462643383279502884197169")).ln() / 2
BERNOULLI = [D(1) / 6, D(-1) / 30, D(1) / 42, D(-1) / 30, D(5) / 66, D(-691) / 2730, D(7) / 6, D(-3617) / 510]


def ln_gamma(z):
    shift = D(1)
    while z < 60:
        shift *= z
        z += 1
    total = (z - D("0.5")) * z.ln() - z + HALF_LN_2PI
    for k, number in enumerate(BERNOULLI, 1):
        total += number / (2 * k * (2 * k - 1) * z ** (2 * k - 1))
    return total - shift.ln()


def series(x, a, b, ln_beta):
    """I_x(a, b) as x^a (1-x)^b / (a B(a, b)) times a sum of positive terms."""
    term = total = D(1)
    n = 0
    while term > total * D("1e-30"):
        term *= x * (a + b + n) / (a + 1 + n)
        total += term
        n += 1
    return (a * x.ln() + b * (1 - x).ln() - ln_beta).exp() / a * total


def quantile(share, a, b):
    ln_beta = ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b)
    low, high = D(0), D(1)
    for _ in range(48):
        x = (low + high) / 2
        mass = series(x, a, b, ln_beta) if x < a / (a + b) else 1 - series(1 - x, b, a, ln_beta)
        low, high = (x, high) if mass < share else (low, x)
    return (low + high) / 2


def bound(good, bad):
    return 100 * quantile(DOUBT, PRIOR[0] + good, PRIOR[1] + bad)


def weight(value):
    if value <= 0:
        return LIGHTEST
    return min(HEAVIEST, max(LIGHTEST, 1 + DOUBLING * (D(value) / ORDINARY).ln() / LN2))


def standing(history):
    """For each buyer: the share of their money that is their own, and how known they are."""
    seller = history["seller"]
    pays = defaultdict(lambda: defaultdict(int))
    for payer, payee, value in history["payments"]:
        if payer != payee and value > 0:
            pays[payer][payee] += value
    bought = defaultdict(int)
    for kind, buyer, value, _, _ in history["contributions"]:
        if buyer != seller:
            bought[buyer] += value if KINDS[kind][2] and value > 0 else 0
    sales, seller_spent = sum(bought.values()), sum(pays[seller].values())
    result = {}
    for buyer, paid in bought.items():
        payers = [payer for payer in list(pays) if payer != seller and buyer in pays[payer]]
        back = pays[seller].get(buyer, 0) + sum(min(pays[seller].get(y, 0), pays[y][buyer]) for y in payers)
        earned = pays[seller].get(buyer, 0) + sum(pays[y][buyer] for y in payers)
        own = 0
        if paid:
            near = max(paid - back, 0) * 10**6 // paid
            far = max(max(paid - earned, 0) * 10**6 // paid, max(sales - seller_spent, 0) * 10**6 // sales)
            own = min(near, far)
        elsewhere = sum(value for payee, value in pays[buyer].items() if payee != seller)
        result[buyer] = (D(own) / 10**6, D(1) if elsewhere >= TINY else STRANGER)
    return result


def trust(history, buyers, floor):
    now, seller = history["now"], history["seller"]
    deals = defaultdict(list)
    for kind, buyer, value, at, _ in history["contributions"]:
        if buyer != seller and max(value, 0) >= floor:
            deals[buyer].append((kind, value, at))
    left = {name: D(0) for name in ("tiny", "faded", "capped", "circles", "strangers")}
    total_good = total_bad = D(0)
    completed = 0
    for buyer, its in deals.items():
        own, known = buyers[buyer]
        good = bad = D(0)
        for kind, value, at in its:
            for_it, against_it, completes = KINDS[kind]
            heavy = weight(value)
            stays = (-LN2 * max(now - at, 0) / HALF_LIFE).exp()
            if value < TINY:
                left["tiny"] += for_it * heavy
                for_it = D(0)
            elif completes and own > 0:
                completed += 1
            good += for_it * heavy * stays
            bad += against_it * heavy * stays
            left["faded"] += (for_it + against_it) * heavy * (1 - stays)
        left["capped"] += good - min(good, CAP) + bad - min(bad, CAP)
        good, bad = min(good, CAP), min(bad, CAP)
        left["circles"] += good * (1 - own)
        left["strangers"] += good * own * (1 - known)
        total_good += good * own * known
        total_bad += bad
    lower = bound(total_good, total_bad)
    six = lambda number: round(float(number), 6)
    return {
        "from": floor,
        "score": six(lower) if completed >= SHOWN_FROM else None,
        "bound": six(lower),
        "completed": completed,
        "good": six(total_good),
        "bad": six(total_bad),
        "left_out": {name: six(mass) for name, mass in left.items()},
    }


def trusts(history):
    buyers = standing(history)
    return [trust(history, buyers, floor) for floor in SEGMENTS]


if __name__ == "__main__":
    print('"ready"', flush=True)
    for history in json.loads(sys.argv[1]):
        print(json.dumps(trusts(history)), flush=True)
