package org.altmin.linalg;

/**
 * The sums over samples that a least-squares problem needs, G = Σ a aᵀ, C = Σ t aᵀ, and with a bias also s = Σ a,
 * t̄ = Σ t and the count n: after one pass over the samples ½‖W A + b 1ᵀ − T‖² is a function of these alone
 * (transpose reduction, Taylor et al. 2016). Being sums they {@link #merge} over mini-batches, threads and machines.
 *
 * <p>Shapes: A is m × n, T is k × n, G is m × m, C is k × m, s is m × 1, t̄ is k × 1.
 */
public final class Gram {

    private static final Kernel SUM = Kernel.map(Expr.input(0).plus(Expr.input(1)));

    private final LinearAlgebra la;
    private final Matrix gram;
    private final Matrix cross;
    private final Matrix inputSum;
    private final Matrix targetSum;
    private final Matrix inputScratch;
    private final Matrix targetScratch;
    private long count;

    /**
     * @param inputs m, the rows of A
     * @param targets k, the rows of T
     */
    public Gram(LinearAlgebra la, int inputs, int targets) {
        this.la = la;
        gram = la.allocate(inputs, inputs);
        cross = la.allocate(targets, inputs);
        inputSum = la.allocate(inputs, 1);
        targetSum = la.allocate(targets, 1);
        inputScratch = la.allocate(inputs, 1);
        targetScratch = la.allocate(targets, 1);
    }

    /** Back to no samples. */
    public void clear() {
        la.fill(gram, 0);
        la.fill(cross, 0);
        la.fill(inputSum, 0);
        la.fill(targetSum, 0);
        count = 0;
    }

    /** Adds samples: A is m × n, T is k × n. Costs m²n + 2kmn operations. */
    public void accumulate(Matrix inputs, Matrix targets) {
        la.gemm(1, targets, false, inputs, true, 1, cross);
        la.syrk(1, inputs, false, 1, gram);
        la.rowSums(inputs, inputScratch);
        la.add(1, inputScratch, inputSum);
        la.rowSums(targets, targetScratch);
        la.add(1, targetScratch, targetSum);
        count += inputs.columns();
    }

    /** Adds another's sums. */
    public void merge(Gram other) {
        la.map(gram, SUM, gram, other.gram);
        la.map(cross, SUM, cross, other.cross);
        la.map(inputSum, SUM, inputSum, other.inputSum);
        la.map(targetSum, SUM, targetSum, other.targetSum);
        count += other.count;
    }

    /** G = Σ a aᵀ, m × m. */
    public Matrix gram() {
        return gram;
    }

    /** C = Σ t aᵀ, k × m. */
    public Matrix cross() {
        return cross;
    }

    /** s = Σ a, m × 1. */
    public Matrix inputSum() {
        return inputSum;
    }

    /** t̄ = Σ t, k × 1. */
    public Matrix targetSum() {
        return targetSum;
    }

    /** n, the number of samples. */
    public long count() {
        return count;
    }
}
