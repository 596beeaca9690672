package org.altmin.core.solver;

import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.operator.Activation;
import org.altmin.core.operator.Operators;
import org.altmin.core.operator.Trait;
import org.altmin.linalg.AltminException;

/** What solvers demand of a problem, refused with the reason and what would work. */
public final class Requirements {

    private Requirements() {
    }

    /** Every hidden activation has the trait. */
    public static void activations(String solver, Network network, Trait trait) {
        for (int l = 1; l < network.depth(); l++) {
            Activation activation = network.activation(l);
            if (!activation.traits().contains(trait)) {
                throw new AltminException("The solver '" + solver + "' needs a " + trait.label()
                        + " activation, which '" + activation.name() + "' is not; use one of "
                        + Operators.namesOf(trait) + ".");
            }
        }
    }

    /** No layer has a skip connection. */
    public static void noSkips(String solver, Network network) {
        for (int l = 1; l < network.depth(); l++) {
            if (network.skip(l)) {
                throw new AltminException("The solver '" + solver + "' has no skip connections, but layer " + l
                        + " has one; use skip=false, or the solver 'bcd-resnet'.");
            }
        }
    }

    /** The hidden layers' states are not penalised. */
    public static void noStatePenalty(String solver, Problem problem) {
        if (!problem.statePenalty().isZero()) {
            throw new AltminException("The solver '" + solver + "' has no penalty on the states, but '"
                    + problem.statePenalty().name() + "' is given; use state-penalty=none, or a bcd solver.");
        }
    }
}
