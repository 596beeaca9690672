// What the backend needs besides kernels made of expressions. ELEMENT is the type of the matrices.

struct Square {
    long long order;
    ELEMENT *matrix;
};

// The upper triangle becomes the mirror of the lower one, in tiles of 32 x 32; block (x, y) with x <= y.
KERNEL(mirror, Square, 256) {
    __shared__ ELEMENT tile[32][33];
    if (blockIdx.x > blockIdx.y) {
        return;
    }
    const long long column = blockIdx.x * 32LL;
    const long long row = blockIdx.y * 32LL;
    const int x = threadIdx.x % 32;
    for (int y = threadIdx.x / 32; y < 32; y += 8) {
        if (row + x < a.order && column + y < a.order) {
            tile[y][x] = a.matrix[(column + y) * a.order + row + x];
        }
    }
    __syncthreads();
    for (int y = threadIdx.x / 32; y < 32; y += 8) {
        if (column + x < row + y && row + y < a.order) {
            a.matrix[(row + y) * a.order + column + x] = tile[x][y];
        }
    }
}

struct Gather {
    long long rows;
    long long columns;
    const ELEMENT *source;
    const int *indices;
    ELEMENT *target;
};

KERNEL(gather, Gather, 256) {
    const long long elements = a.rows * a.columns;
    for (long long e = blockIdx.x * 256LL + threadIdx.x; e < elements; e += gridDim.x * 256LL) {
        const long long j = e / a.rows;
        a.target[e] = a.source[a.indices[j] * a.rows + (e - j * a.rows)];
    }
}

struct Argmax {
    long long rows;
    long long columns;
    const ELEMENT *source;
    int *target;
};

// A warp for each column; a NaN beats every number, and of equals the first wins.
KERNEL(argmax, Argmax, 256) {
    for (long long base = blockIdx.x * 8LL; base < a.columns; base += gridDim.x * 8LL) {
        const long long j = base + threadIdx.x / 32;
        const int lane = threadIdx.x % 32;
        double best = 0;
        int at = -1;
        bool hasNaN = false;
        if (j < a.columns) {
            for (long long i = lane; i < a.rows; i += 32) {
                const double value = a.source[j * a.rows + i];
                hasNaN = hasNaN || value != value;
                if (at < 0 || value > best) {
                    best = value;
                    at = static_cast<int>(i);
                }
            }
        }
        for (int distance = 16; distance > 0; distance /= 2) {
            const double otherBest = __shfl_xor_sync(0xffffffffu, best, distance);
            const int otherAt = static_cast<int>(__shfl_xor_sync(0xffffffffu, static_cast<double>(at), distance));
            const bool otherHasNaN = __shfl_xor_sync(0xffffffffu, hasNaN ? 1.0 : 0.0, distance) > 0;
            hasNaN = hasNaN || otherHasNaN;
            if (otherAt >= 0 && (at < 0 || otherBest > best || (otherBest == best && otherAt < at))) {
                best = otherBest;
                at = otherAt;
            }
        }
        if (lane == 0 && j < a.columns) {
            a.target[j] = hasNaN ? -1 : at;
        }
    }
}

struct Diagonal {
    long long order;
    const ELEMENT *matrix;
    double *target;
};

KERNEL(diagonal, Diagonal, 256) {
    for (long long i = blockIdx.x * 256LL + threadIdx.x; i < a.order; i += gridDim.x * 256LL) {
        a.target[i] = a.matrix[i * (a.order + 1)];
    }
}

struct Widen {
    long long rows;
    long long columns;
    double shift;
    const ELEMENT *source;
    double *target;
};

// target <- source + shift I, in double.
KERNEL(widen, Widen, 256) {
    const long long elements = a.rows * a.columns;
    for (long long e = blockIdx.x * 256LL + threadIdx.x; e < elements; e += gridDim.x * 256LL) {
        const double value = a.source[e];
        a.target[e] = e % (a.rows + 1) == 0 ? value + a.shift : value;
    }
}

struct Narrow {
    long long elements;
    const double *source;
    ELEMENT *target;
};

KERNEL(narrow, Narrow, 256) {
    for (long long e = blockIdx.x * 256LL + threadIdx.x; e < a.elements; e += gridDim.x * 256LL) {
        a.target[e] = static_cast<ELEMENT>(a.source[e]);
    }
}

struct Panel {
    long long order;
    long long first;
    long long width;
    double *matrix;
    int *pivot;
};

// The Cholesky factor of the diagonal block of up to 64 columns that begins at `first`, in place, by one block of
// threads. The first pivot that is not positive is noted, if none was before.
KERNEL(factorBlock, Panel, 256) {
    __shared__ double tile[64][65];
    const int width = static_cast<int>(a.width);
    double *const block = a.matrix + a.first * (a.order + 1);
    for (int e = threadIdx.x; e < width * width; e += 256) {
        tile[e / width][e % width] = block[(e / width) * a.order + e % width];
    }
    __syncthreads();
    for (int k = 0; k < width; k++) {
        const double pivot = tile[k][k];
        if (threadIdx.x == 0 && !(pivot > 0) && *a.pivot < 0) {
            *a.pivot = static_cast<int>(a.first) + k;
        }
        const double root = sqrt(pivot);
        __syncthreads();
        for (int i = k + threadIdx.x; i < width; i += 256) {
            tile[k][i] = i == k ? root : tile[k][i] / root;
        }
        __syncthreads();
        const int left = width - k - 1;
        for (int e = threadIdx.x; e < left * left; e += 256) {
            const int j = k + 1 + e / left;
            const int i = k + 1 + e % left;
            if (i >= j) {
                tile[j][i] -= tile[k][i] * tile[k][j];
            }
        }
        __syncthreads();
    }
    for (int e = threadIdx.x; e < width * width; e += 256) {
        const int i = e % width;
        const int j = e / width;
        if (i >= j) {
            block[j * a.order + i] = tile[j][i];
        }
    }
}

struct Identity {
    long long order;
    double *target;
};

KERNEL(identity, Identity, 256) {
    const long long elements = a.order * a.order;
    for (long long e = blockIdx.x * 256LL + threadIdx.x; e < elements; e += gridDim.x * 256LL) {
        a.target[e] = e % (a.order + 1) == 0 ? 1.0 : 0.0;
    }
}
