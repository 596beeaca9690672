package org.altmin.solvers.bcd;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.altmin.core.network.Layer;
import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.operator.Activation;
import org.altmin.core.operator.Operators;
import org.altmin.core.settings.Setting;
import org.altmin.core.solver.SolverFactory;
import org.altmin.core.solver.Solvers;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.testkit.SmallProblems;

/** Problems of a few neurons whose layers widen and narrow, or residual ones. */
final class SmallNetworks {

    /** As in the paper, on the whole batch. */
    static final Map<String, String> WHOLE_BATCH = Map.of("gamma", "1", "alpha", "5", "batch", "0", "states", "kept",
            "order", "backward", "state-updates", "exact");

    private SmallNetworks() {
    }

    /** @param skip whether it is a residual network; its first layer then has a skip connection if the seed is even */
    static Problem problem(LinearAlgebra la, String activation, boolean skip, boolean bias, String loss,
            String weightPenalty, String statePenalty, int samples, long seed) {
        Activation operator = Operators.activation(activation);
        List<Layer> hidden = new ArrayList<>();
        int inputs = skip && seed % 2 == 0 ? 5 : 4;
        hidden.add(new Layer(5, operator, inputs == 5));
        hidden.add(new Layer(skip ? 5 : 6, operator, skip));
        hidden.add(new Layer(skip ? 5 : 4, operator, skip));
        Network network = new Network(inputs, hidden, 3, bias);
        return SmallProblems.of(la, network, Operators.loss(loss), Operators.regularizer(weightPenalty),
                Operators.regularizer(statePenalty), samples, seed);
    }

    /** @param settings over those of the paper on the whole batch; of which those count that the solver has */
    static Bcd solver(String name, Map<String, String> settings) {
        SolverFactory factory = Solvers.installed().get(name);
        Set<String> known = factory.settings().stream().map(Setting::name).collect(Collectors.toSet());
        Map<String, String> given = new LinkedHashMap<>(WHOLE_BATCH);
        given.putAll(settings);
        given.keySet().retainAll(known);
        return (Bcd) factory.create(given);
    }
}
