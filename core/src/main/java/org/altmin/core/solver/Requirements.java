package org.altmin.core.solver;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.operator.Activation;
import org.altmin.core.operator.ActivationTrait;
import org.altmin.core.operator.LossTrait;
import org.altmin.core.operator.Operators;
import org.altmin.linalg.AltminException;

/** What solvers demand of a problem, refused with the reason and what would work. */
public final class Requirements {

    private Requirements() {
    }

    /** Every hidden activation has all the traits. */
    public static void activations(String solver, Network network, ActivationTrait... traits) {
        for (int l = 1; l < network.depth(); l++) {
            Activation activation = network.activation(l);
            String missing = Stream.of(traits).filter(trait -> !activation.traits().contains(trait))
                    .map(ActivationTrait::label).collect(Collectors.joining(" or "));
            if (!missing.isEmpty()) {
                String needed = Stream.of(traits).map(ActivationTrait::label).collect(Collectors.joining(" and "));
                throw new AltminException("The solver '" + solver + "' needs a " + needed + " activation, and '"
                        + activation.name() + "' is not " + missing + "; use one of " + Operators.namesOf(traits)
                        + ".");
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

    /** A residual network: every hidden layer has a skip connection, but for the first where its input is narrower. */
    public static void skips(String solver, Network network) {
        boolean any = false;
        for (int l = 1; l < network.depth(); l++) {
            any |= network.skip(l);
            if (l > 1 && !network.skip(l)) {
                throw new AltminException("The solver '" + solver + "' trains residual networks, but layer " + l
                        + " has no skip connection; use skip=true and hidden layers of equal widths, or the solver "
                        + "'bcd3'.");
            }
        }
        if (!any) {
            throw new AltminException("The solver '" + solver + "' trains residual networks, but the " + network.shape()
                    + " network has no skip connection; use skip=true and two or more hidden layers of equal widths, "
                    + "or the solver 'bcd3'.");
        }
    }

    /** The hidden layers' states are not penalised. */
    public static void noStatePenalty(String solver, Problem problem) {
        if (!problem.statePenalty().isZero()) {
            throw new AltminException("The solver '" + solver + "' has no penalty on the states, but '"
                    + problem.statePenalty().name() + "' is given; use state-penalty=none, or a bcd solver.");
        }
    }

    /** The loss has the trait. */
    public static void loss(String solver, Problem problem, LossTrait trait) {
        if (!problem.loss().traits().contains(trait)) {
            throw new AltminException("The solver '" + solver + "' needs a " + trait.label() + " loss, and '"
                    + problem.loss().name() + "' is not " + trait.label() + "; use one of " + Operators.namesOf(trait)
                    + ".");
        }
    }

    /** The weight penalty is none, or a multiple of the sum of squares. */
    public static void quadraticPenalty(String solver, Problem problem) {
        if (!problem.weightPenalty().isQuadratic()) {
            throw new AltminException("The solver '" + solver + "' needs a quadratic regularizer, but '"
                    + problem.weightPenalty().name() + "' is given; use regularizer=none or l2.");
        }
    }
}
