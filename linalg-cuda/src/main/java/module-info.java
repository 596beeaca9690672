/** The GPU backend, on cuBLAS and NVRTC. */
module org.altmin.linalg.cuda {
    requires transitive org.altmin.linalg;
}
