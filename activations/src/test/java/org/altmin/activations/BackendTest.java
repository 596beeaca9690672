package org.altmin.activations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import org.altmin.core.operator.Activation;
import org.altmin.core.operator.MisfitProx;
import org.altmin.linalg.Backends;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.LinearAlgebraOptions;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.altmin.linalg.spi.Availability;
import org.altmin.linalg.spi.LinearAlgebraProvider;
import org.altmin.testkit.reference.ExprInterpreter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every installed backend runs every activation as the interpreter does, those of a third party's jar too. */
class BackendTest {

    private static final int COUNT = 3000;

    @TempDir
    private Path folder;

    @Test
    void everyBackendComputesEveryActivation() throws IOException {
        URL[] jars = {ThirdPartyJar.build(folder).toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(jars, getClass().getClassLoader())) {
            List<Activation> activations = new ArrayList<>();
            ServiceLoader.load(Activation.class, loader).forEach(activations::add);
            assertThat(activations).extracting(Activation::name).contains("isru", "sigmoid");
            for (LinearAlgebraProvider provider : Backends.installed()) {
                if (provider.availability() instanceof Availability.Available) {
                    for (Precision precision : Precision.values()) {
                        activations.forEach(activation -> agrees(provider, precision, activation));
                    }
                }
            }
        }
    }

    private static void agrees(LinearAlgebraProvider provider, Precision precision, Activation activation) {
        Random random = new Random(31);
        double[] t = single(random.doubles(COUNT, -1.5, 1.5).toArray());
        double[] c = single(random.doubles(COUNT, -5, 5).toArray());
        double[] w = single(random.doubles(COUNT, -4, 2).map(u -> Math.pow(10, u)).toArray());
        Expr prox = activation.prox(Expr.input(0), Expr.input(1), Expr.input(2));
        Kernel kernel = Kernel.builder().output(prox).output(activation.value(Expr.input(1)))
                .output(activation.derivative(Expr.input(1))).build();
        double[][] actual = new double[3][];
        try (LinearAlgebra la = new LinearAlgebra(provider.name(),
                provider.open(LinearAlgebraOptions.of(precision).withThreads(2)))) {
            Matrix[] outputs = {la.allocate(3, COUNT / 3), la.allocate(3, COUNT / 3), la.allocate(3, COUNT / 3)};
            la.apply(kernel, outputs, new double[0], new double[0], la.of(3, COUNT / 3, t), la.of(3, COUNT / 3, c),
                    la.of(3, COUNT / 3, w));
            for (int k = 0; k < 3; k++) {
                actual[k] = la.toArray(outputs[k]);
            }
        }
        double tolerance = precision == Precision.FLOAT32 ? 2e-5 : 1e-9;
        double[] expected = ExprInterpreter.evaluate(prox, t, c, w);
        double[] lowest = misfit(activation, expected, t, c, w);
        double[] attained = misfit(activation, actual[0], t, c, w);
        double[] value = ExprInterpreter.evaluate(activation.value(Expr.input(0)), c);
        double[] slope = ExprInterpreter.evaluate(activation.derivative(Expr.input(0)), c);
        for (int i = 0; i < COUNT; i++) {
            String what = activation.name() + " on " + provider.name() + " in " + precision + " at t=" + t[i] + ", c="
                    + c[i] + ", w=" + w[i];
            assertThat(attained[i]).as("misfit of the prox of %s", what)
                    .isBetween(lowest[i] - tolerance, lowest[i] + tolerance * (1 + lowest[i]));
            assertThat(actual[1][i]).as("value of %s", what).isBetween(value[i] - tolerance * (1 + Math.abs(value[i])),
                    value[i] + tolerance * (1 + Math.abs(value[i])));
            assertThat(actual[2][i]).as("derivative of %s", what)
                    .isBetween(slope[i] - tolerance * (1 + Math.abs(slope[i])),
                            slope[i] + tolerance * (1 + Math.abs(slope[i])));
        }
    }

    private static double[] misfit(Activation activation, double[] z, double[] t, double[] c, double[] w) {
        Expr misfit = MisfitProx.misfit(Expr.input(0), activation.value(Expr.input(0)), Expr.input(1), Expr.input(2),
                Expr.input(3));
        return ExprInterpreter.evaluate(misfit, z, t, c, w);
    }

    private static double[] single(double[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) values[i];
        }
        return values;
    }
}
