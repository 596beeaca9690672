package org.altmin.linalg.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.altmin.linalg.AltminException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryTest {

    private record Fruit(String name) implements Named {

        @Override
        public String description() {
            return "a fruit";
        }
    }

    private record Vegetable(String name) implements Named {

        @Override
        public String description() {
            return "a vegetable";
        }
    }

    @Test
    void findsByName() {
        Fruit apple = new Fruit("apple");
        Fruit pear = new Fruit("pear-2");
        Registry<Fruit> registry = Registry.of("fruit", List.of(pear, apple));
        assertThat(registry.get("pear-2")).isSameAs(pear);
        assertThat(registry.all()).containsExactly(apple, pear);
    }

    @Test
    void listsWhatThereIs() {
        Registry<Fruit> registry = Registry.of("fruit", List.of(new Fruit("pear"), new Fruit("apple")));
        assertThatThrownBy(() -> registry.get("plum")).isInstanceOf(AltminException.class)
                .hasMessageStartingWith("There is no fruit 'plum'; installed: apple, pear; if a jar")
                .hasMessageContaining("ALTMIN_PATH");
        assertThatThrownBy(() -> registry.get("appel")).isInstanceOf(AltminException.class)
                .hasMessage("There is no fruit 'appel' (did you mean 'apple'?); installed: apple, pear.");
        assertThatThrownBy(() -> Registry.of("fruit", List.<Fruit>of()).get("plum"))
                .isInstanceOf(AltminException.class).hasMessage("There is no fruit 'plum'; none is installed: put a jar "
                        + "that provides it on the module path or class path.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Apple", "1apple", "apple_pie", "apple-", "-apple", "apple--pie", "äpfel", "a b"})
    void refusesInvalidNames(String name) {
        assertThatThrownBy(() -> Registry.of("fruit", List.of(new Fruit(name)))).isInstanceOf(AltminException.class)
                .hasMessageContaining("'" + name + "'").hasMessageContaining(Fruit.class.getName());
    }

    @Test
    void refusesTwoOfOneName() {
        assertThatThrownBy(() -> Registry.of("plant", List.of(new Fruit("tomato"), new Vegetable("tomato"))))
                .isInstanceOf(AltminException.class).hasMessageContaining("'tomato'")
                .hasMessageContaining(Fruit.class.getName()).hasMessageContaining(Vegetable.class.getName());
    }

    @Test
    void takesOneServiceFoundTwice() {
        assertThat(Registry.of("fruit", List.of(new Fruit("fig"), new Fruit("fig"))).all()).hasSize(1);
    }
}
