package org.altmin.testkit;

import java.util.List;
import java.util.Map;
import org.altmin.core.network.Problem;
import org.altmin.core.network.Weights;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.core.solver.Solver;
import org.altmin.core.solver.SolverFactory;
import org.altmin.core.solver.SolverState;
import org.altmin.core.solver.StateArchive;
import org.altmin.core.solver.StepReport;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;

/** Proximal heavy-ball descent of ½‖W X − Y‖² + Ω(W) over the one layer of a linear network without biases. */
record GradientDescent(Mistake mistake) implements SolverFactory {

    private static final double MOMENTUM = 0.5;

    @Override
    public String name() {
        return "gradient-descent";
    }

    @Override
    public String description() {
        return "least squares by gradient descent";
    }

    @Override
    public List<Setting> settings() {
        return List.of(new Setting("rate", "0.01", "factor on the gradient, above 0"));
    }

    @Override
    public Solver<State> create(Settings settings) {
        return new Descent(settings.positive("rate"), mistake);
    }

    @Override
    public Solver<State> create(Map<String, String> given) {
        return create(Settings.of("solver '" + name() + "'", settings(), given));
    }

    private record Descent(double rate, Mistake mistake) implements Solver<State> {

        @Override
        public State initialise(Problem problem) {
            return new State(problem, rate, mistake);
        }

        @Override
        public StepReport step(State state) {
            return state.step();
        }
    }

    /** W, and the velocity of the heavy ball. */
    static final class State implements SolverState {

        private static final Kernel OBJECTIVE = Kernel.sum(Expr.input(0).minus(Expr.input(1)).square().times(0.5));
        private static final Kernel DIFFERENCE = Kernel.map(Expr.input(0).minus(Expr.input(1)));
        private static int started;

        private final Problem problem;
        private final LinearAlgebra la;
        private final double rate;
        private final Mistake mistake;
        private final Weights weights;
        private final Matrix velocity;
        private final Matrix images;
        private final Kernel move;
        private final int number = started++;
        private long steps;

        State(Problem problem, double rate, Mistake mistake) {
            this.problem = problem;
            this.rate = mistake == Mistake.DIVISION ? 1 / problem.la().squaredNorm(problem.inputs()) : rate;
            this.mistake = mistake;
            la = problem.la();
            weights = mistake == Mistake.INITIAL_WEIGHTS ? problem.initial() : new Weights(la, problem.network());
            weights.set(problem.initial());
            velocity = la.allocateLike(weights.weight(1));
            images = la.allocateLike(problem.targets());
            Expr forward = Expr.input(0).plus(Expr.input(1));
            Expr next = mistake == Mistake.CONSTRAINT ? forward
                    : problem.weightPenalty().prox(forward, Expr.constant(1 / rate));
            move = Kernel.builder().output(next).output(next.minus(Expr.input(0))).build();
        }

        @Override
        public Weights weights() {
            return weights;
        }

        @Override
        public void archive(StateArchive archive) {
            archive.weights(weights);
            if (mistake != Mistake.ARCHIVE) {
                archive.matrix("velocity", velocity);
            }
            steps = archive.integer("steps", steps);
        }

        StepReport step() {
            if (mistake == Mistake.ALLOCATION) {
                la.release(la.allocate(1000, 1));
            }
            Matrix weight = weights.weight(1);
            la.multiply(weight, problem.inputs(), images);
            la.map(images, DIFFERENCE, images, problem.targets());
            double disturbed = mistake == Mistake.DETERMINISM ? rate * (1 + 1e-12 * number) : rate;
            la.gemm(-disturbed, images, false, problem.inputs(), true, MOMENTUM, velocity);
            la.apply(move, new Matrix[] {weight, velocity}, new double[0], new double[0], weight, velocity);
            la.multiply(weight, problem.inputs(), images);
            double objective = la.reduce(OBJECTIVE, images, problem.targets());
            steps++;
            return StepReport.objective(mistake == Mistake.OBJECTIVE ? 2 * objective : objective)
                    .term("loss", mistake == Mistake.TERMS ? 1.1 * objective : objective)
                    .squaredStep(mistake == Mistake.SQUARED_STEP ? -1 : la.squaredNorm(velocity)).build();
        }
    }
}
