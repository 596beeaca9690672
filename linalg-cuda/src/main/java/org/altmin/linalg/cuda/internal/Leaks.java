package org.altmin.linalg.cuda.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Where matrices were allocated that are not released before the backend is closed; for finding leaks. */
interface Leaks {

    void allocated(DeviceBuffer buffer);

    void released(DeviceBuffer buffer);

    /** Logs a warning for each that is left. */
    void report();

    static Leaks ignored() {
        return new Leaks() {
            @Override
            public void allocated(DeviceBuffer buffer) {
                // Nothing is recorded.
            }

            @Override
            public void released(DeviceBuffer buffer) {
                // Nothing is recorded.
            }

            @Override
            public void report() {
                // Nothing is recorded.
            }
        };
    }

    static Leaks recorded() {
        Map<DeviceBuffer, Throwable> sites = new LinkedHashMap<>();
        return new Leaks() {
            @Override
            public void allocated(DeviceBuffer buffer) {
                sites.put(buffer, new Throwable("allocated here"));
            }

            @Override
            public void released(DeviceBuffer buffer) {
                sites.remove(buffer);
            }

            @Override
            public void report() {
                Logger logger = Logger.getLogger("org.altmin.linalg.cuda");
                sites.forEach((buffer, site) -> logger.log(Level.WARNING, site, () -> buffer.bytes()
                        + " bytes of device memory were not released before the backend was closed"));
            }
        };
    }
}
