"""Where a run stands, on disk."""

from __future__ import annotations

import random
from pathlib import Path

import torch

from training.network import Network


class Checkpoint:
    """Where a run stands, saved every 100 steps: a run that was stopped and started again goes on from there.

    The random state is the one from the start of the epoch, so that the epoch's batches come out the same and those
    already seen are skipped.
    """

    def __init__(
        self,
        network: Network,
        averaged: Network,
        optimizer: torch.optim.Optimizer,
        random_: random.Random,
        path: Path,
    ) -> None:
        self.network, self.averaged, self.optimizer, self.random, self.path = (
            network,
            averaged,
            optimizer,
            random_,
            path,
        )
        self.step = self.epoch = self.done = 0
        self.seconds = 0.0
        self.began = random_.getstate()

    def begin(self, epoch: int) -> None:
        """Note the random state at the start of an epoch."""
        self.epoch, self.began = epoch, self.random.getstate()

    def save(self, seconds: float) -> None:
        """Write the checkpoint; a run killed meanwhile leaves the one before."""
        whole = {
            "network": self.network.state_dict(),
            "averaged": self.averaged.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "torch": torch.get_rng_state(),
            "began": self.began,
            "counts": (self.step, self.epoch, self.done, seconds),
        }
        torch.save(whole, self.path.with_suffix(".part"))
        self.path.with_suffix(".part").replace(self.path)

    def resume(self) -> None:
        """Take up a saved run, if there is one."""
        if not self.path.exists():
            return
        # The file is this script's own; the random state is a tuple, which the weights-only loader refuses.
        whole = torch.load(self.path, weights_only=False)
        self.network.load_state_dict(whole["network"])
        self.averaged.load_state_dict(whole["averaged"])
        self.optimizer.load_state_dict(whole["optimizer"])
        torch.set_rng_state(whole["torch"])
        self.random.setstate(whole["began"])
        self.step, self.epoch, self.done, self.seconds = whole["counts"]
