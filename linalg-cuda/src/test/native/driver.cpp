// A CUDA driver whose device is the host: memory is the heap with guards around it, kernels are shared libraries, and
// the threads of a block are stacks that take turns at barriers. One warp is 32 threads, as on a device.

#include <dlfcn.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <map>
#include <vector>

#include "temporary.h"

struct Index3 {
    unsigned x, y, z;
};

struct Simulation {
    Index3 threadIdx, blockIdx, blockDim, gridDim;
    void (*synchronise)();
    double (*exchange)(double value, int distance);
};

enum Result { SUCCESS = 0, INVALID_VALUE = 1, OUT_OF_MEMORY = 2, NOT_FOUND = 500, ILLEGAL_ADDRESS = 700, FAILED = 719 };

static const size_t MEMORY = size_t(256) << 20;
static const size_t GUARD = 256;
static const int MULTIPROCESSORS = 3;
static const size_t STACK = 512 << 10;

static std::map<char *, size_t> allocations;
static size_t allocated;

// ---- threads of a block -----------------------------------------------------------------------------------------

struct Barrier {
    int arrived = 0;
    int generation = 0;
};

struct Stack {
    void *top;
    int thread;
    const Barrier *barrier;
    int generation;
    bool waits;
};

extern "C" void switchStack(void **from, void *to);
asm(R"(
.text
.globl switchStack
switchStack:
    pushq %rbp
    pushq %rbx
    pushq %r12
    pushq %r13
    pushq %r14
    pushq %r15
    movq %rsp, (%rdi)
    movq %rsi, %rsp
    popq %r15
    popq %r14
    popq %r13
    popq %r12
    popq %rbx
    popq %rbp
    ret
)");

static void synchronise();
static double exchange(double value, int distance);

static Simulation simulation = {{}, {}, {}, {}, synchronise, exchange};
static std::vector<Stack *> stacks;
static std::vector<Stack *> idle;
static Stack *current;
static void *scheduler;
static void (*kernel)(void **);
static void **arguments;
static int threads, started, finished;
static Barrier ofBlock;
static Barrier ofWarp[32];
static int finishedInWarp[32];
static double lanes[1024];

static void arrive(Barrier &barrier, int expected) {
    if (++barrier.arrived >= expected) {
        barrier.arrived = 0;
        barrier.generation++;
    }
}

static void wait(Barrier &barrier, int expected) {
    current->barrier = &barrier;
    current->generation = barrier.generation;
    arrive(barrier, expected);
    if (barrier.generation == current->generation) {
        current->waits = true;
        switchStack(&current->top, scheduler);
        current->waits = false;
        simulation.threadIdx = {unsigned(current->thread), 0, 0};
    }
}

static void synchronise() {
    wait(ofBlock, threads - finished);
}

static double exchange(double value, int distance) {
    const int thread = current->thread;
    lanes[thread] = value;
    wait(ofWarp[thread / 32], 32);
    const double result = lanes[thread ^ distance];
    wait(ofWarp[thread / 32], 32);
    return result;
}

static void runThreads() {
    for (;;) {
        while (started < threads) {
            current->thread = started++;
            simulation.threadIdx = {unsigned(current->thread), 0, 0};
            kernel(arguments);
            finished++;
            if (ofBlock.arrived > 0 && ofBlock.arrived >= threads - finished) {
                ofBlock.arrived = 0;
                ofBlock.generation++;
            }
        }
        idle.push_back(current);
        switchStack(&current->top, scheduler);
    }
}

static Stack *newStack() {
    char *memory = static_cast<char *>(aligned_alloc(64, STACK));
    void **top = reinterpret_cast<void **>(memory + STACK - 64);
    *--top = nullptr;
    *--top = reinterpret_cast<void *>(runThreads);
    top -= 6;
    memset(top, 0, 6 * sizeof(void *));
    Stack *stack = new Stack();
    stack->top = top;
    stacks.push_back(stack);
    return stack;
}

static void resume(Stack *stack) {
    current = stack;
    switchStack(&scheduler, stack->top);
}

// False if threads wait for each other for ever.
static bool runBlock() {
    started = finished = 0;
    ofBlock = Barrier();
    for (int warp = 0; warp < 32; warp++) {
        ofWarp[warp] = Barrier();
    }
    while (finished < threads) {
        bool progress = false;
        while (started < threads) {
            Stack *stack = idle.empty() ? newStack() : idle.back();
            if (!idle.empty()) {
                idle.pop_back();
            }
            stack->waits = false;
            resume(stack);
            progress = true;
        }
        for (size_t s = 0; s < stacks.size(); s++) {
            if (stacks[s]->waits && stacks[s]->barrier->generation != stacks[s]->generation) {
                resume(stacks[s]);
                progress = true;
            }
        }
        if (!progress) {
            fprintf(stderr, "simulated device: %d of %d threads wait for ever\n", threads - finished, threads);
            return false;
        }
    }
    return true;
}

// ---- the driver's functions -------------------------------------------------------------------------------------

extern "C" {

int cuInit(unsigned) { return SUCCESS; }
int cuDriverGetVersion(int *version) { *version = 12060; return SUCCESS; }
int cuDeviceGetCount(int *count) { *count = 1; return SUCCESS; }
int cuDeviceGet(int *device, int index) { *device = index; return index == 0 ? SUCCESS : INVALID_VALUE; }

int cuDeviceGetName(char *name, int length, int) {
    snprintf(name, size_t(length), "Simulated device");
    return SUCCESS;
}

int cuDeviceGetAttribute(int *value, int attribute, int) {
    *value = attribute == 75 ? 9 : attribute == 76 ? 0 : attribute == 16 ? MULTIPROCESSORS : 0;
    return SUCCESS;
}

int cuDevicePrimaryCtxRetain(void **context, int) { *context = &simulation; return SUCCESS; }
int cuDevicePrimaryCtxRelease_v2(int) { return SUCCESS; }
int cuCtxSetCurrent(void *) { return SUCCESS; }
int cuCtxSynchronize() { return SUCCESS; }
int cuStreamCreate(void **stream, unsigned) { *stream = &simulation; return SUCCESS; }
int cuStreamSynchronize(void *) { return SUCCESS; }
int cuStreamDestroy_v2(void *) { return SUCCESS; }

int cuMemAlloc_v2(char **address, size_t bytes) {
    if (bytes == 0) {
        return INVALID_VALUE;
    } else if (allocated + bytes > MEMORY) {
        return OUT_OF_MEMORY;
    }
    char *memory = static_cast<char *>(aligned_alloc(256, (2 * GUARD + bytes + 255) / 256 * 256));
    memset(memory, 0x5a, 2 * GUARD + bytes);
    *address = memory + GUARD;
    allocations[*address] = bytes;
    allocated += bytes;
    return SUCCESS;
}

int cuMemFree_v2(char *address) {
    auto found = allocations.find(address);
    if (found == allocations.end()) {
        return INVALID_VALUE;
    }
    const size_t bytes = found->second;
    bool intact = true;
    for (size_t k = 0; k < GUARD; k++) {
        intact = intact && address[-1 - ptrdiff_t(k)] == 0x5a && address[bytes + k] == 0x5a;
    }
    allocations.erase(found);
    allocated -= bytes;
    free(address - GUARD);
    if (!intact) {
        fprintf(stderr, "simulated device: something was written around an allocation of %zu bytes\n", bytes);
        return ILLEGAL_ADDRESS;
    }
    return SUCCESS;
}

int cuMemGetInfo_v2(size_t *unused, size_t *total) {
    *unused = MEMORY - allocated;
    *total = MEMORY;
    return SUCCESS;
}

int cuMemHostAlloc(void **address, size_t bytes, unsigned) { *address = malloc(bytes); return SUCCESS; }
int cuMemFreeHost(void *address) { free(address); return SUCCESS; }

static bool isWithin(const char *address, size_t bytes) {
    auto found = allocations.upper_bound(const_cast<char *>(address));
    return found != allocations.begin() && address + bytes <= (--found)->first + found->second;
}

int cuMemcpyHtoDAsync_v2(char *target, const void *source, size_t bytes, void *) {
    if (!isWithin(target, bytes)) {
        return INVALID_VALUE;
    }
    memcpy(target, source, bytes);
    return SUCCESS;
}

int cuMemcpyDtoHAsync_v2(void *target, const char *source, size_t bytes, void *) {
    if (!isWithin(source, bytes)) {
        return INVALID_VALUE;
    }
    memcpy(target, source, bytes);
    return SUCCESS;
}

int cuMemcpyDtoDAsync_v2(char *target, const char *source, size_t bytes, void *) {
    if (!isWithin(source, bytes) || !isWithin(target, bytes)) {
        return INVALID_VALUE;
    }
    memmove(target, source, bytes);
    return SUCCESS;
}

int cuMemsetD8Async(char *target, unsigned char value, size_t bytes, void *) {
    if (!isWithin(target, bytes)) {
        return INVALID_VALUE;
    }
    memset(target, value, bytes);
    return SUCCESS;
}

// An image is its length in 8 bytes and a shared library.
int cuModuleLoadData(void **module, const void *image) {
    uint64_t length;
    memcpy(&length, image, sizeof length);
    std::string name = temporaryTemplate("altmin-simulation");
    const int file = mkstemp(&name[0]);
    if (file < 0) {
        return FAILED;
    }
    const bool written = write(file, static_cast<const char *>(image) + sizeof length, length) == ssize_t(length);
    close(file);
    *module = written ? dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL) : nullptr;
    if (*module == nullptr) {
        fprintf(stderr, "simulated device: %s\n", dlerror());
    }
    unlink(name.c_str());
    return *module == nullptr ? FAILED : SUCCESS;
}

int cuModuleGetFunction(void **function, void *module, const char *name) {
    *function = dlsym(module, name);
    *static_cast<Simulation **>(dlsym(module, "simulation")) = &simulation;
    return *function == nullptr ? NOT_FOUND : SUCCESS;
}

int cuModuleUnload(void *module) { dlclose(module); return SUCCESS; }

int cuLaunchKernel(void *function, unsigned gridX, unsigned gridY, unsigned gridZ, unsigned blockX, unsigned blockY,
        unsigned blockZ, unsigned, void *, void **parameters, void **) {
    if (gridX == 0 || gridY == 0 || gridY > 65535 || gridZ != 1 || blockX == 0 || blockX > 1024 || blockX % 32 != 0
            || blockY != 1 || blockZ != 1) {
        return INVALID_VALUE;
    }
    kernel = reinterpret_cast<void (*)(void **)>(function);
    arguments = parameters;
    threads = int(blockX);
    simulation.gridDim = {gridX, gridY, 1};
    simulation.blockDim = {blockX, 1, 1};
    for (unsigned y = 0; y < gridY; y++) {
        for (unsigned x = 0; x < gridX; x++) {
            simulation.blockIdx = {x, y, 0};
            if (!runBlock()) {
                return FAILED;
            }
        }
    }
    return SUCCESS;
}
}
