package org.altmin.activations;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.altmin.core.operator.Activation;
import org.altmin.core.operator.Operators;
import org.junit.jupiter.api.Test;

/** On the class path and as a module the same services are found. */
class RegistrationTest {

    @Test
    void allAreFoundByName() {
        assertThat(Operators.activations().all()).extracting(Activation::name)
                .containsExactly("elu", "hard-tanh", "leaky-relu", "linear", "polynomial",
                        "relu", "sigmoid", "softplus", "tanh");
    }

    @Test
    void theModuleProvidesTheSame() throws URISyntaxException {
        Path classes = Path.of(Relu.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        ModuleReference module = ModuleFinder.of(classes).find("org.altmin.activations").orElseThrow();
        List<String> provided = module.descriptor().provides().iterator().next().providers();
        List<String> found = ServiceLoader.load(Activation.class).stream().map(provider -> provider.type().getName())
                .toList();
        assertThat(provided).containsExactlyInAnyOrderElementsOf(found);
    }
}
