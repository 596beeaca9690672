/** The command altmin: each subcommand a class, all work done by the library. */
package org.altmin.cli;
