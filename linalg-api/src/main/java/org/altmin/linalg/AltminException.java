package org.altmin.linalg;

/**
 * A condition the user can mend: bad input, a missing library, a file that cannot be written. The message is one
 * sentence or two that name the thing, the value and the remedy, fit to be shown without a stack trace.
 */
public class AltminException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public AltminException(String message) {
        super(message);
    }

    public AltminException(String message, Throwable cause) {
        super(message, cause);
    }
}
