package org.altmin.core.operator;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.altmin.core.settings.Specification;
import org.altmin.linalg.spi.Registry;

/** The installed operators by name. Texts are {@linkplain Specification specifications}. */
public final class Operators {

    private Operators() {
    }

    public static Registry<Activation> activations() {
        return Registry.of("activation", ServiceLoader.load(Activation.class));
    }

    public static Registry<Loss> losses() {
        return Registry.of("loss", ServiceLoader.load(Loss.class));
    }

    public static Registry<Regularizer> regularizers() {
        return Registry.of("regularizer", ServiceLoader.load(Regularizer.class));
    }

    public static Activation activation(String text) {
        Specification specification = Specification.parse(text);
        return activations().get(specification.name()).with(specification.settings());
    }

    public static Loss loss(String text) {
        Specification specification = Specification.parse(text);
        return losses().get(specification.name()).with(specification.settings());
    }

    public static Regularizer regularizer(String text) {
        Specification specification = Specification.parse(text);
        return regularizers().get(specification.name()).with(specification.settings());
    }

    /** The installed activations that have all these traits, for messages. */
    public static String namesOf(ActivationTrait... traits) {
        return activations().all().stream().filter(activation -> activation.traits().containsAll(List.of(traits)))
                .map(Activation::name).collect(Collectors.joining(", "));
    }

    /** The installed losses that have all these traits, for messages. */
    public static String namesOf(LossTrait... traits) {
        return losses().all().stream().filter(loss -> loss.traits().containsAll(List.of(traits))).map(Loss::name)
                .collect(Collectors.joining(", "));
    }
}
