package org.altmin.linalg.cuda.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.LinearAlgebraOptions;
import org.altmin.linalg.Precision;
import org.altmin.linalg.cuda.CudaProvider;
import org.altmin.linalg.cuda.Simulator;
import org.altmin.linalg.spi.Backend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompilerTest {

    @Test
    void compilesForTheDeviceWhereItCan() {
        assertThat(Compiler.architecture(90, new int[] {75, 80, 90, 100})).isEqualTo("sm_90");
        assertThat(Compiler.architecture(89, new int[] {75, 80, 90})).isEqualTo("compute_80");
        assertThat(Compiler.architecture(120, new int[] {75, 80, 90})).isEqualTo("compute_90");
        assertThatThrownBy(() -> Compiler.architecture(61, new int[] {80, 75})).isInstanceOf(AltminException.class)
                .hasMessageContaining("6.1").hasMessageContaining("7.5");
    }

    @Test
    void givesTheDriverTextForADeviceThatItDoesNotKnow(@TempDir Path folder) {
        Simulator.use();
        try (Backend backend = new CudaProvider().open(LinearAlgebraOptions.of(Precision.FLOAT32))) {
            assertThat(backend.description()).contains("sm_90");
            byte[] code = new Compiler(new ImageCache(folder), 103).compile("");
            String text = new String(code, 0, code.length - 1, StandardCharsets.US_ASCII);
            assertThat(code[code.length - 1]).isZero();
            assertThat(text).doesNotContain("\0").contains("--gpu-architecture=compute_90", "--fmad=false",
                    "--ftz=false", "--prec-div=true", "--prec-sqrt=true");
        }
    }

    @Test
    void repeatsTheCompilersLog(@TempDir Path folder) {
        Simulator.use();
        try (Backend backend = new CudaProvider().open(LinearAlgebraOptions.of(Precision.FLOAT32))) {
            assertThat(backend.description()).contains("sm_90", "cuBLAS 12.6", "nvrtc 12.6");
            Compiler compiler = new Compiler(new ImageCache(folder), 90);
            assertThatThrownBy(() -> compiler.compile("KERNEL(kernel, Nothing, 256) { }"))
                    .isInstanceOf(IllegalStateException.class).hasMessageContaining("nvrtc 12.6 refuses a kernel")
                    .hasMessageContaining("NVRTC_ERROR_COMPILATION").hasMessageContaining("Nothing")
                    .hasMessageContaining("error:");
            assertThat(folder).isEmptyDirectory();
        }
    }
}
