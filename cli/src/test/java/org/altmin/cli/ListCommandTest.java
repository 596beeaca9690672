package org.altmin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.altmin.core.experiment.ExperimentSettings;
import org.altmin.core.settings.Setting;
import org.altmin.core.solver.SolverFactory;
import org.altmin.core.solver.Solvers;
import org.junit.jupiter.api.Test;

/** What {@code altmin list} says of defaults is what a run takes. */
class ListCommandTest {

    private static final String SUGGESTED = "suggested: ";

    /** The value a run of this solver takes, as {@code altmin list settings} has it. */
    private static String listed(List<String> lines, Setting setting, String solver) {
        String value = setting.defaultValue();
        String shown = value.isEmpty() ? setting.name() : setting.name() + "=" + value;
        int line = 0;
        while (!lines.get(line).startsWith("  " + shown + " ")) {
            line++;
        }
        String next = line + 1 < lines.size() ? lines.get(line + 1).strip() : "";
        if (next.startsWith(SUGGESTED)) {
            for (String suggestion : next.substring(SUGGESTED.length()).split("; ")) {
                String[] valueAndSolvers = suggestion.split(" by ");
                if (Arrays.asList(valueAndSolvers[1].split(", ")).contains(solver)) {
                    return valueAndSolvers[0];
                }
            }
        }
        return value;
    }

    @Test
    void listsTheGeneralSettingsThatEverySolverRunsWith() {
        List<String> lines = CommandLineRun.of("list", "settings").out().lines().toList();
        List<String> solversWithTheirOwnNetwork = new ArrayList<>();
        for (SolverFactory solver : Solvers.installed().all()) {
            Map<String, String> taken = ExperimentSettings.of(Map.of("solver", solver.name())).general().asMap();
            for (Setting setting : ExperimentSettings.generalSettings()) {
                if (!setting.name().equals("solver")) {
                    assertThat(listed(lines, setting, solver.name())).as("%s of %s", setting.name(), solver.name())
                            .isEqualTo(taken.get(setting.name()));
                }
            }
            if (!taken.get("hidden").equals("100,100")) {
                solversWithTheirOwnNetwork.add(solver.name());
            }
        }
        assertThat(solversWithTheirOwnNetwork).contains("dladmm", "online-altmin");
    }

    @Test
    void listsOneByItsName() {
        List<String> lines = CommandLineRun.of("list", "solvers", "adam").out().lines().toList();
        assertThat(lines.get(1)).startsWith("  adam ");
        assertThat(lines).filteredOn(line -> line.matches("  \\S.*")).hasSize(1);
        assertThat(lines).anyMatch(line -> line.strip().startsWith("beta1=0.9 "));
        CommandLineRun unknown = CommandLineRun.of("list", "activations", "rellu");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("There is no activation 'rellu' (did you mean 'relu'?)");
        assertThat(CommandLineRun.of("list", "settings", "seed").err().strip())
                .isEqualTo("altmin: 'settings' are not listed by name; leave 'seed' out.");
    }

    @Test
    void listsWithEachSolverWhatItSuggests() {
        List<String> lines = CommandLineRun.of("list", "solvers").out().lines().map(String::strip).toList();
        assertThat(lines).contains("suggests hidden=400,400 iterations=5 smoothing=0.1");
    }
}
