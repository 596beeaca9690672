package org.altmin.core.network;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.altmin.core.operator.Activation;
import org.altmin.linalg.AltminException;

/**
 * A fully connected network. Layers are counted from 1 to {@link #depth()} as in the papers; layer 0 is the input.
 *
 * @param inputs n_0, the features of a sample
 * @param hidden layers 1 to L − 1
 * @param outputs n_L, the rows of the last layer, which is linear
 * @param bias whether layers have a bias
 */
public record Network(int inputs, List<Layer> hidden, int outputs, boolean bias) {

    public Network {
        hidden = List.copyOf(hidden);
        if (inputs < 1 || outputs < 1) {
            throw new AltminException("A network needs at least one input and one output, not " + inputs + " and "
                    + outputs + ".");
        }
        int before = inputs;
        for (Layer layer : hidden) {
            if (layer.skip() && layer.width() != before) {
                throw new AltminException("A layer with a skip connection must be as wide as the layer before it, but "
                        + layer.width() + " follows " + before + ".");
            }
            before = layer.width();
        }
    }

    /** The same activation in all hidden layers, with biases. */
    public static Network of(int inputs, int[] widths, Activation activation, int outputs) {
        List<Layer> hidden = new ArrayList<>();
        for (int width : widths) {
            hidden.add(new Layer(width, activation, false));
        }
        return new Network(inputs, hidden, outputs, true);
    }

    /** L, the number of weight matrices. */
    public int depth() {
        return hidden.size() + 1;
    }

    /** n_l for l = 0 … L. */
    public int width(int layer) {
        if (layer == 0) {
            return inputs;
        }
        return layer == depth() ? outputs : hidden.get(layer - 1).width();
    }

    /** The greatest n_l of the layers l = 1 … {@code last}; 0 where there are none. */
    public int widest(int last) {
        return IntStream.rangeClosed(1, last).map(this::width).max().orElse(0);
    }

    /** h_l for l = 1 … L − 1. */
    public Activation activation(int layer) {
        return hidden.get(layer - 1).activation();
    }

    public boolean skip(int layer) {
        return layer < depth() && hidden.get(layer - 1).skip();
    }

    /** Weights and biases together. */
    public long parameterCount() {
        long count = 0;
        for (int l = 1; l <= depth(); l++) {
            count += (long) width(l) * (width(l - 1) + (bias ? 1 : 0));
        }
        return count;
    }

    /** "784-100-100-10". */
    public String shape() {
        StringBuilder text = new StringBuilder().append(inputs);
        for (int l = 1; l <= depth(); l++) {
            text.append('-').append(width(l));
        }
        return text.toString();
    }
}
