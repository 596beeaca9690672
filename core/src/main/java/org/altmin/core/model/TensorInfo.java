package org.altmin.core.model;

import java.util.List;
import java.util.stream.Collectors;
import org.altmin.linalg.AltminException;

/**
 * What a tensor is called and how large it is.
 *
 * @param shape its extents; none for a scalar
 */
public record TensorInfo(String name, TensorType type, List<Integer> shape) {

    public TensorInfo {
        shape = List.copyOf(shape);
        for (int extent : shape) {
            if (extent < 0) {
                throw new IllegalArgumentException("the tensor '" + name + "' cannot be of shape " + text(shape));
            }
        }
    }

    /** How many elements it has. */
    public long size() {
        long size = 1;
        for (int extent : shape) {
            size = Math.multiplyExact(size, extent);
        }
        return size;
    }

    public long bytes() {
        return Math.multiplyExact(size(), type.bytes());
    }

    /** @throws AltminException if the shape is another; the message names the origin, the tensor and both shapes */
    public void requireShape(Object origin, List<Integer> expected) {
        if (!shape.equals(expected)) {
            throw new AltminException("The tensor '" + name + "' of '" + origin + "' is of shape " + text(shape)
                    + ", but " + text(expected) + " is expected.");
        }
    }

    /** @throws AltminException if the type is another; the message names the origin, the tensor and both types */
    public void requireType(Object origin, TensorType expected) {
        if (type != expected) {
            throw new AltminException("The tensor '" + name + "' of '" + origin + "' is of type " + type + ", but "
                    + expected + " is expected.");
        }
    }

    private static String text(List<Integer> shape) {
        return shape.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    }
}
