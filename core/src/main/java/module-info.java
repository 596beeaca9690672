/**
 * What altmin is made of: operators that describe themselves as expressions, networks and problems, the solver SPI,
 * the subproblem steps that solvers share, the trainer, and the files of models and runs.
 *
 * @uses org.altmin.core.operator.Activation
 * @uses org.altmin.core.operator.Loss
 * @uses org.altmin.core.operator.Regularizer
 * @uses org.altmin.core.solver.SolverFactory
 * @uses org.altmin.core.data.DatasetReader
 */
module org.altmin.core {
    requires transitive org.altmin.linalg;
    requires com.fasterxml.jackson.databind;
    requires java.management;

    exports org.altmin.core.comparison;
    exports org.altmin.core.convergence;
    exports org.altmin.core.data;
    exports org.altmin.core.experiment;
    exports org.altmin.core.internal to org.altmin.cli;
    exports org.altmin.core.model;
    exports org.altmin.core.network;
    exports org.altmin.core.operator;
    exports org.altmin.core.report;
    exports org.altmin.core.run;
    exports org.altmin.core.settings;
    exports org.altmin.core.solver;
    exports org.altmin.core.step;
    exports org.altmin.core.train;

    uses org.altmin.core.data.DatasetReader;
    uses org.altmin.core.operator.Activation;
    uses org.altmin.core.operator.Loss;
    uses org.altmin.core.operator.Regularizer;
    uses org.altmin.core.solver.SolverFactory;
}
