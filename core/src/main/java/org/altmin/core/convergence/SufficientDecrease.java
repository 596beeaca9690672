package org.altmin.core.convergence;

/**
 * How far f_k − f_{k+j} ≥ c ‖X_{k+j} − X_{k+j−1}‖² held, the j-step sufficient decrease (am-convergence-rate.md, A1)
 * with the step in place of the subgradient.
 *
 * @param j how many steps apart
 * @param pairs how many were looked at: both in one phase, and the step known
 * @param constant the largest c for which all pairs without violation hold; NaN if there is none
 * @param violations pairs with f_{k+j} &gt; f_k, beyond rounding
 * @param largestViolation the largest (f_{k+j} − f_k)/max(1, |f_k|); 0 if there is none
 */
public record SufficientDecrease(int j, int pairs, double constant, int violations, double largestViolation) {
}
