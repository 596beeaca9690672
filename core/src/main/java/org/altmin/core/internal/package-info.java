/** JSON and atomic files, for the packages of this module. */
package org.altmin.core.internal;
