package org.altmin.core.network;

import java.util.Objects;
import org.altmin.core.operator.Activation;
import org.altmin.linalg.AltminException;

/**
 * One layer, a_l = h(W a_{l−1} + b), or a_l = a_{l−1} + h(W a_{l−1} + b) with a skip connection.
 *
 * @param width n_l
 * @param activation h; the last layer of a network has the identity
 * @param skip whether the layer's input is added to its output, as in a residual network; needs equal widths
 */
public record Layer(int width, Activation activation, boolean skip) {

    public Layer {
        Objects.requireNonNull(activation, "activation");
        if (width < 1) {
            throw new AltminException("A layer must have at least one neuron, not " + width + ".");
        }
    }
}
