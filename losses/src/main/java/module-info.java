/** The built-in losses. */
module org.altmin.losses {
    requires transitive org.altmin.core;

    exports org.altmin.losses;

    provides org.altmin.core.operator.Loss with
            org.altmin.losses.CrossEntropy,
            org.altmin.losses.Exponential,
            org.altmin.losses.Hinge,
            org.altmin.losses.Logistic,
            org.altmin.losses.Squared;
}
