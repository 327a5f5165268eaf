"""How a sample was drawn: strata, clusters, weights. What an estimate may claim follows from this."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property


class NotEnough(ValueError):
    """A stratum or cluster with one answer has no variance of its own; a stratum with none says nothing at all.

    strata: which strata or clusters. Merge each with one that is like it, or
    leave it out of what is published; a variance of 0 would be a false promise,
    and an estimate of everybody would speak for people nobody heard.
    """

    def __init__(self, strata: Sequence[str]) -> None:
        self.strata = tuple(strata)
        super().__init__("没有答卷或者只有一份答卷的层、群：" + "、".join(strata))


@dataclass(frozen=True)
class Stratum:
    """One layer of the sampling frame. population: its enterprises; its clusters where clusters were drawn."""

    key: str
    population: int


@dataclass(frozen=True)
class Cluster:
    """A township or market all or some of whose enterprises were asked. population: its enterprises."""

    key: str
    stratum: str
    population: int


@dataclass(frozen=True)
class Design:
    """Who was asked. ``asked`` has, for each answer sheet, its stratum, or its cluster where clusters were drawn.

    merged: stratum → the one whose variance it shares, for strata with a
    single answer or none; cluster → another of its stratum, for clusters with
    one. Weights stay their own, but answers stand also for the strata without
    any that are merged with theirs. Raises ValueError when more were asked
    than there are, or a stratum is unknown or there twice.
    """

    strata: tuple[Stratum, ...]
    asked: tuple[str, ...]
    clusters: tuple[Cluster, ...] = ()
    merged: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if twice := [key for key, times in Counter([*self.strata_keys, *self.cluster_keys]).items() if times > 1]:
            raise ValueError(f"写了两次：{'、'.join(twice)}")
        if strange := sorted({cluster.stratum for cluster in self.clusters} - set(self.population)):
            raise ValueError(f"没有这些层：{'、'.join(strange)}")
        known = {cluster.key for cluster in self.clusters} or set(self.population)
        if strange := sorted(set(self.asked) - known):
            raise ValueError(f"抽样框里没有：{'、'.join(strange)}")
        if strange := sorted({*self.merged, *self.merged.values()} - set(self.population) - set(self.cluster_of)):
            raise ValueError(f"没有这些层，不能合并：{'、'.join(strange)}")
        strata_of = {key: cluster.stratum for key, cluster in self.cluster_of.items()}
        for one, other in self.merged.items():
            if strata_of.get(one) != strata_of.get(other):
                raise ValueError(f"“{one}”和“{other}”不在同一层，不能合并")
        for key, taken in self.taken.items():
            if taken > self.population[key]:
                raise ValueError(f"“{key}”抽了 {taken} 个，比总数 {self.population[key]} 还多")
        for cluster in self.clusters:
            if self.answered[cluster.key] > cluster.population:
                raise ValueError(f"“{cluster.key}”的答卷比企业还多")

    @property
    def strata_keys(self) -> list[str]:
        """The strata of the frame."""
        return [stratum.key for stratum in self.strata]

    @property
    def cluster_keys(self) -> list[str]:
        """The clusters that were drawn."""
        return [cluster.key for cluster in self.clusters]

    @cached_property
    def population(self) -> dict[str, int]:
        """Stratum → how many there are to draw."""
        return {stratum.key: stratum.population for stratum in self.strata}

    @cached_property
    def answered(self) -> Counter[str]:
        """Stratum or cluster → answer sheets."""
        return Counter(self.asked)

    @cached_property
    def cluster_of(self) -> dict[str, Cluster]:
        """The clusters that were drawn, by key."""
        return {cluster.key: cluster for cluster in self.clusters}

    @cached_property
    def taken(self) -> dict[str, int]:
        """Stratum → how many were drawn of it."""
        if self.clusters:
            return dict(Counter(cluster.stratum for cluster in self.clusters))
        return dict(self.answered)

    @cached_property
    def weights(self) -> tuple[float, ...]:
        """For each answer sheet, how many enterprises it stands for."""
        by_place: dict[str, float] = {}
        for key, answered in self.answered.items():
            cluster = self.cluster_of.get(key)
            stratum = cluster.stratum if cluster else key
            first = self.population[stratum] / self.taken[stratum] * self._stands_for(stratum)
            by_place[key] = first * (cluster.population / answered if cluster else 1)
        return tuple(by_place[key] for key in self.asked)

    @cached_property
    def groups(self) -> dict[str, tuple[int, int]]:
        """Stratum after merging → (drawn, to draw from). Raises NotEnough where one alone is left."""
        found = {
            group: (sum(self.taken.get(key, 0) for key in keys), sum(self.population[key] for key in keys))
            for group, keys in self._families.items()
        }
        if alone := sorted(key for key, (taken, there) in found.items() if taken < min(there, 2)):
            raise NotEnough(alone)
        return {key: (taken, there) for key, (taken, there) in found.items() if there}

    @cached_property
    def _families(self) -> dict[str, list[str]]:
        """Stratum after merging → the strata in it."""
        found: dict[str, list[str]] = defaultdict(list)
        for key in self.population:
            found[self.group_of(key)].append(key)
        return found

    def _stands_for(self, stratum: str) -> float:
        """Return by how much the answers of a stratum count more, for strata of its group without any."""
        keys = self._families[self.group_of(stratum)]
        heard = sum(self.population[key] for key in keys if self.taken.get(key))
        return sum(self.population[key] for key in keys) / heard

    @cached_property
    def cells(self) -> dict[str, tuple[int, int]]:
        """Cluster after merging → (answers, enterprises), of those that answered. Raises NotEnough for one answer."""
        taken: Counter[str] = Counter()
        there: Counter[str] = Counter()
        for key, cluster in self.cluster_of.items():
            if self.answered[key]:
                taken[self.group_of(key)] += self.answered[key]
                there[self.group_of(key)] += cluster.population
        if alone := sorted(key for key, count in taken.items() if count == 1 and there[key] > 1):
            raise NotEnough(alone)
        return {key: (taken[key], there[key]) for key in taken}

    def group_of(self, stratum: str) -> str:
        """Return the stratum, or cluster, whose variance this one shares."""
        seen = {stratum}
        while (stratum := self.merged.get(stratum, stratum)) not in seen:
            seen.add(stratum)
        return stratum

    @property
    def degrees(self) -> int:
        """Degrees of freedom: drawn units less strata."""
        return sum(taken for taken, _ in self.groups.values()) - len(self.groups)

    def variance(self, values: Sequence[float]) -> float:
        """Return the variance of the sum of values, one for each answer sheet, already weighted.

        With finite population correction at each stage; the second stage adds
        what varies inside the clusters (Särndal, Swensson, Wretman 1992, 4.3).
        """
        sums: dict[str, dict[object, float]] = defaultdict(lambda: defaultdict(float))
        inside: dict[str, list[float]] = defaultdict(list)
        for number, (key, value) in enumerate(zip(self.asked, values, strict=True)):
            cluster = self.cluster_of.get(key)
            sums[self.group_of(cluster.stratum if cluster else key)][key if cluster else number] += value
            if cluster:
                inside[self.group_of(key)].append(value)
        silent = [cluster for cluster in self.clusters if not self.answered[cluster.key]]
        for cluster in silent:
            sums[self.group_of(cluster.stratum)][cluster.key] += 0
        found = 0.0
        for group, (taken, there) in self.groups.items():
            found += _spread(list(sums[group].values()), taken, there)
        for key, some in inside.items():
            cluster = self.cluster_of[key]
            share = self.taken[cluster.stratum] / self.population[cluster.stratum]
            found += share * _spread(some, *self.cells[key])
        return found


def _spread(values: Sequence[float], taken: int, there: int) -> float:
    """Return (1 - n/N) n/(n-1) Σ(z - z̄)²; nothing is uncertain where all were asked."""
    if taken == there or taken < 2:
        return 0.0
    mean = sum(values) / taken
    return (1 - taken / there) * taken / (taken - 1) * sum((value - mean) ** 2 for value in values)
