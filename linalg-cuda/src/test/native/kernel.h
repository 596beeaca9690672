// Stands before a kernel's source when it is compiled for the host: CUDA's keywords and built-in variables.
#pragma once

struct Index3 {
    unsigned x, y, z;
};

struct Simulation {
    Index3 threadIdx, blockIdx, blockDim, gridDim;
    void (*synchronise)();
    double (*exchange)(double value, int distance);
};

extern "C" {
Simulation *simulation;
float fabsf(float) noexcept;
double fabs(double) noexcept;
float sqrtf(float) noexcept;
double sqrt(double) noexcept;
float expf(float) noexcept;
double exp(double) noexcept;
float expm1f(float) noexcept;
double expm1(double) noexcept;
float logf(float) noexcept;
double log(double) noexcept;
float log1pf(float) noexcept;
double log1p(double) noexcept;
float tanhf(float) noexcept;
double tanh(double) noexcept;
}

#define threadIdx (simulation->threadIdx)
#define blockIdx (simulation->blockIdx)
#define blockDim (simulation->blockDim)
#define gridDim (simulation->gridDim)
#define __device__
#define __forceinline__ inline
#define __shared__ static
#define __syncthreads() simulation->synchronise()
#define __shfl_xor_sync(mask, value, distance) simulation->exchange(value, distance)
#define KERNEL(name, Arguments, threads) \
    static void name##Body(const Arguments &a); \
    extern "C" { unsigned long name##Bytes = sizeof(Arguments); } \
    extern "C" void name(void **parameters) { name##Body(*static_cast<const Arguments *>(parameters[0])); } \
    static void name##Body(const Arguments &a)

template <typename To, typename From>
static inline To bits(From value) {
    static_assert(sizeof(To) == sizeof(From), "as many bits");
    To result;
    __builtin_memcpy(&result, &value, sizeof result);
    return result;
}

static inline int __float_as_int(float value) { return bits<int>(value); }
static inline float __int_as_float(int value) { return bits<float>(value); }
static inline long long __double_as_longlong(double value) { return bits<long long>(value); }
static inline double __longlong_as_double(long long value) { return bits<double>(value); }
