/** How the GPU backend works; not exported. */
package org.altmin.linalg.cuda.internal;
