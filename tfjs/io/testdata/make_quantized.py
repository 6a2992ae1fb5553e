#!/usr/bin/env python3
"""Writes quantized_cases.inc: what tensorflowjs_converter's rule makes of some float32 weights.

Needs NumPy before 2 (the converter runs with no other): an array and a double scalar give float32 there.
    python3 make_quantized.py > quantized_cases.inc
"""
import numpy as np

assert np.__version__.startswith("1."), np.__version__


def quantize(values, dtype):
    low, high = np.float64(values.min()), np.float64(values.max())
    if low == high:
        return np.zeros_like(values, dtype=dtype), low, 1.0
    codes = np.iinfo(dtype).max
    scale = (high - low) / codes
    if low <= 0 <= high:
        low = -np.round((0 - low) / scale) * scale
        high = codes * scale + low
    return np.round((values.clip(low, high) - low) / scale).astype(dtype), low, scale


def literal(x):
    return float(x).hex()


rng = np.random.RandomState(7)
CASES = {
    "AcrossZero": rng.randn(40),
    "Positive": rng.rand(30) + 3,
    "Negative": -rng.rand(30) - 0.25,
    "ZeroIsSmallest": np.array([0, 0.1, 0.25, 1]),
    "ZeroIsLargest": np.array([-2, -0.3, 0]),
    "Constant": np.array([0.75, 0.75, 0.75]),
    "One": np.array([-3.5]),
    "Outlier": np.concatenate([rng.randn(20) * 1e-3, [1000.0]]),
    "Large": rng.randn(20) * 1e30,
    "Tiny": rng.randn(20) * 1e-30,
}

print("// Made by make_quantized.py.")
for name, values in CASES.items():
    values = values.astype(np.float32)
    for dtype, kind in ((np.uint8, "Uint8"), (np.uint16, "Uint16")):
        codes, low, scale = quantize(values, dtype)
        print(f'{{"{name}", Quantization::Kind::{kind}, {literal(low)}, {literal(scale)},')
        print("  {" + ", ".join(literal(v) + "f" for v in values) + "},")
        print("  {" + ", ".join(str(c) for c in codes) + "}},")
