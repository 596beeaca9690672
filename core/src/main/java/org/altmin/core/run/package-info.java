/** What a run leaves behind: its folder, records, environment and checkpoints. */
package org.altmin.core.run;
