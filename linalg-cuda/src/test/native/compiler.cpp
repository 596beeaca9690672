// NVRTC that compiles for the host, by g++. HEADER is the path of kernel.h, BUILTINS the name of a library that it asks
// the loader for, as NVIDIA's does.

#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <string>

#include "temporary.h"

struct Program {
    std::string source, image, portable, log;
};

static std::string contentOf(const std::string &path) {
    std::string result;
    FILE *file = fopen(path.c_str(), "rb");
    if (file != nullptr) {
        char buffer[65536];
        for (size_t count; (count = fread(buffer, 1, sizeof buffer, file)) > 0;) {
            result.append(buffer, count);
        }
        fclose(file);
    }
    return result;
}

extern "C" {

int nvrtcVersion(int *major, int *minor) { *major = 12; *minor = 6; return 0; }
int nvrtcGetNumSupportedArchs(int *count) { *count = 2; return 0; }
int nvrtcGetSupportedArchs(int *architectures) { architectures[0] = 80; architectures[1] = 90; return 0; }

int nvrtcCreateProgram(Program **program, const char *source, const char *, int, const char *const *,
        const char *const *) {
    *program = new Program{source, "", "", ""};
    return 0;
}

int nvrtcDestroyProgram(Program **program) { delete *program; *program = nullptr; return 0; }

int nvrtcCompileProgram(Program *program, int count, const char *const *options) {
    if (dlopen(BUILTINS, RTLD_LAZY) == nullptr) {
        program->log = std::string("failed to open ") + BUILTINS;
        return 7;
    }
    for (int k = 0; k < count; k++) {
        program->portable += std::string("// ") + options[k] + "\n";
    }
    std::string folder = temporaryTemplate("altmin-compiler");
    if (mkdtemp(&folder[0]) == nullptr) {
        return 11;
    }
    const std::string base = folder + "/";
    FILE *file = fopen((base + "kernel.cpp").c_str(), "wb");
    fwrite(program->source.data(), 1, program->source.size(), file);
    fclose(file);
    const std::string command = "cd '" + folder + "' && g++ -std=c++17 -O1 -w -ffp-contract=off -fno-math-errno -fPIC "
            "-shared -include '" HEADER "' -o kernel.so kernel.cpp -lm > log 2>&1";
    const bool compiled = system(command.c_str()) == 0;
    program->log = contentOf(base + "log");
    if (compiled) {
        const std::string library = contentOf(base + "kernel.so");
        const uint64_t length = library.size();
        program->image.assign(reinterpret_cast<const char *>(&length), sizeof length);
        program->image += library;
    }
    for (const char *name : {"kernel.cpp", "kernel.so", "log"}) {
        unlink((base + name).c_str());
    }
    rmdir(folder.c_str());
    return compiled ? 0 : 6;
}

int nvrtcGetCUBINSize(Program *program, size_t *size) { *size = program->image.size(); return 0; }

int nvrtcGetCUBIN(Program *program, char *image) {
    memcpy(image, program->image.data(), program->image.size());
    return 0;
}

// Portable code is a note of the options, so that tests can read them.
int nvrtcGetPTXSize(Program *program, size_t *size) { *size = program->portable.size() + 1; return 0; }

int nvrtcGetPTX(Program *program, char *text) {
    memcpy(text, program->portable.c_str(), program->portable.size() + 1);
    return 0;
}

int nvrtcGetProgramLogSize(Program *program, size_t *size) { *size = program->log.size() + 1; return 0; }

int nvrtcGetProgramLog(Program *program, char *log) {
    memcpy(log, program->log.c_str(), program->log.size() + 1);
    return 0;
}
}
