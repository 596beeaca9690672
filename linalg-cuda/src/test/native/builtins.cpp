// What the simulated NVRTC needs beside it.

extern "C" int builtins() { return 0; }
