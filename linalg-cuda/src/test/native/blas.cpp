// cuBLAS in nested loops: only what is documented is written, and only when the stream is waited for.

#include <dlfcn.h>
#include <stddef.h>

#include <functional>

enum Status { SUCCESS = 0, NOT_INITIALIZED = 1, ALLOC_FAILED = 3, INVALID_VALUE = 7, FAILED = 13, NOT_SUPPORTED = 15 };

static const size_t WORKSPACE = size_t(4) << 20;

struct Handle {
    void *workspace;
    void *stream;
};

// A function of the driver, which the process has loaded before.
template <typename F>
static F driver(const char *name) {
    return reinterpret_cast<F>(dlsym(dlopen("libcuda.so.1", RTLD_LAZY | RTLD_NOLOAD), name));
}

static int enqueue(void *handle, std::function<int()> work) {
    static const auto add = driver<int (*)(void *, std::function<int()> *)>("simulationEnqueue");
    void *const stream = static_cast<Handle *>(handle)->stream;
    return add(stream, new std::function<int()>(work)) == 0 ? SUCCESS : FAILED;
}

template <typename T>
static double at(const T *a, int lda, bool transposed, int i, int j) {
    return transposed ? a[j + static_cast<long>(i) * lda] : a[i + static_cast<long>(j) * lda];
}

// As cuBLAS checks its arguments: an operand of so many rows, or of so many columns where it is transposed.
static bool isOperand(int lda, bool transposed, int rows, int columns) {
    const int height = transposed ? columns : rows;
    return rows >= 0 && columns >= 0 && lda >= (height > 1 ? height : 1);
}

template <typename T>
static int product(void *handle, bool transposeA, bool transposeB, int m, int n, int k, const T *alpha, const T *a,
        int lda, const T *b, int ldb, const T *beta, T *c, int ldc, bool lowerOnly) {
    if (!isOperand(lda, transposeA, m, k) || !isOperand(ldb, transposeB, k, n) || !isOperand(ldc, false, m, n)) {
        return INVALID_VALUE;
    }
    return enqueue(handle, [=, alpha = *alpha, beta = *beta] {
        for (int j = 0; j < n; j++) {
            for (int i = lowerOnly ? j : 0; i < m; i++) {
                double sum = 0;
                for (int l = 0; l < k; l++) {
                    sum += at(a, lda, transposeA, i, l) * at(b, ldb, transposeB, l, j);
                }
                T &target = c[i + static_cast<long>(j) * ldc];
                target = static_cast<T>(alpha * sum + (beta == 0 ? 0 : beta * static_cast<double>(target)));
            }
        }
        return 0;
    });
}

extern "C" {

int cublasCreate_v2(Handle **handle) {
    if (driver<int (*)()>("simulationState")() != 0) {
        return NOT_INITIALIZED;
    }
    void *workspace = nullptr;
    if (driver<int (*)(void **, size_t)>("cuMemAlloc_v2")(&workspace, WORKSPACE) != 0) {
        return ALLOC_FAILED;
    }
    *handle = new Handle{workspace, nullptr};
    return SUCCESS;
}

int cublasDestroy_v2(Handle *handle) {
    const int freed = driver<int (*)(void *)>("cuMemFree_v2")(handle->workspace);
    delete handle;
    return freed == 0 ? SUCCESS : NOT_INITIALIZED;
}

int cublasSetStream_v2(Handle *handle, void *stream) {
    handle->stream = stream;
    return SUCCESS;
}

int cublasSetMathMode(void *, int) { return 0; }
int cublasGetVersion_v2(void *, int *version) { *version = 120600; return 0; }

int cublasSgemm_v2(void *handle, int opA, int opB, int m, int n, int k, const float *alpha, const float *a, int lda,
        const float *b, int ldb, const float *beta, float *c, int ldc) {
    return product(handle, opA != 0, opB != 0, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc, false);
}

int cublasDgemm_v2(void *handle, int opA, int opB, int m, int n, int k, const double *alpha, const double *a, int lda,
        const double *b, int ldb, const double *beta, double *c, int ldc) {
    return product(handle, opA != 0, opB != 0, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc, false);
}

// uplo 0 is the lower triangle.
int cublasSsyrk_v2(void *handle, int uplo, int op, int n, int k, const float *alpha, const float *a, int lda,
        const float *beta, float *c, int ldc) {
    return uplo != 0 ? NOT_SUPPORTED
            : product(handle, op != 0, op == 0, n, n, k, alpha, a, lda, a, lda, beta, c, ldc, true);
}

int cublasDsyrk_v2(void *handle, int uplo, int op, int n, int k, const double *alpha, const double *a, int lda,
        const double *beta, double *c, int ldc) {
    return uplo != 0 ? NOT_SUPPORTED
            : product(handle, op != 0, op == 0, n, n, k, alpha, a, lda, a, lda, beta, c, ldc, true);
}

// side 0 is left; R is lower triangular with a diagonal of its own.
int cublasDtrsm_v2(void *handle, int side, int uplo, int op, int diagonal, int m, int n, const double *alpha,
        const double *r, int ldr, double *b, int ldb) {
    if (uplo != 0 || diagonal != 0 || *alpha != 1) {
        return NOT_SUPPORTED;
    }
    const bool left = side == 0;
    const int order = left ? m : n;
    if (!isOperand(ldr, false, order, order) || !isOperand(ldb, false, m, n)) {
        return INVALID_VALUE;
    }
    const int lines = left ? n : m;
    // From the left R x = b runs forward, and from the right x R = b backward, unless transposed.
    const bool forward = left == (op == 0);
    return enqueue(handle, [=] {
        for (int line = 0; line < lines; line++) {
            double *const x = left ? b + static_cast<long>(line) * ldb : b + line;
            const long step = left ? 1 : ldb;
            for (int k = 0; k < order; k++) {
                const int i = forward ? k : order - 1 - k;
                double value = x[i * step];
                for (int l = 0; l < k; l++) {
                    const int j = forward ? l : order - 1 - l;
                    const double factor = i > j ? r[i + static_cast<long>(j) * ldr] : r[j + static_cast<long>(i) * ldr];
                    value -= factor * x[j * step];
                }
                x[i * step] = value / r[i + static_cast<long>(i) * ldr];
            }
        }
        return 0;
    });
}
}
