// A CUDA driver whose device is the host: memory is the heap with guards around it, kernels are shared libraries, and
// the threads of a block are stacks that take turns at barriers. One warp is 32 threads, as on a device. What is asked
// for on a stream is done as late as it may be, when that is waited for; a failure then is the context's for ever. A
// thread must have made the context current, and only pinned memory is copied.

#include <dlfcn.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <functional>
#include <map>
#include <set>
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

enum Result {
    SUCCESS = 0,
    INVALID_VALUE = 1,
    OUT_OF_MEMORY = 2,
    INVALID_CONTEXT = 201,
    INVALID_HANDLE = 400,
    NOT_FOUND = 500,
    ILLEGAL_ADDRESS = 700,
    FAILED = 719
};

// A handle of cuBLAS takes the first 4 MiB.
static const size_t MEMORY = size_t(260) << 20;
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

// ---- contexts and streams ---------------------------------------------------------------------------------------

struct Work {
    std::function<int()> run;
    void *module;
};

struct Stream {
    std::vector<Work> work;
};

struct Function {
    void *module;
    void (*entry)(void **);
    size_t bytes;
};

// How often the primary context is held, and which one it is: it ends when nobody holds it.
static int held;
static long generation = 1;
static thread_local long currentGeneration;
static std::set<Stream *> streams;
static std::map<char *, size_t> pinned;
static int failure;

static int state() {
    return held == 0 || currentGeneration != generation ? INVALID_CONTEXT : failure;
}

static int finish(Stream *stream) {
    std::vector<Work> work;
    work.swap(stream->work);
    for (Work &item : work) {
        failure = failure != SUCCESS ? failure : item.run();
    }
    return failure;
}

static int finishAll() {
    for (Stream *stream : streams) {
        finish(stream);
    }
    return failure;
}

static int enqueue(void *stream, std::function<int()> run, void *module = nullptr) {
    Stream *const target = static_cast<Stream *>(stream);
    if (streams.count(target) == 0) {
        return INVALID_HANDLE;
    }
    target->work.push_back({std::move(run), module});
    return SUCCESS;
}

static bool isWithin(const std::map<char *, size_t> &memory, const void *place, size_t bytes) {
    const char *const address = static_cast<const char *>(place);
    auto found = memory.upper_bound(const_cast<char *>(address));
    return found != memory.begin() && address + bytes <= (--found)->first + found->second;
}

static int copy(void *target, const void *source, size_t bytes, void *stream, bool valid) {
    if (state() != SUCCESS || !valid) {
        return valid ? state() : INVALID_VALUE;
    }
    return enqueue(stream, [=] {
        memmove(target, source, bytes);
        return SUCCESS;
    });
}

// ---- the driver's functions -------------------------------------------------------------------------------------

extern "C" {

int cuInit(unsigned) { return SUCCESS; }
int cuDriverGetVersion(int *version) { *version = 13000; return SUCCESS; }
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

int cuDevicePrimaryCtxRetain(void **context, int) {
    held++;
    *context = &held;
    return SUCCESS;
}

int cuDevicePrimaryCtxRelease_v2(int) {
    if (held == 0) {
        return INVALID_CONTEXT;
    } else if (--held == 0) {
        generation++;
        failure = SUCCESS;
        if (!allocations.empty() || !streams.empty() || !pinned.empty()) {
            fprintf(stderr, "simulated device: the context ends with %zu allocations, %zu streams, %zu pinned\n",
                    allocations.size(), streams.size(), pinned.size());
            return FAILED;
        }
    }
    return SUCCESS;
}

int cuCtxSetCurrent(void *context) {
    currentGeneration = context == nullptr ? 0 : generation;
    return held == 0 && context != nullptr ? INVALID_CONTEXT : SUCCESS;
}

int cuCtxSynchronize() { return state() != SUCCESS ? state() : finishAll(); }

int cuStreamCreate(void **stream, unsigned) {
    if (state() == SUCCESS) {
        *stream = *streams.insert(new Stream()).first;
    }
    return state();
}

int cuStreamSynchronize(void *stream) {
    if (state() != SUCCESS) {
        return state();
    }
    return streams.count(static_cast<Stream *>(stream)) == 0 ? INVALID_HANDLE : finish(static_cast<Stream *>(stream));
}

int cuStreamDestroy_v2(void *stream) {
    Stream *const ended = static_cast<Stream *>(stream);
    if (state() != SUCCESS || streams.count(ended) == 0) {
        return state() != SUCCESS ? state() : INVALID_HANDLE;
    }
    finish(ended);
    streams.erase(ended);
    delete ended;
    return SUCCESS;
}

int cuMemAlloc_v2(char **address, size_t bytes) {
    if (state() != SUCCESS) {
        return state();
    } else if (bytes == 0) {
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

// Waits for all that is under way, as the driver does.
int cuMemFree_v2(char *address) {
    auto found = allocations.find(address);
    if (state() != SUCCESS || found == allocations.end() || finishAll() != SUCCESS) {
        return state() != SUCCESS ? state() : INVALID_VALUE;
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
    return state();
}

int cuMemHostAlloc(void **address, size_t bytes, unsigned) {
    if (state() == SUCCESS) {
        *address = malloc(bytes);
        pinned[static_cast<char *>(*address)] = bytes;
    }
    return state();
}

int cuMemFreeHost(void *address) {
    if (state() != SUCCESS || pinned.erase(static_cast<char *>(address)) == 0) {
        return state() != SUCCESS ? state() : INVALID_VALUE;
    }
    finishAll();
    free(address);
    return SUCCESS;
}

int cuMemcpyHtoDAsync_v2(char *target, const void *source, size_t bytes, void *stream) {
    return copy(target, source, bytes, stream, isWithin(allocations, target, bytes) && isWithin(pinned, source, bytes));
}

int cuMemcpyDtoHAsync_v2(void *target, const char *source, size_t bytes, void *stream) {
    return copy(target, source, bytes, stream, isWithin(pinned, target, bytes) && isWithin(allocations, source, bytes));
}

int cuMemcpyDtoDAsync_v2(char *target, const char *source, size_t bytes, void *stream) {
    return copy(target, source, bytes, stream,
            isWithin(allocations, target, bytes) && isWithin(allocations, source, bytes));
}

int cuMemsetD8Async(char *target, unsigned char value, size_t bytes, void *stream) {
    if (state() != SUCCESS || !isWithin(allocations, target, bytes)) {
        return state() != SUCCESS ? state() : INVALID_VALUE;
    }
    return enqueue(stream, [=] {
        memset(target, value, bytes);
        return SUCCESS;
    });
}

// An image is its length in 8 bytes and a shared library.
int cuModuleLoadData(void **module, const void *image) {
    if (state() != SUCCESS) {
        return state();
    }
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

int cuModuleGetFunction(Function **function, void *module, const char *name) {
    void *const entry = dlsym(module, name);
    if (state() != SUCCESS || entry == nullptr) {
        return state() != SUCCESS ? state() : NOT_FOUND;
    }
    *static_cast<Simulation **>(dlsym(module, "simulation")) = &simulation;
    const void *const bytes = dlsym(module, (std::string(name) + "Bytes").c_str());
    *function = new Function{module, reinterpret_cast<void (*)(void **)>(entry), *static_cast<const size_t *>(bytes)};
    return SUCCESS;
}

int cuModuleUnload(void *module) {
    for (Stream *stream : streams) {
        for (const Work &item : stream->work) {
            if (item.module == module) {
                fprintf(stderr, "simulated device: a module is unloaded whose kernels have still to run\n");
                return FAILED;
            }
        }
    }
    dlclose(module);
    return state();
}

// Its arguments are copied now.
int cuLaunchKernel(Function *function, unsigned gridX, unsigned gridY, unsigned gridZ, unsigned blockX, unsigned blockY,
        unsigned blockZ, unsigned, void *stream, void **parameters, void **) {
    if (state() != SUCCESS || gridX == 0 || gridX > 0x7fffffff || gridY == 0 || gridY > 65535 || gridZ != 1
            || blockX == 0 || blockX > 1024 || blockX % 32 != 0 || blockY != 1 || blockZ != 1) {
        return state() != SUCCESS ? state() : INVALID_VALUE;
    }
    const char *const given = static_cast<const char *>(parameters[0]);
    return enqueue(stream, [=, copied = std::vector<char>(given, given + function->bytes)]() mutable {
        void *argument = copied.data();
        kernel = function->entry;
        arguments = &argument;
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
    }, function->module);
}

// ---- for cuBLAS -------------------------------------------------------------------------------------------------

int simulationState() { return state(); }

int simulationEnqueue(void *stream, std::function<int()> *work) {
    const int result = state() != SUCCESS ? state() : enqueue(stream, *work);
    delete work;
    return result;
}
}
