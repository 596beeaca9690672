/** The backend {@code onednn}. */
package org.altmin.linalg.onednn;
