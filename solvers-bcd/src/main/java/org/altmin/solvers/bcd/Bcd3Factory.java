package org.altmin.solvers.bcd;

/** The service {@code bcd3}. */
public final class Bcd3Factory extends BcdFactory {

    public Bcd3Factory() {
        super("bcd3", Formulation.THREE_SPLITTING, BcdSettings.THREE_SPLITTING);
    }

    @Override
    public String description() {
        return "block coordinate descent, 3-splitting (Zeng et al. 2018): every block in closed form";
    }
}
