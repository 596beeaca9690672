/** Named settings with defaults, for operators, solvers and datasets alike. */
package org.altmin.core.settings;
