package org.altmin.linalg.cpu.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Reduction;

/**
 * Evaluates expressions the slow way, a whole matrix per node, rounding after every operation. What the evaluator is
 * held against.
 */
final class Interpreter {

    private final int rows;
    private final int columns;
    private final double[] parameters;
    private final double[][] inputs;
    private final DoubleUnaryOperator round;

    /** @param inputs broadcast to rows × columns already */
    Interpreter(int rows, int columns, double[] parameters, double[][] inputs, DoubleUnaryOperator round) {
        this.rows = rows;
        this.columns = columns;
        this.parameters = parameters;
        this.inputs = inputs;
        this.round = round;
    }

    double[] evaluate(Expr expr) {
        return evaluate(expr, List.of(), new IdentityHashMap<>());
    }

    private double[] evaluate(Expr expr, List<double[]> states, Map<Object, List<double[]>> known) {
        List<double[]> values = known.get(expr);
        if (values == null) {
            values = List.of(compute(expr, states, known));
            known.put(expr, values);
        }
        return values.get(0);
    }

    private double[] compute(Expr expr, List<double[]> states, Map<Object, List<double[]>> known) {
        double[] result = new double[rows * columns];
        if (expr instanceof Expr.Input e) {
            return inputs[e.index()];
        } else if (expr instanceof Expr.Parameter e) {
            Arrays.fill(result, round.applyAsDouble(parameters[e.index()]));
        } else if (expr instanceof Expr.Constant e) {
            Arrays.fill(result, round.applyAsDouble(e.value()));
        } else if (expr instanceof Expr.Unary e) {
            double[] x = evaluate(e.x(), states, known);
            Arrays.setAll(result, i -> round.applyAsDouble(e.operation().apply(x[i])));
        } else if (expr instanceof Expr.Binary e) {
            double[] x = evaluate(e.x(), states, known);
            double[] y = evaluate(e.y(), states, known);
            Arrays.setAll(result, i -> round.applyAsDouble(e.operation().apply(x[i], y[i])));
        } else if (expr instanceof Expr.Select e) {
            double[] condition = evaluate(e.condition(), states, known);
            double[] x = evaluate(e.whenTrue(), states, known);
            double[] y = evaluate(e.whenFalse(), states, known);
            Arrays.setAll(result, i -> condition[i] > 0 ? x[i] : y[i]);
        } else if (expr instanceof Expr.ColumnReduce e) {
            double[] x = evaluate(e.x(), states, known);
            for (int j = 0; j < columns; j++) {
                double value = reduce(e.reduction(), Arrays.copyOfRange(x, j * rows, (j + 1) * rows));
                Arrays.fill(result, j * rows, (j + 1) * rows, round.applyAsDouble(value));
            }
        } else if (expr instanceof Expr.State e) {
            return states.get(e.index());
        } else if (expr instanceof Expr.Result e) {
            return iterate(e.iteration(), states, known).get(e.index());
        }
        return result;
    }

    private List<double[]> iterate(Expr.Iteration iteration, List<double[]> states, Map<Object, List<double[]>> known) {
        List<double[]> values = known.get(iteration);
        if (values == null) {
            values = new ArrayList<>();
            for (Expr initial : iteration.initial()) {
                values.add(evaluate(initial, states, known));
            }
            for (int round = 0; round < iteration.rounds(); round++) {
                List<double[]> current = values;
                Map<Object, List<double[]>> ofThisRound = new IdentityHashMap<>();
                List<double[]> next = new ArrayList<>();
                for (Expr expr : iteration.next()) {
                    next.add(evaluate(expr, current, ofThisRound));
                }
                values = next;
            }
            known.put(iteration, values);
        }
        return values;
    }

    static double reduce(Reduction reduction, double[] x) {
        return switch (reduction) {
            case SUM -> Arrays.stream(x).sum();
            case MAX -> Arrays.stream(x).reduce(Double.NEGATIVE_INFINITY, Math::max);
        };
    }
}
