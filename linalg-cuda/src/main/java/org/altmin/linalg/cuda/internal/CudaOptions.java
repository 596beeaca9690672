package org.altmin.linalg.cuda.internal;

import java.util.Map;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.LinearAlgebraOptions;

/**
 * The backend's settings.
 *
 * @param device index of the device
 * @param tensorFloat32 whether products of float32 may round their factors to 10 bits of mantissa
 * @param reportLeaks whether matrices that are not released before the backend is closed are logged
 */
public record CudaOptions(int device, boolean tensorFloat32, boolean reportLeaks) {

    private static final String DEVICE = "device";
    private static final String TF32 = "tf32";
    private static final String LEAKS = "leaks";

    /** @throws AltminException if a setting is unknown, or has a value it cannot have */
    public static CudaOptions of(String backend, LinearAlgebraOptions options) {
        options.requireOnly(backend, DEVICE, TF32, LEAKS);
        Map<String, String> settings = options.settings();
        return new CudaOptions(index(settings.getOrDefault(DEVICE, "0")), isOn(settings, TF32), isOn(settings, LEAKS));
    }

    private static boolean isOn(Map<String, String> settings, String key) {
        String value = settings.getOrDefault(key, "off");
        if (!value.equals("on") && !value.equals("off")) {
            throw new AltminException("The setting '" + key + "' is on or off, not '" + value + "'.");
        }
        return value.equals("on");
    }

    private static int index(String value) {
        if (!value.matches("[0-9]{1,4}")) {
            throw new AltminException("The setting '" + DEVICE + "' is the index of a device, from 0 on, not '" + value
                    + "'.");
        }
        return Integer.parseInt(value);
    }
}
