/** The papers' tables and figures as data, the engine that runs their cells, and the writer of what came out. */
package org.altmin.cli.reproduce;
