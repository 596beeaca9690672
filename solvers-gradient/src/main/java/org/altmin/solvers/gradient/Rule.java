package org.altmin.solvers.gradient;

import java.util.List;
import org.altmin.linalg.Expr;

/**
 * How a gradient moves a weight: w ← w − scale · direction, element by element, with memory of earlier gradients.
 * Where a penalty is not smooth, the move is followed by its proximal operator of weight 1/scale: the proximal gradient
 * step in the rule's own metric.
 */
sealed interface Rule permits Rule.Sgd, Rule.Momentum, Rule.Adagrad, Rule.Adadelta, Rule.Adam {

    /** The learning rate η of the update. */
    Expr RATE = Expr.parameter(0);

    /** Parameters below this index are the solver's. */
    int OWN_PARAMETERS = 2;

    double[] NO_PARAMETERS = {};

    /** The update of one element. The lists are in the order of {@link Rule#memories}. */
    record Move(Expr direction, Expr scale, List<Expr> memory) {
    }

    /** The names of what is kept for each weight, all zero at first. */
    List<String> memories();

    /** @param g the gradient of the mean loss */
    Move move(Expr g, List<Expr> memory);

    /** The values of the rule's own parameters in update t = 1, 2, … */
    default double[] parameters(long t) {
        return NO_PARAMETERS;
    }

    /** The learning rate on the mean loss that the papers give. */
    double paperRate(boolean wholeBatch, int samples);

    /** dladmm.md, section 5.1.3: 1e-6 for the sum of the losses; sigmoid-admm.md, table 2: 0.1 on mini-batches. */
    private static double plainRate(boolean wholeBatch, int samples) {
        return wholeBatch ? 1e-6 * samples : 0.1;
    }

    /** w ← w − η g. */
    record Sgd() implements Rule {

        @Override
        public List<String> memories() {
            return List.of();
        }

        @Override
        public Move move(Expr g, List<Expr> memory) {
            return new Move(g, RATE, List.of());
        }

        @Override
        public double paperRate(boolean wholeBatch, int samples) {
            return plainRate(wholeBatch, samples);
        }
    }

    /** v ← μ v + g, w ← w − η v (Polyak 1964). */
    record Momentum(double mu) implements Rule {

        @Override
        public List<String> memories() {
            return List.of("velocity");
        }

        @Override
        public Move move(Expr g, List<Expr> memory) {
            Expr velocity = memory.get(0).times(mu).plus(g);
            return new Move(velocity, RATE, List.of(velocity));
        }

        @Override
        public double paperRate(boolean wholeBatch, int samples) {
            return plainRate(wholeBatch, samples);
        }
    }

    /** s ← s + g², w ← w − η g/(√s + ε) (Duchi, Hazan and Singer 2011). */
    record Adagrad(double epsilon) implements Rule {

        @Override
        public List<String> memories() {
            return List.of("squares");
        }

        @Override
        public Move move(Expr g, List<Expr> memory) {
            Expr squares = memory.get(0).plus(g.square());
            return new Move(g, RATE.dividedBy(squares.sqrt().plus(epsilon)), List.of(squares));
        }

        @Override
        public double paperRate(boolean wholeBatch, int samples) {
            return 1e-3;
        }
    }

    /**
     * s ← ρ s + (1 − ρ) g², δ = √(d + ε)/√(s + ε) g, d ← ρ d + (1 − ρ) δ², w ← w − η δ (Zeiler 2012, Algorithm 1, where
     * η = 1).
     */
    record Adadelta(double rho, double epsilon) implements Rule {

        @Override
        public List<String> memories() {
            return List.of("squares", "squaredMoves");
        }

        @Override
        public Move move(Expr g, List<Expr> memory) {
            Expr squares = memory.get(0).times(rho).plus(g.square().times(1 - rho));
            Expr ratio = memory.get(1).plus(epsilon).dividedBy(squares.plus(epsilon)).sqrt();
            Expr squaredMoves = memory.get(1).times(rho).plus(ratio.times(g).square().times(1 - rho));
            return new Move(g, RATE.times(ratio), List.of(squares, squaredMoves));
        }

        @Override
        public double paperRate(boolean wholeBatch, int samples) {
            return 0.1;
        }
    }

    /**
     * m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g², w ← w − η m̂/(√v̂ + ε) with m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ)
     * (Kingma and Ba 2015, Algorithm 1).
     */
    record Adam(double beta1, double beta2, double epsilon) implements Rule {

        @Override
        public List<String> memories() {
            return List.of("mean", "square");
        }

        @Override
        public Move move(Expr g, List<Expr> memory) {
            Expr mean = memory.get(0).times(beta1).plus(g.times(1 - beta1));
            Expr square = memory.get(1).times(beta2).plus(g.square().times(1 - beta2));
            Expr deviation = square.times(Expr.parameter(OWN_PARAMETERS + 1)).sqrt().plus(epsilon);
            Expr direction = mean.times(Expr.parameter(OWN_PARAMETERS));
            return new Move(direction, RATE.dividedBy(deviation), List.of(mean, square));
        }

        @Override
        public double[] parameters(long t) {
            return new double[] {1 / (1 - Math.pow(beta1, t)), 1 / (1 - Math.pow(beta2, t))};
        }

        @Override
        public double paperRate(boolean wholeBatch, int samples) {
            return 1e-3;
        }
    }
}
