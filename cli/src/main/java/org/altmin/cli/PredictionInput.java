package org.altmin.cli;

/**
 * One sample to predict.
 *
 * @param name the file, with the line where it holds several
 * @param values raw features, before preprocessing
 */
record PredictionInput(String name, double[] values) {
}
