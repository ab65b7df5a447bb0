"""Turns CDNOW_master.txt into commands for the shop: cdnow.py DATA LIMIT|all OUTPUT

A line of the data is one purchase: customer, date, number of CDs, dollars. Each becomes a cart of its own, because customer and
date together occur more than once: its CDs are added, then it is checked out.
"""

import json
import os
import sys

# What the whole data holds; anything else is not that data.
PURCHASES = 69_659
CENTS = 250_031_563


def cents(dollars: str) -> int:
    """Exact: a float would lose a cent somewhere in 70,000 purchases."""
    whole, point, fraction = dollars.partition(".")
    if not (whole.isdigit() and point and len(fraction) == 2 and fraction.isdigit()):
        raise ValueError(f"{dollars!r} is not an amount of dollars and cents")
    return int(whole) * 100 + int(fraction)


def lines(total: int, count: int):
    """Splits a total over a number of CDs into at most two lines of (quantity, unit price) that come to it exactly."""
    price, dearer = divmod(total, count)
    return [line for line in ((count - dearer, price), (dearer, price + 1)) if line[0] > 0]


def purchases(path: str):
    with open(path, encoding="ascii") as data:
        if data.readline().split() != ["customer_id", "date", "number_of_cds", "dollar_value"]:
            raise ValueError(f"{path} does not begin as CDNOW_master.txt does")
        for line in data:
            customer, _, count, dollars = line.split()
            yield customer, int(count), cents(dollars)


def commands(number: int, customer: str, count: int, total: int):
    cart = f"cdnow-{number:06}"
    for kind, (quantity, price) in enumerate(lines(total, count), start=1):
        yield "shop.cart.add-item.v1", cart, {
            "cartId": cart, "sku": f"cd-{kind}", "quantity": quantity, "unitPriceCents": price}
    yield "shop.cart.check-out.v1", cart, {
        "cartId": cart, "customerId": f"customer-{customer}", "paymentMethod": "card-cdnow"}


def main(path: str, limit: str, output: str) -> None:
    taken = written = free = total = 0
    with open(output + ".partial", "w", encoding="ascii") as out:
        for number, (customer, count, value) in enumerate(purchases(path), start=1):
            if limit != "all" and number > int(limit):
                break
            for type_, cart, data in commands(number, customer, count, value):
                command = {"type": type_, "partitionkey": cart, "data": data}
                out.write(json.dumps(command, separators=(",", ":")) + "\n")
                written += 1
            taken, free, total = number, free + (value == 0), total + value
    if limit == "all" and (taken, total) != (PURCHASES, CENTS):
        raise ValueError(f"{path} holds {taken} purchases of {total} cents, not {PURCHASES} of {CENTS}")
    os.replace(output + ".partial", output)
    print(json.dumps({
        "purchases": taken, "free": free, "cents": total, "commands": written,
        "placed": taken, "confirmed": taken, "confirmedCents": total,
        "cancelled": {}, "commandsRejected": 0, "refunded": 0, "refundedCents": 0,
    }))


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except (OSError, ValueError) as error:
        sys.exit(f"cdnow: {error}")
