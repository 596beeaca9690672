package org.altmin.linalg.cuda.internal;

import java.util.LinkedHashMap;
import java.util.Map;

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
                System.Logger logger = System.getLogger("org.altmin.linalg.cuda");
                sites.forEach((buffer, site) -> logger.log(System.Logger.Level.WARNING,
                        buffer.bytes() + " bytes of device memory were not released before the backend was closed",
                        site));
            }
        };
    }
}
