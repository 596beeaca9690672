package org.altmin.linalg;

import java.util.ArrayList;
import java.util.List;

/** Random expression graphs with shared nodes and nested iterations over inputs 0 and 1 and parameter 0. */
final class RandomExpr {

    private static final double[] CONSTANTS = {0, -0.0, 1, -1, 0.1, 3, -7.5};

    private final RandomStream random;

    RandomExpr(long seed) {
        random = new RandomStream(seed);
    }

    /** Several expressions that share parts. */
    List<Expr> next(int count, int size) {
        List<Expr> pool = leaves();
        grow(pool, size, 3);
        List<Expr> result = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            result.add(any(pool));
        }
        return result;
    }

    private void grow(List<Expr> pool, int size, int depth) {
        for (int k = 0; k < size; k++) {
            pool.add(node(pool, depth));
        }
    }

    private Expr node(List<Expr> pool, int depth) {
        int kind = random.nextInt(depth > 0 ? 11 : 9);
        if (kind < 2) {
            return new Expr.Unary(UnaryOperation.values()[random.nextInt(3)], any(pool));
        } else if (kind < 8) {
            BinaryOperation[] operations = BinaryOperation.values();
            return new Expr.Binary(operations[random.nextInt(operations.length)], any(pool), any(pool));
        } else if (kind == 8) {
            return Expr.select(any(pool), any(pool), any(pool));
        }
        int states = 1 + random.nextInt(3);
        List<Expr> body = leaves();
        List<Expr> initial = new ArrayList<>();
        List<Expr> next = new ArrayList<>();
        for (int k = 0; k < states; k++) {
            initial.add(any(pool));
            body.add(Expr.state(k));
        }
        grow(body, 2 + random.nextInt(7), depth - 1);
        for (int k = 0; k < states; k++) {
            next.add(any(body));
        }
        return new Expr.Iteration(1 + random.nextInt(3), initial, next).result(random.nextInt(states));
    }

    private List<Expr> leaves() {
        return new ArrayList<>(List.of(Expr.input(0), Expr.input(1), Expr.parameter(0),
                Expr.constant(CONSTANTS[random.nextInt(CONSTANTS.length)])));
    }

    private Expr any(List<Expr> pool) {
        int size = pool.size();
        return pool.get(random.nextInt(2) == 0 ? size - 1 - random.nextInt(Math.min(5, size)) : random.nextInt(size));
    }
}
