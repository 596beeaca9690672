package org.altmin.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.Map;
import org.altmin.core.model.HostMemory;
import org.altmin.core.model.NamedActivation;
import org.altmin.core.network.Layer;
import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.network.Weights;
import org.altmin.core.operator.Loss;
import org.altmin.core.operator.Regularizer;
import org.altmin.core.operator.TargetEncoding;
import org.altmin.linalg.Expr;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Precision;
import org.junit.jupiter.api.Test;

class CheckpointIdentityTest {

    /** The CRC-32C of 30 doubles that are 0. */
    private static final String ZEROS = "a93372f9";

    @Test
    void allThatAStateDependsOnIsNamed() {
        NamedActivation leaky = new NamedActivation("leaky-relu", Map.of("slope", "0.1"));
        Network network = new Network(2,
                List.of(new Layer(3, new NamedActivation("tanh"), false), new Layer(3, leaky, true)), 4, false);
        try (LinearAlgebra la = HostMemory.open(Precision.FLOAT32)) {
            Problem problem = new Problem(la, network, new Squared(), new None(), new None(), la.allocate(2, 5),
                    la.allocate(4, 5), TargetEncoding.Kind.VALUES, new Weights(la, network), 13);

            Map<String, String> settings = Map.of("rho", "0.5", "nu", "1e-6");
            assertThat(Checkpoint.identity("dladmm", settings, "glyphs", problem)).containsExactly(
                    entry("solver", "dladmm"), entry("setting nu", "1e-6"), entry("setting rho", "0.5"),
                    entry("network", "2-3-3-4 (tanh, leaky-relu(slope=0.1) with skip) without biases"),
                    entry("loss", "squared"), entry("weight penalty", "none"), entry("state penalty", "none"),
                    entry("dataset", "glyphs"), entry("samples", "5"), entry("checksum of the data", ZEROS),
                    entry("precision", "FLOAT32"), entry("seed", "13"));
        }
    }

    private record Squared() implements Loss {

        @Override
        public String name() {
            return "squared";
        }

        @Override
        public String description() {
            return "(z - y)^2 / 2";
        }

        @Override
        public Expr value(Expr z, Expr y) {
            return z.minus(y).square().times(0.5);
        }

        @Override
        public Expr gradient(Expr z, Expr y) {
            return z.minus(y);
        }

        @Override
        public Expr prox(Expr centre, Expr y, Expr weight) {
            return y.plus(weight.times(centre)).dividedBy(weight.plus(1));
        }

        @Override
        public double curvature() {
            return 1;
        }

        @Override
        public TargetEncoding encoding() {
            return TargetEncoding.values();
        }
    }

    private record None() implements Regularizer {

        @Override
        public String name() {
            return "none";
        }

        @Override
        public String description() {
            return "0";
        }

        @Override
        public Expr value(Expr x) {
            return Expr.constant(0);
        }

        @Override
        public Expr prox(Expr centre, Expr weight) {
            return centre;
        }
    }
}
