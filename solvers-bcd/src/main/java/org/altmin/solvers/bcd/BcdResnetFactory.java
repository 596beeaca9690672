package org.altmin.solvers.bcd;

/** The service {@code bcd-resnet}. */
public final class BcdResnetFactory extends BcdFactory {

    public BcdResnetFactory() {
        super("bcd-resnet", Formulation.RESIDUAL, BcdSettings.THREE_SPLITTING);
    }

    @Override
    public String description() {
        return "block coordinate descent, 3-splitting of residual networks (Zeng et al. 2018)";
    }
}
