// What kernels are written with. Arithmetic is Java's: IEEE 754, denormal numbers kept, no product contracted with a
// sum (--fmad=false), minima and maxima as java.lang.Math defines them.

#ifndef KERNEL
#define KERNEL(name, Arguments, threads) extern "C" __global__ void __launch_bounds__(threads) name(const Arguments a)
#endif

#define FUNCTION static __device__ __forceinline__

// Consecutive elements that are read or written at once.
template <typename T, int LANES>
struct alignas(sizeof(T) * LANES) Vector {
    T lane[LANES];
};

template <typename T, int LANES>
FUNCTION Vector<T, LANES> load(const T *from) {
    return *reinterpret_cast<const Vector<T, LANES> *>(from);
}

template <typename T, int LANES>
FUNCTION void store(T *to, const Vector<T, LANES> &value) {
    *reinterpret_cast<Vector<T, LANES> *>(to) = value;
}

template <typename T, int LANES>
FUNCTION Vector<T, LANES> loadSingly(const T *from) {
    Vector<T, LANES> result;
#pragma unroll
    for (int l = 0; l < LANES; l++) {
        result.lane[l] = from[l];
    }
    return result;
}

template <typename T, int LANES>
FUNCTION void storeSingly(T *to, const Vector<T, LANES> &value) {
#pragma unroll
    for (int l = 0; l < LANES; l++) {
        to[l] = value.lane[l];
    }
}

#ifdef __CUDA_ARCH__
// The device's instructions know that -0 is below +0, but pass NaN over; a sum with a NaN is NaN. No branches.
FUNCTION float minimum(float x, float y) {
    float result;
    asm("min.f32 %0, %1, %2;" : "=f"(result) : "f"(x), "f"(y));
    return x != x || y != y ? x + y : result;
}

FUNCTION float maximum(float x, float y) {
    float result;
    asm("max.f32 %0, %1, %2;" : "=f"(result) : "f"(x), "f"(y));
    return x != x || y != y ? x + y : result;
}

FUNCTION double minimum(double x, double y) {
    double result;
    asm("min.f64 %0, %1, %2;" : "=d"(result) : "d"(x), "d"(y));
    return x != x || y != y ? x + y : result;
}

FUNCTION double maximum(double x, double y) {
    double result;
    asm("max.f64 %0, %1, %2;" : "=d"(result) : "d"(x), "d"(y));
    return x != x || y != y ? x + y : result;
}
#else
// Equal numbers differ in the sign of a zero at most, so that their bits combined are one of them.
FUNCTION double minimum(double x, double y) {
    return x < y ? x : y < x ? y
            : x == y ? __longlong_as_double(__double_as_longlong(x) | __double_as_longlong(y)) : x + y;
}

FUNCTION double maximum(double x, double y) {
    return x > y ? x : y > x ? y
            : x == y ? __longlong_as_double(__double_as_longlong(x) & __double_as_longlong(y)) : x + y;
}

FUNCTION float minimum(float x, float y) {
    return static_cast<float>(minimum(static_cast<double>(x), static_cast<double>(y)));
}

FUNCTION float maximum(float x, float y) {
    return static_cast<float>(maximum(static_cast<double>(x), static_cast<double>(y)));
}
#endif

FUNCTION float absolute(float x) { return fabsf(x); }
FUNCTION double absolute(double x) { return fabs(x); }
FUNCTION float squareRoot(float x) { return sqrtf(x); }
FUNCTION double squareRoot(double x) { return sqrt(x); }
FUNCTION float exponential(float x) { return expf(x); }
FUNCTION double exponential(double x) { return exp(x); }
FUNCTION float exponentialMinus1(float x) { return expm1f(x); }
FUNCTION double exponentialMinus1(double x) { return expm1(x); }
FUNCTION float logarithm(float x) { return logf(x); }
FUNCTION double logarithm(double x) { return log(x); }
FUNCTION float logarithmOf1Plus(float x) { return log1pf(x); }
FUNCTION double logarithmOf1Plus(double x) { return log1p(x); }
FUNCTION float hyperbolicTangent(float x) { return tanhf(x); }
FUNCTION double hyperbolicTangent(double x) { return tanh(x); }
FUNCTION float logistic(float x) { return 1.0f / (1.0f + expf(-x)); }
FUNCTION double logistic(double x) { return 1.0 / (1.0 + exp(-x)); }

template <bool MAX>
FUNCTION double combine(double x, double y) {
    return MAX ? maximum(x, y) : x + y;
}

template <bool MAX>
FUNCTION double neutral() {
    return MAX ? __longlong_as_double(static_cast<long long>(0xfff0000000000000ULL)) : 0.0;
}

// Over groups of LANES neighbouring lanes of a warp; all get the same result. Every lane of the warp must call it.
template <int LANES, bool MAX>
FUNCTION double acrossLanes(double value) {
#pragma unroll
    for (int distance = LANES / 2; distance > 0; distance /= 2) {
        value = combine<MAX>(value, __shfl_xor_sync(0xffffffffu, value, distance));
    }
    return value;
}

// Over a block of THREADS; all get the same result. Every thread of the block must call it.
template <int THREADS, bool MAX>
FUNCTION double acrossBlock(double value) {
    __shared__ double ofWarp[32];
    value = acrossLanes<32, MAX>(value);
    if (threadIdx.x % 32 == 0) {
        ofWarp[threadIdx.x / 32] = value;
    }
    __syncthreads();
    double result = ofWarp[0];
    for (int warp = 1; warp < THREADS / 32; warp++) {
        result = combine<MAX>(result, ofWarp[warp]);
    }
    __syncthreads();
    return result;
}

template <int GROUP, bool MAX>
FUNCTION double across(double value) {
    if constexpr (GROUP <= 32) {
        return acrossLanes<GROUP, MAX>(value);
    } else {
        return acrossBlock<GROUP, MAX>(value);
    }
}
