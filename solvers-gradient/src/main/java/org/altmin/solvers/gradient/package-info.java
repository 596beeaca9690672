/** The baselines: back-propagation with SGD, momentum, Adagrad, Adadelta and Adam. */
package org.altmin.solvers.gradient;
