/** The built-in activations. */
module org.altmin.activations {
    requires transitive org.altmin.core;

    exports org.altmin.activations;

    provides org.altmin.core.operator.Activation with
            org.altmin.activations.Elu,
            org.altmin.activations.HardTanh,
            org.altmin.activations.LeakyRelu,
            org.altmin.activations.Linear,
            org.altmin.activations.Polynomial,
            org.altmin.activations.Relu,
            org.altmin.activations.Sigmoid,
            org.altmin.activations.Softplus,
            org.altmin.activations.Tanh;
}
