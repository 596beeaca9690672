package org.altmin.solvers.gradient;

import org.altmin.linalg.AltminException;

/**
 * The learning rate η.
 *
 * @param start η of the first update; NaN for what the papers give for the rule
 * @param factor what {@link Decay#STEP} multiplies with
 * @param every epochs between these factors
 * @param epochs at whose end, or that of the seconds if that is sooner, {@link Decay#LINEAR} reaches 0
 */
record LearningRate(double start, Decay decay, double factor, int every, int epochs) {

    LearningRate {
        if (decay == Decay.LINEAR && epochs < 1) {
            throw new AltminException("Linear decay of the learning rate needs the number of epochs it runs over, not "
                    + epochs + "; give the solver the setting 'epochs'.");
        }
    }

    /**
     * η of an update.
     *
     * @param first η of the first update
     * @param epoch counted from 0
     * @param progress the part of the epoch that is done, from 0 to below 1
     * @param spent the part of the run's seconds that is spent, 0 if they are not bounded
     */
    double at(double first, long epoch, double progress, double spent) {
        return switch (decay) {
            case NONE -> first;
            case STEP -> first * Math.pow(factor, epoch / every);
            case LINEAR -> first * Math.max(0, 1 - Math.max((epoch + progress) / epochs, spent));
        };
    }
}
