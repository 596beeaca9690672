package org.altmin.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.altmin.core.operator.Operators;
import org.altmin.core.operator.Regularizer;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.Expr;
import org.altmin.testkit.reference.ExprInterpreter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    @Test
    void strengthZeroIsNoPenalty() {
        assertThat(Operators.regularizer("l1(strength=0)").isZero()).isTrue();
        assertThat(Operators.regularizer("l2(strength=0)").isZero()).isTrue();
        assertThat(Operators.regularizer("elastic-net(l1=0,l2=0)").isZero()).isTrue();
        assertThat(Operators.regularizer("elastic-net(l1=0,l2=2)").isZero()).isFalse();
    }

    @Test
    void elasticNetWithoutL1IsQuadratic() {
        Regularizer quadratic = Operators.regularizer("elastic-net(l1=0,l2=2)");
        assertThat(quadratic.isQuadratic()).isTrue();
        assertThat(quadratic.quadratic()).isEqualTo(2);
        assertThat(Operators.regularizer("elastic-net(l1=1,l2=2)").isQuadratic()).isFalse();
    }

    @Test
    void aBoxMayBeOpenOnOneSide() {
        Regularizer box = Operators.regularizer("box(lower=0.5,upper=Infinity)");
        double[] q = {-3, 0.5, 7};
        assertThat(ExprInterpreter.evaluate(box.prox(Expr.input(0), Expr.constant(1)), q)).containsExactly(0.5, 0.5, 7);
        assertThat(ExprInterpreter.evaluate(box.value(Expr.input(0)), q))
                .containsExactly(Double.POSITIVE_INFINITY, 0, 0);
    }

    @Test
    void aBoundRoundedToFloatIsInside() {
        Regularizer box = Operators.regularizer("box(lower=-0.1,upper=0.7)");
        double[] x = {(float) -0.1, -0.1, 0.7, (float) 0.7, -0.10001, 0.70001};
        assertThat(ExprInterpreter.evaluate(box.value(Expr.input(0)), x))
                .containsExactly(0, 0, 0, 0, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"l1(strength=-1)", "l2(strength=Infinity)", "elastic-net(l2=-0.1)", "box(lower=2,upper=1)",
            "box(lower=Infinity,upper=Infinity)"})
    void whatIsNoPenaltyIsRefused(String specification) {
        assertThatThrownBy(() -> Operators.regularizer(specification)).isInstanceOf(AltminException.class)
                .hasMessageContaining("must be");
    }
}
