package org.altmin.testkit;

import org.altmin.linalg.spi.LinearAlgebraProvider;
import org.altmin.testkit.reference.ReferenceProvider;

/** A contract that is judged on a backend: the plain reference unless overridden. */
public interface OnBackend {

    /** The backend that evaluates what is judged. */
    default LinearAlgebraProvider provider() {
        return new ReferenceProvider();
    }
}
