package org.altmin.linalg.cpu.internal;

import java.math.BigDecimal;
import java.math.MathContext;

/** Elementary functions of numbers from where they are finite and not zero, to some 30 digits. */
final class ExactFunctions {

    private static final MathContext DIGITS = new MathContext(50);
    private static final BigDecimal ONE = BigDecimal.ONE;
    private static final int HALVINGS = 20;
    private static final int TERMS = 12;
    private static final double SMALL = 1e-4;

    private ExactFunctions() {
    }

    static BigDecimal exp(double x) {
        return exp(new BigDecimal(x));
    }

    static BigDecimal expm1(double x) {
        return Math.abs(x) < SMALL ? seriesOfExpm1(new BigDecimal(x)) : exp(x).subtract(ONE, DIGITS);
    }

    static BigDecimal log(double x) {
        return log(new BigDecimal(x), Math.log(x));
    }

    static BigDecimal log1p(double x) {
        return Math.abs(x) < SMALL
                ? seriesOfLog1p(new BigDecimal(x))
                : log(ONE.add(new BigDecimal(x)), Math.log1p(x));
    }

    static BigDecimal tanh(double x) {
        BigDecimal expm1 = expm1(2 * x);
        return expm1.divide(expm1.add(new BigDecimal(2)), DIGITS);
    }

    static BigDecimal logistic(double x) {
        return ONE.divide(ONE.add(exp(-x)), DIGITS);
    }

    private static BigDecimal exp(BigDecimal x) {
        BigDecimal result = ONE.add(seriesOfExpm1(x.divide(new BigDecimal(1L << HALVINGS), DIGITS)), DIGITS);
        for (int i = 0; i < HALVINGS; i++) {
            result = result.multiply(result, DIGITS);
        }
        return result;
    }

    private static BigDecimal log(BigDecimal x, double estimate) {
        BigDecimal ratio = x.multiply(exp(new BigDecimal(-estimate)), DIGITS);
        return new BigDecimal(estimate).add(seriesOfLog1p(ratio.subtract(ONE, DIGITS)), DIGITS);
    }

    private static BigDecimal seriesOfExpm1(BigDecimal x) {
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal term = ONE;
        for (int k = 1; k <= TERMS; k++) {
            term = term.multiply(x, DIGITS).divide(new BigDecimal(k), DIGITS);
            sum = sum.add(term, DIGITS);
        }
        return sum;
    }

    private static BigDecimal seriesOfLog1p(BigDecimal x) {
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal power = ONE;
        for (int k = 1; k <= TERMS; k++) {
            power = power.multiply(x, DIGITS);
            BigDecimal term = power.divide(new BigDecimal(k), DIGITS);
            sum = k % 2 == 1 ? sum.add(term, DIGITS) : sum.subtract(term, DIGITS);
        }
        return sum;
    }
}
