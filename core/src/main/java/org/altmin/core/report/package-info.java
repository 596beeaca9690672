/** Pages in HTML, each a single file that loads nothing: of a run, and of a comparison. */
package org.altmin.core.report;
