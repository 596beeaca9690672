package org.altmin.core.network;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.altmin.core.operator.Loss;
import org.altmin.core.operator.Regularizer;
import org.altmin.core.operator.TargetEncoding;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;

/**
 * What a solver is given: minimise R(z_L; Y) + Σ Ω(W_l) + Σ s(a_l) over the weights of a network.
 *
 * @param la the open backend that owns the matrices
 * @param network the architecture
 * @param loss R
 * @param weightPenalty Ω, on each W_l but not on biases
 * @param statePenalty s, on each hidden a_l, for the solvers that have such a term
 * @param inputs X, n_0 × n
 * @param targets Y, n_L × n, encoded as the loss wants
 * @param targetKind what Y encodes: classes, also where the loss takes them as real values, or real values
 * @param initial the weights to start from; a solver copies them
 * @param seed of everything random in the solver
 */
public record Problem(LinearAlgebra la, Network network, Loss loss, Regularizer weightPenalty,
        Regularizer statePenalty, Matrix inputs, Matrix targets, TargetEncoding.Kind targetKind,
        Weights initial, long seed) {

    public Problem {
        Objects.requireNonNull(la, "la");
        Objects.requireNonNull(loss, "loss");
        Objects.requireNonNull(weightPenalty, "weightPenalty");
        Objects.requireNonNull(statePenalty, "statePenalty");
        Objects.requireNonNull(targetKind, "targetKind");
        Objects.requireNonNull(initial, "initial");
        if (inputs.rows() != network.inputs() || targets.rows() != network.outputs()
                || inputs.columns() != targets.columns()) {
            throw new IllegalArgumentException("inputs of " + inputs.shape() + " and targets of " + targets.shape()
                    + " do not fit a " + network.shape() + " network");
        }
    }

    /** n, the number of training samples. */
    public int samples() {
        return inputs.columns();
    }

    /** Weights of a solver's own that begin at the initial ones. */
    public Weights copyInitial() {
        Weights copy = new Weights(la, network);
        copy.set(initial);
        return copy;
    }

    /**
     * As {@link #requireMemory(String, int, List, Consumer)}, for a solver whose memory grows with the number of
     * samples.
     */
    public void requireMemory(String solver, int samplesAtOnce, Consumer<Problem> allocation) {
        requireMemory(solver, samplesAtOnce, List.of("fewer samples", "narrower layers"), allocation);
    }

    /**
     * Says that a solver's state does not fit before anything is allocated. The state is first made for a problem of
     * the same shapes {@linkplain LinearAlgebra#withoutElements() without elements}, so what it allocates may depend
     * on none but what was read from this problem before.
     *
     * @param solver its name, for the message
     * @param samplesAtOnce how many samples it works on at a time, for the message
     * @param remedies what takes less memory, for the message, such as "a smaller batch"
     * @param allocation makes the state of a problem
     * @throws org.altmin.linalg.AltminException if the backend has too little memory
     */
    public void requireMemory(String solver, int samplesAtOnce, List<String> remedies, Consumer<Problem> allocation) {
        try (LinearAlgebra shapes = la.withoutElements()) {
            Problem planned = new Problem(shapes, network, loss, weightPenalty, statePenalty,
                    shapes.allocateLike(inputs), shapes.allocateLike(targets), targetKind,
                    new Weights(shapes, network), seed);
            long before = shapes.allocatedBytes();
            allocation.accept(planned);
            la.requireMemory(shapes.peakBytes() - before,
                    solver + " on " + samplesAtOnce + " samples of a " + network.shape() + " network", remedies);
        }
    }
}
