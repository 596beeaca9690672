package org.altmin.linalg.cpu.internal;

import java.util.ArrayList;
import java.util.List;
import org.altmin.linalg.BinaryOperation;
import org.altmin.linalg.Expr;
import org.altmin.linalg.RandomStream;
import org.altmin.linalg.Reduction;
import org.altmin.linalg.UnaryOperation;

/**
 * Random expressions that share sub-expressions and contain selects and nested iterations, of operations that are
 * rounded correctly.
 */
final class RandomExpressions {

    private static final List<UnaryOperation> UNARY =
            List.of(UnaryOperation.NEGATE, UnaryOperation.ABS, UnaryOperation.SQRT);

    private final RandomStream random;
    private final int inputs;
    private final int parameters;
    private final boolean coupled;
    private final List<Expr> shared = new ArrayList<>();

    /**
     * @param coupled whether to reduce over columns here and there
     */
    RandomExpressions(RandomStream random, int inputs, int parameters, boolean coupled) {
        this.random = random;
        this.inputs = inputs;
        this.parameters = parameters;
        this.coupled = coupled;
    }

    Expr next(int depth) {
        return next(depth, 0);
    }

    private Expr next(int depth, int states) {
        if (states == 0 && !shared.isEmpty() && random.nextInt(5) == 0) {
            return shared.get(random.nextInt(shared.size()));
        }
        Expr result = depth == 0 ? leaf(states) : node(depth - 1, states);
        if (states == 0) {
            shared.add(result);
        }
        return result;
    }

    private Expr leaf(int states) {
        int kind = random.nextInt(states > 0 ? 6 : 4);
        if (kind == 0) {
            return Expr.constant(random.nextInt(9) * 0.5 - 2);
        } else if (kind == 1 && parameters > 0) {
            return Expr.parameter(random.nextInt(parameters));
        } else if (kind < 4) {
            return Expr.input(random.nextInt(inputs));
        }
        return Expr.state(random.nextInt(states));
    }

    private Expr node(int depth, int states) {
        int kind = random.nextInt(12);
        if (kind < 3) {
            return new Expr.Unary(UNARY.get(random.nextInt(UNARY.size())), next(depth, states));
        } else if (kind < 8) {
            BinaryOperation[] operations = BinaryOperation.values();
            return new Expr.Binary(operations[random.nextInt(operations.length)], next(depth, states),
                    next(depth, states));
        } else if (kind < 10) {
            return Expr.select(next(depth, states), next(depth, states), next(depth, states));
        } else if (kind == 10 && coupled) {
            // The maximum, since a sum depends on the order of its terms.
            return new Expr.ColumnReduce(Reduction.MAX, next(depth, states));
        }
        int inner = 1 + random.nextInt(3);
        List<Expr> initial = new ArrayList<>();
        List<Expr> following = new ArrayList<>();
        for (int i = 0; i < inner; i++) {
            initial.add(next(depth, states));
            following.add(next(depth, inner));
        }
        return new Expr.Iteration(1 + random.nextInt(4), initial, following).result(random.nextInt(inner));
    }
}
