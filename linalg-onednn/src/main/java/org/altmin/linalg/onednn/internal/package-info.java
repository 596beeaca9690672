/** Finding, loading and calling oneDNN. */
package org.altmin.linalg.onednn.internal;
