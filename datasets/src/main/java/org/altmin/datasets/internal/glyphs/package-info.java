/** Digits drawn as strokes. */
package org.altmin.datasets.internal.glyphs;
