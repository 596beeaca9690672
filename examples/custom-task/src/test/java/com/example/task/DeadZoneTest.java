package com.example.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.altmin.core.operator.Operators;
import org.altmin.core.operator.Regularizer;
import org.altmin.testkit.RegularizerContract;
import org.junit.jupiter.api.Test;

/** Everything altmin expects of a regulariser, and that altmin finds it by name. */
class DeadZoneTest extends RegularizerContract {

    @Override
    protected Regularizer regularizer() {
        return new DeadZone().with(Map.of("strength", "0.5", "radius", "0.3"));
    }

    @Test
    void isFoundByName() {
        assertEquals(new DeadZone(0.1, 2), Operators.regularizer("dead-zone(strength=0.1,radius=2)"));
    }
}
