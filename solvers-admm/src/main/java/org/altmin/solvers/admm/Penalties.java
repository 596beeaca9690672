package org.altmin.solvers.admm;

import java.util.function.DoubleSupplier;
import org.altmin.core.solver.StateArchive;
import org.altmin.core.step.SignificantDigits;

/** ρ and ν of {@link DlAdmm}, and how they grow by its {@link PenaltySchedule}. */
final class Penalties {

    private static final double GREATEST_PUBLISHED = 0.1;
    private static final double GROWTH = 10;
    private static final int PAPER_PERIOD = 100;
    private static final int PUBLISHED_RISES = 3;

    private final PenaltySchedule schedule;
    private double rho;
    private double nu;
    private double scalarStart = 1;
    private double lastLoss = Double.NaN;
    private long risesRunning;

    Penalties(DlAdmm solver) {
        schedule = solver.schedule();
        rho = solver.rho();
        nu = solver.nu();
    }

    /** Of the last layer's constraint. */
    double rho() {
        return rho;
    }

    /** Of the hidden layers' constraints. */
    double nu() {
        return nu;
    }

    /** Of the part of a run in which they stay. */
    String name() {
        return "rho=" + SignificantDigits.forName(rho) + " nu=" + SignificantDigits.forName(nu);
    }

    /** Where the search of a scalar stiffness begins. */
    double scalarStart() {
        return scalarStart;
    }

    /**
     * @param iteration how many are done
     * @param networkLoss R of the network at the weights of now; asked for by the published schedule alone
     */
    void grow(long iteration, DoubleSupplier networkLoss) {
        if (schedule == PenaltySchedule.PAPER && iteration > 0 && iteration % PAPER_PERIOD == 0) {
            rho *= GROWTH;
        } else if (schedule == PenaltySchedule.PUBLISHED) {
            double loss = networkLoss.getAsDouble();
            risesRunning = loss > lastLoss ? risesRunning + 1 : 0;
            lastLoss = loss;
            if (risesRunning >= PUBLISHED_RISES) {
                rho = Math.min(GROWTH * rho, GREATEST_PUBLISHED);
                nu = Math.min(GROWTH * nu, GREATEST_PUBLISHED);
                scalarStart *= GROWTH;
            }
        }
    }

    void archive(StateArchive archive) {
        rho = archive.number("rho", rho);
        nu = archive.number("nu", nu);
        scalarStart = archive.number("scalarStart", scalarStart);
        lastLoss = archive.number("lastLoss", lastLoss);
        risesRunning = archive.integer("risesRunning", risesRunning);
    }
}
