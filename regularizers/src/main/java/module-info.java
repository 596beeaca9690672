/** The built-in regularisers. */
module org.altmin.regularizers {
    requires transitive org.altmin.core;

    exports org.altmin.regularizers;

    provides org.altmin.core.operator.Regularizer with
            org.altmin.regularizers.Box,
            org.altmin.regularizers.ElasticNet,
            org.altmin.regularizers.L1,
            org.altmin.regularizers.L2,
            org.altmin.regularizers.None,
            org.altmin.regularizers.NonNegative;
}
