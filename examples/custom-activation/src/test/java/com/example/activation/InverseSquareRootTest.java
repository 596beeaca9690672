package com.example.activation;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.altmin.core.operator.Activation;
import org.altmin.core.operator.Operators;
import org.altmin.testkit.ActivationContract;
import org.junit.jupiter.api.Test;

/** Everything altmin expects of an activation, and that altmin finds it by name. */
class InverseSquareRootTest extends ActivationContract {

    @Override
    protected Activation activation() {
        return new InverseSquareRoot();
    }

    @Test
    void isFoundByName() {
        assertInstanceOf(InverseSquareRoot.class, Operators.activation("isru"));
    }
}
