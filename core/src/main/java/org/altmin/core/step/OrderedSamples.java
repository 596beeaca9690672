package org.altmin.core.step;

import java.util.Optional;
import org.altmin.core.network.Problem;
import org.altmin.linalg.Matrix;

/**
 * All samples of a problem as a solver sweeps them: in their own order, or in that of a {@link Skyline}.
 *
 * @param inputs a_0
 * @param targets Y, in the order of the inputs
 * @param mark what ends the archived name of a matrix with a column for each sample, so that a state is not restored
 *     into another order
 */
public record OrderedSamples(LayerInputs inputs, Matrix targets, String mark) {

    /** @param skyline of the problem's inputs, for its order */
    public static OrderedSamples of(Problem problem, Optional<Skyline> skyline) {
        if (skyline.isEmpty()) {
            return new OrderedSamples(LayerInputs.of(problem.la(), problem.inputs()), problem.targets(), "");
        }
        SkylineInputs inputs = new SkylineInputs(problem.la(), problem.inputs(), problem.network().width(1),
                skyline.get());
        return new OrderedSamples(inputs, inputs.reorder(problem.targets()), " by skyline 1");
    }
}
