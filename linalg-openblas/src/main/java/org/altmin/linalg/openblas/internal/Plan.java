package org.altmin.linalg.openblas.internal;

/**
 * How a product is divided among the workers: its result into tiles, and, if these are few, the sums of which the
 * result consists into partial sums. It depends on the shape alone, so that the result does not depend on the number
 * of workers.
 */
record Plan(Split rows, Split columns, Split inner) {

    /** Operations below which a task is not worth handing over: about 40 µs. */
    private static final double LEAST_OPERATIONS = 4e6;

    /** Enough that the workers end together, whether they are equally fast or not. */
    private static final int TASKS = 32;

    /** Of stripes of a symmetric product, which are unequal: the workers would wait for the last of few. */
    private static final int STRIPE_TASKS = 96;

    private static final int LEAST_INNER = 2048;
    private static final int MOST_PARTIAL_ELEMENTS = 1 << 24;

    /** Partial sums of whole results: enough for the workers to share. */
    private static final int LEAST_SUMS = 8;

    /** Operations of a partial sum, about 40 ms, from which it is better divided. */
    private static final double LONG_SUM = 4e9;

    /** So that at most an eighth of what is computed lies above the diagonal. */
    private static final int LEAST_STRIPES = 7;

    /** Of an m × n result. A small one of long sums is divided into partial sums alone: each operand is read once. */
    static Plan ofProduct(int m, int n, int inner, Tiling tiling) {
        int tasks = tasks(2.0 * m * n * inner);
        Plan sums = bySums(m, n, inner, Math.min(tasks, tiling.mostSums()));
        if (sums.tasks() >= LEAST_SUMS) {
            boolean isLong = 2.0 * m * n * inner > LONG_SUM * sums.tasks();
            return tiling.sumWidth() > 0 && isLong
                    ? new Plan(sums.rows, Split.of(n, ceilDivide(n, tiling.sumWidth()), 1), sums.inner) : sums;
        }
        Plan plan = inTiles(m, n, inner, tasks, tiling, tiling.width());
        if (plan.tasks() < tasks / 2) {
            plan = inTiles(m, n, inner, tasks, tiling, 96);
        }
        return plan.tasks() < Math.min(4, tasks) ? inStripes(m, n, inner, tasks) : plan;
    }

    /** Of a small result: parts of its longer side. */
    private static Plan inStripes(int m, int n, int inner, int tasks) {
        Split rows = m < n ? new Split(m, m) : Split.inRounds(m, tasks, 32);
        Split columns = m < n ? Split.inRounds(n, tasks, 32) : new Split(n, n);
        return new Plan(rows, columns, new Split(inner, inner));
    }

    private static Plan inTiles(int m, int n, int inner, int tasks, Tiling tiling, int leastSide) {
        int widths = (int) Math.min(n / tiling.widest(), 2.0 * m * n * inner / LEAST_OPERATIONS);
        Split columns = Split.inRounds(n, tasks == 1 ? 1 : Math.max(tasks, widths), leastSide);
        int heights = tasks == 1 ? 1 : ceilDivide(m, tiling.tallest());
        Split rows = Split.inRounds(m, Math.max(ceilDivide(tasks, columns.parts()), heights), leastSide);
        return new Plan(rows, columns, Split.of(inner, ceilDivide(tasks, columns.parts() * rows.parts()), LEAST_INNER));
    }

    /**
     * Of a symmetric n × n result A Aᵀ or Aᵀ A. The columns or the sums or both are divided, and the rows never. The
     * sums of Aᵀ A, whose parts are blocks of rows, are not divided either: netlib refuses such blocks.
     */
    static Plan ofSymmetricProduct(int n, int inner, boolean transposed, Tiling tiling) {
        int tasks = tasks((double) n * n * inner);
        Plan sums = bySums(n, n, inner, transposed ? 1 : Math.min(tasks, tiling.mostSums()));
        if (sums.tasks() < Math.min(4, tasks)) {
            return new Plan(new Split(n, n), Split.of(n, Math.min(tasks, 16), 64), new Split(inner, inner));
        }
        int stripe = tiling.stripe();
        boolean striped = stripe > 0 && tasks > 1 && n >= LEAST_STRIPES * stripe;
        return striped ? bySumsOfStripes(n, inner, stripe) : sums;
    }

    private static Plan bySumsOfStripes(int n, int inner, int stripe) {
        Split columns = Split.of(n, ceilDivide(n, stripe), 1);
        Split sums = bySums(n, n, inner, ceilDivide(STRIPE_TASKS, columns.parts())).inner;
        return new Plan(new Split(n, n), columns, sums);
    }

    private static Plan bySums(int m, int n, int inner, int most) {
        int sums = (int) Math.min(most, 1 + MOST_PARTIAL_ELEMENTS / ((long) m * n));
        return new Plan(new Split(m, m), new Split(n, n), Split.of(inner, sums, LEAST_INNER));
    }

    private static int tasks(double operations) {
        return (int) Math.max(1, Math.min(TASKS, operations / LEAST_OPERATIONS));
    }

    private static int ceilDivide(int a, int b) {
        return (a + b - 1) / b;
    }

    int tasks() {
        return rows.parts() * columns.parts() * inner.parts();
    }
}
