package org.altmin.linalg.cuda.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.altmin.core.operator.Activation;
import org.altmin.core.operator.ActivationTrait;
import org.altmin.core.operator.Loss;
import org.altmin.core.operator.Operators;
import org.altmin.core.operator.Regularizer;
import org.altmin.linalg.BinaryOperation;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.Reduction;
import org.altmin.linalg.UnaryOperation;

/** A kernel for every operation of the language, and one for every installed operator with all its expressions. */
final class BuiltInKernels {

    private static final Expr FIRST = Expr.input(0);
    private static final Expr SECOND = Expr.input(1);
    private static final Expr WEIGHT = Expr.parameter(0);

    private BuiltInKernels() {
    }

    /** By name. All use inputs 0 and 1 and parameter 0 > 0 at most. */
    static Map<String, Kernel> operations() {
        Map<String, Kernel> result = new LinkedHashMap<>();
        Kernel.Builder unary = Kernel.builder();
        for (UnaryOperation operation : UnaryOperation.values()) {
            unary.output(new Expr.Unary(operation, FIRST));
        }
        result.put("unary operations", unary.build());
        Kernel.Builder binary = Kernel.builder();
        for (BinaryOperation operation : BinaryOperation.values()) {
            binary.output(new Expr.Binary(operation, FIRST, SECOND));
        }
        result.put("binary operations", binary.sum(FIRST).total(Reduction.MAX, SECOND).build());
        Expr.Iteration swap = new Expr.Iteration(3, List.of(FIRST, SECOND),
                List.of(Expr.state(1), Expr.state(0).times(0.5)));
        result.put("selection, iteration, constants", Kernel.builder().output(Expr.select(FIRST, SECOND, WEIGHT))
                .output(swap.result(0).plus(swap.result(1))).output(Expr.constant(Double.NaN))
                .output(FIRST.plus(Expr.constant(Double.NEGATIVE_INFINITY)).min(-0.0)).build());
        Expr shifted = FIRST.minus(Expr.columnMax(FIRST));
        Expr coupled = Expr.iterate(2, shifted, s -> s.minus(Expr.columnSum(s.times(SECOND)).times(0.01)));
        result.put("coupled columns", Kernel.builder().output(shifted.exp().dividedBy(Expr.columnSum(shifted.exp())))
                .output(coupled).sum(coupled).total(Reduction.MAX, coupled).build());
        return result;
    }

    static Map<String, Kernel> operators() {
        Map<String, Kernel> result = new LinkedHashMap<>();
        for (Activation activation : Operators.activations().all()) {
            Kernel.Builder builder = Kernel.builder().output(activation.value(FIRST))
                    .output(activation.derivative(FIRST)).output(activation.prox(SECOND, FIRST, WEIGHT));
            if (activation.traits().contains(ActivationTrait.MONOTONE)) {
                Activation.Interval interval = activation.preimage(FIRST, SECOND);
                builder.output(interval.lower()).output(interval.upper());
            }
            result.put("activation " + activation.name(), builder.build());
        }
        for (Regularizer regularizer : Operators.regularizers().all()) {
            result.put("regularizer " + regularizer.name(), Kernel.builder().output(regularizer.value(FIRST))
                    .output(regularizer.prox(FIRST, WEIGHT)).build());
        }
        for (Loss loss : Operators.losses().all()) {
            result.put("loss " + loss.name(), Kernel.builder().inDouble().output(loss.value(FIRST, SECOND))
                    .output(loss.gradient(FIRST, SECOND)).output(loss.prox(FIRST, SECOND, WEIGHT))
                    .sum(loss.value(FIRST, SECOND)).build());
        }
        return result;
    }
}
