// Names in the folder for temporary files: TMPDIR where it is set, else the system's.

#include <stdio.h>
#include <stdlib.h>

#include <string>

static std::string temporaryTemplate(const char *name) {
    const char *folder = getenv("TMPDIR");
    const bool set = folder != nullptr && *folder != '\0';
    return std::string(set ? folder : P_tmpdir) + "/" + name + "-XXXXXX";
}
