package org.altmin.linalg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.altmin.linalg.spi.Instruction;

/**
 * Maps write-once registers to as few as possible, so that a chunk of every register stays in the first-level cache.
 * A register lives from its first write to its last use; one that enters a loop from outside lives to the loop's end.
 */
final class RegisterAllocation {

    private static final int UNUSED = -1;

    private final int[] firstWrite;
    private final int[] lastUse;
    private final int[] assigned;
    private final PriorityQueue<Integer> free = new PriorityQueue<>();
    private final Set<Integer> released = new HashSet<>();
    private final List<Instruction> uniforms = new ArrayList<>();
    private final List<Instruction> instructions;
    private int position;
    private int used;

    private RegisterAllocation(Lineariser source, List<Integer> roots) {
        int count = source.registers();
        firstWrite = new int[count];
        lastUse = new int[count];
        assigned = new int[count];
        Arrays.fill(firstWrite, UNUSED);
        Arrays.fill(lastUse, UNUSED);
        Arrays.fill(assigned, UNUSED);
        for (Instruction uniform : source.uniforms()) {
            firstWrite[uniform.target()] = 0;
            lastUse[uniform.target()] = Integer.MAX_VALUE;
            assigned[uniform.target()] = used++;
            uniforms.add(renamed(uniform));
        }
        measure(source.instructions());
        for (int root : roots) {
            lastUse[root] = Integer.MAX_VALUE;
        }
        position = 0;
        instructions = assign(source.instructions());
    }

    static RegisterAllocation of(Lineariser source, List<Integer> roots) {
        return new RegisterAllocation(source, roots);
    }

    List<Instruction> uniforms() {
        return uniforms;
    }

    List<Instruction> instructions() {
        return instructions;
    }

    int registers() {
        return used;
    }

    int register(int virtual) {
        return assigned[virtual];
    }

    private void measure(List<Instruction> block) {
        for (Instruction instruction : block) {
            int start = position++;
            if (instruction instanceof Instruction.Loop loop) {
                use(loop.initial(), start);
                write(loop.states(), start);
                measure(loop.body());
                int end = position++;
                use(loop.next(), end);
                use(loop.states(), end);
                for (int register = 0; register < lastUse.length; register++) {
                    boolean entersTheLoop = firstWrite[register] != UNUSED && firstWrite[register] < start;
                    if (entersTheLoop && lastUse[register] > start) {
                        use(List.of(register), end);
                    }
                }
            } else {
                use(operands(instruction), start);
                write(List.of(instruction.target()), start);
            }
        }
    }

    private void use(Collection<Integer> registers, int at) {
        for (int register : registers) {
            lastUse[register] = Math.max(lastUse[register], at);
        }
    }

    private void write(Collection<Integer> registers, int at) {
        for (int register : registers) {
            firstWrite[register] = at;
            lastUse[register] = Math.max(lastUse[register], at);
        }
    }

    private List<Instruction> assign(List<Instruction> block) {
        List<Instruction> result = new ArrayList<>();
        for (Instruction instruction : block) {
            int start = position++;
            if (instruction instanceof Instruction.Loop loop) {
                // The states must not take over the registers of initial values that the body still reads, nor each
                // other's, so operands are freed only after the states have theirs.
                loop.states().forEach(this::acquire);
                List<Integer> initial = renamed(loop.initial());
                release(loop.initial(), start);
                List<Instruction> body = assign(loop.body());
                int end = position++;
                result.add(new Instruction.Loop(loop.rounds(), renamed(loop.states()), initial, body,
                        renamed(loop.next())));
                release(live(), end);
            } else {
                List<Integer> operands = operands(instruction);
                List<Integer> before = renamed(operands);
                release(operands, start);
                acquire(instruction.target());
                result.add(withRegisters(instruction, assigned[instruction.target()], before));
                release(List.of(instruction.target()), start);
            }
        }
        return result;
    }

    private List<Integer> live() {
        List<Integer> result = new ArrayList<>();
        for (int register = 0; register < assigned.length; register++) {
            if (assigned[register] != UNUSED) {
                result.add(register);
            }
        }
        return result;
    }

    private void acquire(int register) {
        if (assigned[register] == UNUSED) {
            assigned[register] = free.isEmpty() ? used++ : free.poll();
        }
    }

    private void release(Collection<Integer> registers, int at) {
        for (int register : registers) {
            if (lastUse[register] == at && released.add(register)) {
                free.add(assigned[register]);
            }
        }
    }

    private List<Integer> renamed(List<Integer> registers) {
        return registers.stream().map(register -> assigned[register]).toList();
    }

    private Instruction renamed(Instruction uniform) {
        return withRegisters(uniform, assigned[uniform.target()], renamed(operands(uniform)));
    }

    private static List<Integer> operands(Instruction instruction) {
        if (instruction instanceof Instruction.Unary i) {
            return List.of(i.x());
        } else if (instruction instanceof Instruction.Binary i) {
            return List.of(i.x(), i.y());
        } else if (instruction instanceof Instruction.Copy i) {
            return List.of(i.x());
        } else if (instruction instanceof Instruction.Select i) {
            return List.of(i.condition(), i.whenTrue(), i.whenFalse());
        } else if (instruction instanceof Instruction.ColumnReduce i) {
            return List.of(i.x());
        }
        return List.of();
    }

    private static Instruction withRegisters(Instruction instruction, int target, List<Integer> operands) {
        if (instruction instanceof Instruction.Input i) {
            return new Instruction.Input(target, i.input());
        } else if (instruction instanceof Instruction.Parameter i) {
            return new Instruction.Parameter(target, i.parameter());
        } else if (instruction instanceof Instruction.Constant i) {
            return new Instruction.Constant(target, i.value());
        } else if (instruction instanceof Instruction.Unary i) {
            return new Instruction.Unary(target, i.operation(), operands.get(0));
        } else if (instruction instanceof Instruction.Binary i) {
            return new Instruction.Binary(target, i.operation(), operands.get(0), operands.get(1));
        } else if (instruction instanceof Instruction.Copy) {
            return new Instruction.Copy(target, operands.get(0));
        } else if (instruction instanceof Instruction.Select) {
            return new Instruction.Select(target, operands.get(0), operands.get(1), operands.get(2));
        } else if (instruction instanceof Instruction.ColumnReduce i) {
            return new Instruction.ColumnReduce(target, i.reduction(), operands.get(0));
        }
        throw new IllegalArgumentException("a loop has several targets: " + instruction);
    }
}
