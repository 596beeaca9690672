package com.example.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.altmin.core.operator.Loss;
import org.altmin.core.operator.Operators;
import org.altmin.testkit.LossContract;
import org.junit.jupiter.api.Test;

/** Everything altmin expects of a loss, and that altmin finds it by name. */
class HuberTest extends LossContract {

    @Override
    protected Loss loss() {
        return new Huber().with(Map.of("threshold", "0.5"));
    }

    @Test
    void isFoundByName() {
        assertEquals(new Huber(2), Operators.loss("huber(threshold=2)"));
    }
}
