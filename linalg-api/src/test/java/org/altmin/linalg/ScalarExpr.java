package org.altmin.linalg;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Evaluates an expression at one element by walking it: what a kernel's program must compute. */
final class ScalarExpr {

    private final double[] parameters;
    private final double[] inputs;
    private final double[] states;
    private final Map<Expr, Double> values = new IdentityHashMap<>();

    private ScalarExpr(double[] parameters, double[] inputs, double[] states) {
        this.parameters = parameters;
        this.inputs = inputs;
        this.states = states;
    }

    static double evaluate(Expr expr, double[] parameters, double... inputs) {
        return new ScalarExpr(parameters, inputs, new double[0]).value(expr);
    }

    private double value(Expr expr) {
        Double known = values.get(expr);
        if (known == null) {
            known = compute(expr);
            values.put(expr, known);
        }
        return known;
    }

    private double compute(Expr expr) {
        if (expr instanceof Expr.Input e) {
            return inputs[e.index()];
        } else if (expr instanceof Expr.Parameter e) {
            return parameters[e.index()];
        } else if (expr instanceof Expr.Constant e) {
            return e.value();
        } else if (expr instanceof Expr.Unary e) {
            return e.operation().apply(value(e.x()));
        } else if (expr instanceof Expr.Binary e) {
            return e.operation().apply(value(e.x()), value(e.y()));
        } else if (expr instanceof Expr.Select e) {
            return value(e.condition()) > 0 ? value(e.whenTrue()) : value(e.whenFalse());
        } else if (expr instanceof Expr.ColumnReduce e) {
            return value(e.x());
        } else if (expr instanceof Expr.State e) {
            return states[e.index()];
        }
        Expr.Result e = (Expr.Result) expr;
        double[] current = all(e.iteration().initial());
        for (int round = 0; round < e.iteration().rounds(); round++) {
            current = new ScalarExpr(parameters, inputs, current).all(e.iteration().next());
        }
        return current[e.index()];
    }

    private double[] all(List<Expr> exprs) {
        return exprs.stream().mapToDouble(this::value).toArray();
    }
}
