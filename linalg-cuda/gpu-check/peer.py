"""Times dlADMM's PyTorch code, by its authors, to stand beside altmin's: github.com/xianggebenben/dlADMM at 49e93ef.

    python3 peer.py <checkout>/MLP/pytorch_version/dlADMM/common.py <folder of MNIST's four files>

The updates are the functions of the authors' common.py; the order of the updates, the initial values and the growth of
rho, tau and theta are those of their main.py. Two variants: as published, and with repeated products cached, which
gives the same iterates. Prints a line of JSON on PyTorch and one for each variant, or one that says what is missing.
Needs PyTorch 1.10 or newer and numpy, on Linux.
"""

import argparse
import gzip
import importlib.util
import json
import math
import os
import resource
import signal
import statistics
import sys
import time

CLASSES = 10
PIXELS = 784
IMAGE_HEADER = 16
LABEL_HEADER = 8


class OutOfTime(Exception):
    pass


def say(**line):
    print(json.dumps(line), flush=True)


def give_up(why):
    say(unavailable=why)
    sys.exit(1)


try:
    import torch
except ModuleNotFoundError as missing:
    give_up(f"python3 has no {missing.name}")
except (ImportError, OSError) as broken:
    give_up(f"python3 cannot load torch: {broken}")


def descend(start, gradient, value, stiffness, objective):
    """start - gradient / stiffness, the stiffness doubled until its quadratic model at start, where the objective has
    that value, is above the objective."""
    while True:
        point = start - gradient / stiffness
        move = point - start
        model = value + torch.sum(gradient * move) + torch.sum(stiffness * move * move) / 2
        if not objective(point) > model:
            return point
        stiffness *= 2


class Cached:
    """The published updates for the penalty phi = rho/2 |z - W a - b + u/rho|^2, with the product W a, the objective
    before the step and its gradient computed once an update instead of in every trial. Sums are taken in the published
    order, so that results are equal to the last bit."""

    def __init__(self, common):
        self.common = common
        self.update_b = common.update_b

    def update_W(self, a, b, z, W, u, rho, theta):
        scaled = u / rho
        product = torch.matmul(W, a)
        gradient = rho * torch.matmul(product + b - z - scaled, torch.transpose(a, 0, 1))
        value = penalty(z, product, b, scaled, rho)
        return descend(W, gradient, value, theta, lambda trial: penalty(z, torch.matmul(trial, a), b, scaled, rho))

    def update_a(self, W, b, z_next, z, a, u, v, rho, tau):
        scaled = u / rho
        product = torch.matmul(W, a)
        activated = self.common.relu(z)

        def distance(trial):
            gap = trial - activated + v
            return rho / 2 * torch.sum(gap * gap)

        gradient = (rho * torch.matmul(torch.transpose(W, 0, 1), product + b - z_next - scaled)
                    + rho * (a - activated + v))
        value = penalty(z_next, product, b, scaled, rho) + distance(a)
        return descend(a, gradient, value, tau,
                       lambda trial: penalty(z_next, torch.matmul(W, trial), b, scaled, rho) + distance(trial))

    def update_z(self, a_last, W, b, a, u, v, rho):
        scaled = u / rho
        product = torch.matmul(W, a_last)
        affine = product + b - scaled
        zero = torch.zeros((), device=affine.device)
        negative = torch.minimum(affine, zero)
        positive = torch.maximum((affine + a + v) / 2, zero)

        def value(z):
            residual = z - product - b + scaled
            gap = a - self.common.relu(z) + v
            return residual * residual + gap * gap

        return torch.where(value(negative) > value(positive), positive, negative)

    def update_zl(self, a, W, b, label, z, u, rho):
        """FISTA on cross-entropy(z) + phi with stiffness 4 of the loss; 500 steps at most, or until the objective moves
        by less than 1e-3."""
        eta, most, tolerance = 4, 500, 1e-3
        scaled = u / rho
        product = torch.matmul(W, a)
        pull = rho * (product + b - scaled)
        value, momentum, zeta = 10e10, 1, z
        for _ in range(most):
            before = value
            value = self.common.cross_entropy_with_softmax(label, z) + penalty(z, product, b, scaled, rho)
            if abs(value - before) < tolerance:
                break
            last = momentum
            momentum = (1 + math.sqrt(1 + 4 * momentum * momentum)) / 2
            gamma = (1 - last) / momentum
            zeta_last = zeta
            zeta = (pull + (z - eta * (self.common.softmax(z) - label)) / eta) / (rho + 1 / eta)
            z = (1 - gamma) * zeta + gamma * zeta_last
        return z


def penalty(z, product, b, scaled, rho):
    residual = z - product - b + scaled
    return rho / 2 * torch.sum(residual * residual)


class Training:
    """The iterates of main.py, for any number of hidden layers: layer l maps a[l] to z[l], and a[0] are the inputs."""

    def __init__(self, common, updates, inputs, label, hidden, rho, seed=13, deviation=0.1):
        self.common, self.updates, self.label, self.hidden = common, updates, label, hidden
        self.rho, self.tau, self.theta = rho, 1, 1
        self.W, self.b, self.z, self.a = [], [], [], [inputs]
        sizes = [inputs.shape[0], *hidden, label.shape[0]]
        for width_in, width in zip(sizes, sizes[1:]):
            for arrays, shape in ((self.W, (width, width_in)), (self.b, (width, 1))):
                # main.py seeds anew before every array.
                torch.random.manual_seed(seed)
                arrays.append(torch.normal(mean=0, std=deviation, size=shape, device=inputs.device))
        for l in range(len(hidden)):
            self.z.append(torch.matmul(self.W[l], self.a[l]) + self.b[l])
            self.a.append(common.relu(self.z[l]))
        self.z.append(torch.where(label == 0, -torch.ones_like(label), torch.ones_like(label)))
        self.u = torch.zeros_like(label)
        self.last = len(hidden)

    def iterate(self):
        for l in reversed(range(self.last + 1)):
            self.step_z(l)
            self.step_b(l)
            self.step_W(l)
            if l > 0:
                self.step_a(l)
        for l in range(self.last + 1):
            self.step_W(l)
            self.step_b(l)
            self.step_z(l)
            if l < self.last:
                self.step_a(l + 1)
        residual = self.z[-1] - torch.matmul(self.W[-1], self.a[-1]) - self.b[-1]
        self.u = self.u + self.rho * residual

    def dual(self, l):
        return self.u if l == self.last else 0

    def step_W(self, l):
        self.W[l] = self.updates.update_W(self.a[l], self.b[l], self.z[l], self.W[l], self.dual(l), self.rho,
                                          self.theta)

    def step_b(self, l):
        self.b[l] = self.updates.update_b(self.a[l], self.W[l], self.z[l], self.b[l], self.dual(l), self.rho)

    def step_z(self, l):
        if l == self.last:
            self.z[l] = self.updates.update_zl(self.a[l], self.W[l], self.b[l], self.label, self.z[l], self.u, self.rho)
        else:
            self.z[l] = self.updates.update_z(self.a[l], self.W[l], self.b[l], self.a[l + 1], 0, 0, self.rho)

    def step_a(self, l):
        self.a[l] = self.updates.update_a(self.W[l], self.b[l], self.z[l], self.z[l - 1], self.a[l], self.dual(l), 0,
                                          self.rho, self.tau)

    def adapt(self, costs):
        """What main.py does after three rises of the training cost in succession."""
        if len(costs) > 3 and costs[-1] > costs[-2] > costs[-3] > costs[-4]:
            self.rho = min(10 * self.rho, 0.1)
            if min(self.hidden) >= 100:
                self.tau *= 10
                self.theta *= 10

    def cost_and_accuracy(self):
        outputs = self.a[0]
        for l in range(self.last + 1):
            outputs = torch.matmul(self.W[l], outputs) + self.b[l]
            if l < self.last:
                outputs = self.common.relu(outputs)
        right = torch.argmax(outputs, dim=0) == torch.argmax(self.label, dim=0)
        cost = self.common.cross_entropy_with_softmax(self.label, outputs) / self.label.shape[1]
        return cost.item(), torch.mean(right.float()).item()


def measure(begin, iterations, limit, device):
    """Median seconds of the iterations that end within the limit, without the first, in which libraries are loaded."""
    seconds, costs, accuracy, stopped = [], [], None, None
    synchronise = torch.cuda.synchronize if device.type == "cuda" else lambda: None
    if device.type == "cuda":
        torch.cuda.reset_peak_memory_stats()
    signal.setitimer(signal.ITIMER_REAL, limit)
    try:
        training = begin()
        for _ in range(iterations):
            synchronise()
            start = time.perf_counter()
            training.iterate()
            synchronise()
            elapsed = time.perf_counter() - start
            cost, accuracy = training.cost_and_accuracy()
            seconds.append(elapsed)
            costs.append(cost)
            training.adapt(costs)
    except OutOfTime:
        stopped = f"stopped after {limit:g} s"
    except Exception as error:
        first, *_ = str(error).strip().splitlines() or [""]
        stopped = f"stopped by {type(error).__name__}: {first}"
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return {"iterations": len(seconds),
            "seconds": statistics.median(seconds[1:] or seconds) if seconds else None, "costs": costs,
            "accuracy": accuracy, "stopped": stopped, "peak_bytes": peak_bytes(device)}


def peak_bytes(device):
    """Of the device's memory; on the CPU of this process."""
    if device.type == "cuda":
        return torch.cuda.max_memory_allocated()
    return 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def authors_functions(file, device):
    spec = importlib.util.spec_from_file_location("common", file)
    common = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(common)
    except ModuleNotFoundError as missing:
        give_up(f"python3 has no {missing.name}")
    except OSError as unreadable:
        give_up(str(unreadable))
    common.device = device
    return common


def mnist(folder, samples, device):
    """Inputs from 0 to 1 and one-hot labels of the first training samples, a column each."""
    images = read(os.path.join(folder, "train-images-idx3-ubyte.gz"), IMAGE_HEADER).reshape(-1, PIXELS)[:samples]
    labels = read(os.path.join(folder, "train-labels-idx1-ubyte.gz"), LABEL_HEADER)[:samples]
    inputs = images.to(device).float() / 255
    label = torch.nn.functional.one_hot(labels.to(device).long(), CLASSES).float()
    return torch.transpose(inputs, 0, 1), torch.transpose(label, 0, 1)


def read(file, header):
    try:
        with gzip.open(file) as content:
            return torch.frombuffer(bytearray(content.read()), dtype=torch.uint8)[header:]
    except OSError as unreadable:
        give_up(str(unreadable))


def out_of_time(number, frame):
    raise OutOfTime


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("common", help="the authors' common.py")
    parser.add_argument("mnist", help="folder of MNIST's four files")
    parser.add_argument("--device", default="cuda", choices=["cuda", "cpu"])
    parser.add_argument("--samples", type=int, default=55000, help="or as many as there are")
    parser.add_argument("--hidden", type=int, nargs="+", default=[1000, 1000], help="widths of the hidden layers")
    parser.add_argument("--rho", type=float, default=1e-6)
    parser.add_argument("--iterations", type=int, default=10)
    parser.add_argument("--limit", type=float, default=60, help="seconds a variant; backtracking may loop for ever")
    options = parser.parse_args()
    if options.device == "cuda" and not torch.cuda.is_available():
        give_up(f"PyTorch {torch.__version__} sees no CUDA device")
    device = torch.device(options.device)
    # As altmin by default; some distributions of PyTorch turn it on.
    torch.backends.cuda.matmul.allow_tf32 = False
    signal.signal(signal.SIGALRM, out_of_time)
    common = authors_functions(options.common, device)
    inputs, label = mnist(options.mnist, options.samples, device)
    say(torch=str(torch.__version__), device=torch.cuda.get_device_name() if device.type == "cuda" else "cpu",
        layers=[PIXELS, *options.hidden, CLASSES], samples=inputs.shape[1])
    for variant, updates in (("as published", common), ("products cached", Cached(common))):
        say(variant=variant, **measure(
            lambda: Training(common, updates, inputs, label, options.hidden, options.rho),
            options.iterations, options.limit, device))


main()
