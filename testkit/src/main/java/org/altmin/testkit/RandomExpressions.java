package org.altmin.testkit;

import java.util.ArrayList;
import java.util.List;
import org.altmin.linalg.BinaryOperation;
import org.altmin.linalg.Expr;
import org.altmin.linalg.RandomStream;
import org.altmin.linalg.UnaryOperation;

/**
 * Random expression graphs with shared nodes and iterations over inputs 0 to 2 and parameters 0 and 1, made only of
 * operations that every backend must compute exactly.
 */
final class RandomExpressions {

    private static final UnaryOperation[] UNARY = {UnaryOperation.NEGATE, UnaryOperation.ABS, UnaryOperation.SQRT};
    private static final double[] CONSTANTS = {0, -0.0, 1, -1, 0.1, 3, 1e-3, -7.5};

    private final RandomStream random;

    RandomExpressions(long seed) {
        random = new RandomStream(seed);
    }

    /** An expression of about {@code size} operations. */
    Expr next(int size) {
        return graph(size, leaves(), 2);
    }

    private Expr graph(int size, List<Expr> pool, int depth) {
        for (int k = 0; k < size; k++) {
            pool.add(node(pool, depth));
        }
        return pool.get(pool.size() - 1);
    }

    private Expr node(List<Expr> pool, int depth) {
        int kind = random.nextInt(depth > 0 ? 12 : 11);
        if (kind < 2) {
            return new Expr.Unary(UNARY[random.nextInt(UNARY.length)], any(pool));
        } else if (kind < 9) {
            BinaryOperation[] operations = BinaryOperation.values();
            return new Expr.Binary(operations[random.nextInt(operations.length)], any(pool), any(pool));
        } else if (kind < 10) {
            return Expr.select(any(pool), any(pool), any(pool));
        } else if (kind < 11) {
            return Expr.columnMax(any(pool));
        }
        return iteration(pool, depth);
    }

    private Expr iteration(List<Expr> pool, int depth) {
        int states = 1 + random.nextInt(3);
        List<Expr> initial = new ArrayList<>();
        List<Expr> next = new ArrayList<>();
        List<Expr> body = leaves();
        for (int k = 0; k < states; k++) {
            initial.add(any(pool));
            body.add(Expr.state(k));
        }
        graph(3 + random.nextInt(6), body, depth - 1);
        for (int k = 0; k < states; k++) {
            next.add(any(body));
        }
        return new Expr.Iteration(1 + random.nextInt(3), initial, next).result(random.nextInt(states));
    }

    private List<Expr> leaves() {
        List<Expr> result = new ArrayList<>();
        for (int k = 0; k < 3; k++) {
            result.add(Expr.input(k));
        }
        result.add(Expr.parameter(0));
        result.add(Expr.parameter(1));
        result.add(Expr.constant(CONSTANTS[random.nextInt(CONSTANTS.length)]));
        return result;
    }

    /** Later nodes are likelier, so that graphs grow deep. */
    private Expr any(List<Expr> pool) {
        int last = pool.size() - 1;
        return pool.get(random.nextInt(2) == 0 ? last - random.nextInt(Math.min(4, pool.size()))
                : random.nextInt(pool.size()));
    }
}
