/** What backends that keep matrices in heap arrays share: storage, kernel evaluation and threads. */
package org.altmin.linalg.cpu.internal;
