/** An activation for altmin. */
module com.example.activation {
    requires org.altmin.core;

    provides org.altmin.core.operator.Activation with com.example.activation.InverseSquareRoot;
}
