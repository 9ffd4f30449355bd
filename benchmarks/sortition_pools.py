"""Pools and quotas as a citizens' panel has them, from a seed: shares of the people, a pool that leans its own way."""

from __future__ import annotations

import csv
import math
import random
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Instance:
    """A pool to draw from: so many people, a panel, and how many values each category has."""

    people: int
    panel: int
    categories: tuple[int, ...]
    seed: int

    @property
    def name(self) -> str:
        """Such as ``300→30, 27 values``."""
        return f"{self.people}→{self.panel}, {sum(self.categories)} values"


#: From small to large; the second and third are hard: many values, hardly two people alike.
INSTANCES = (
    Instance(150, 22, (2, 4, 3, 4), 1),
    Instance(300, 30, (2, 6, 5, 4, 3, 7), 2),
    Instance(360, 40, (3, 6, 4, 4, 3, 5), 3),
    Instance(500, 50, (2, 5, 5, 3), 6),
    Instance(1000, 110, (2, 5, 6, 3, 4), 4),
    Instance(1727, 110, (2, 4, 4, 3), 7),
    Instance(2000, 200, (2, 5, 6, 4), 5),
)


def make(instance: Instance) -> tuple[list[list[int]], list[list[tuple[int, int]]]]:
    """``(pool, quotas)``: each person's value of each category, and at least and at most of each value.

    Quotas are within 5 % of the people's shares and at least one seat wide; values hang together (who is odd in one
    category is likelier to be odd in the others).
    """
    draw = random.Random(instance.seed)
    shares: list[list[float]] = []
    for count in instance.categories:
        weights = [draw.uniform(0.5, 2.0) for _ in range(count)]
        shares.append([one / sum(weights) for one in weights])
    leaning = [[share * draw.uniform(0.4, 2.2) for share in category] for category in shares]
    pool: list[list[int]] = []
    for _ in range(instance.people):
        odd = draw.random() > 0.5
        pool.append(
            [
                draw.choices(
                    range(len(category)), [w * (1.8 if odd == (v % 2 == 0) else 1.0) for v, w in enumerate(category)]
                )[0]
                for category in leaning
            ]
        )
    quotas: list[list[tuple[int, int]]] = []
    for number, category in enumerate(shares):
        limits: list[tuple[int, int]] = []
        for value, share in enumerate(category):
            there = sum(one[number] == value for one in pool)
            least = min(math.floor(share * instance.panel * 0.95), there)
            limits.append((least, max(math.ceil(share * instance.panel * 1.05), least + 1)))
        quotas.append(limits)
    return pool, quotas


def write(instance: Instance, folder: Path) -> list[Path]:
    """``categories.csv`` and ``respondents.csv`` of an instance."""
    pool, quotas = make(instance)
    categories, respondents = folder / "categories.csv", folder / "respondents.csv"
    with categories.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["feature", "value", "min", "max"])
        for number, limits in enumerate(quotas):
            rows.writerows([f"category{number}", f"value{value}", *limit] for value, limit in enumerate(limits))
    with respondents.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "name", *(f"category{number}" for number in range(len(quotas)))])
        rows.writerows(
            [f"p{number}", f"Person {number}", *(f"value{value}" for value in one)] for number, one in enumerate(pool)
        )
    return [categories, respondents]
