/** The contracts: abstract JUnit classes, one for each SPI. */
package org.altmin.testkit;
