package org.altmin.testkit;

import org.altmin.linalg.spi.LinearAlgebraProvider;
import org.altmin.testkit.reference.ReferenceProvider;

class ReferenceProviderTest extends LinearAlgebraContract {

    @Override
    protected LinearAlgebraProvider provider() {
        return new ReferenceProvider();
    }
}
