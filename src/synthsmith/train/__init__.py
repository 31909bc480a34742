"""Training: SFT, then RL with execution reward, on a published dataset."""
