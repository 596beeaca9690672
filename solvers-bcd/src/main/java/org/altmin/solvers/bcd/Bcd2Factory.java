package org.altmin.solvers.bcd;

/** The service {@code bcd2}. */
public final class Bcd2Factory extends BcdFactory {

    public Bcd2Factory() {
        super("bcd2", Formulation.TWO_SPLITTING, BcdSettings.TWO_SPLITTING);
    }

    @Override
    public String description() {
        return "block coordinate descent, 2-splitting (Zeng et al. 2018): prox-linear steps";
    }
}
