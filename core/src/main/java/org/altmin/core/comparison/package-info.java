/** Several solvers on one task: running them on equal terms, and what their runs came to. */
package org.altmin.core.comparison;
