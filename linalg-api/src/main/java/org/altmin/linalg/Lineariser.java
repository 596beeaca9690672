package org.altmin.linalg;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.altmin.linalg.spi.Instruction;

/**
 * Turns expression graphs into instructions over fresh registers, each written once (loop states excepted), merging
 * equal sub-expressions, moving what does not depend on a loop's states out of it and what depends on no element out of
 * the instructions.
 */
final class Lineariser {

    /** The instructions of one nesting level. */
    private static final class Block {
        final List<Instruction> instructions = new ArrayList<>();
        final Map<Expr, Integer> registerOf = new IdentityHashMap<>();
        final Map<List<Object>, Integer> registerOfKey = new HashMap<>();
        final Map<Expr.Iteration, List<Integer>> loops = new IdentityHashMap<>();
        final List<Integer> states;

        Block(List<Integer> states) {
            this.states = states;
        }
    }

    private final List<Instruction> uniforms = new ArrayList<>();
    private final Block root = new Block(List.of());
    private final Set<Integer> uniformRegisters = new HashSet<>();
    private final Map<Expr, Boolean> dependsOnState = new IdentityHashMap<>();
    private int registers;

    List<Instruction> uniforms() {
        return uniforms;
    }

    List<Instruction> instructions() {
        return root.instructions;
    }

    int registers() {
        return registers;
    }

    List<Integer> linearise(List<Expr> roots) {
        List<Integer> result = new ArrayList<>();
        for (Expr expr : roots) {
            if (dependsOnState(expr)) {
                throw new IllegalArgumentException("a state is used outside the body of its iteration");
            }
            result.add(register(expr, root));
        }
        return result;
    }

    private int register(Expr expr, Block current) {
        Block block = dependsOnState(expr) ? current : root;
        Integer known = block.registerOf.get(expr);
        if (known == null) {
            known = emit(expr, block);
            block.registerOf.put(expr, known);
        }
        return known;
    }

    private int emit(Expr expr, Block block) {
        if (expr instanceof Expr.Constant e) {
            List<Object> key = List.of("constant", Double.doubleToLongBits(e.value()));
            return mergedUniform(key, target -> new Instruction.Constant(target, e.value()));
        } else if (expr instanceof Expr.Parameter e) {
            List<Object> key = List.of("parameter", e.index());
            return mergedUniform(key, target -> new Instruction.Parameter(target, e.index()));
        } else if (expr instanceof Expr.Input e) {
            return merged(block, List.of("input", e.index()), block.instructions,
                    target -> new Instruction.Input(target, e.index()));
        } else if (expr instanceof Expr.Unary e) {
            int x = register(e.x(), block);
            return computed(block, List.of(e.operation(), x), List.of(x),
                    target -> new Instruction.Unary(target, e.operation(), x));
        } else if (expr instanceof Expr.Binary e) {
            int x = register(e.x(), block);
            int y = register(e.y(), block);
            return computed(block, List.of(e.operation(), x, y), List.of(x, y),
                    target -> new Instruction.Binary(target, e.operation(), x, y));
        } else if (expr instanceof Expr.Select e) {
            int condition = register(positiveWhere(e.condition()), block);
            int x = register(e.whenTrue(), block);
            int y = register(e.whenFalse(), block);
            return computed(block, List.of("select", condition, x, y), List.of(condition, x, y),
                    target -> new Instruction.Select(target, condition, x, y));
        } else if (expr instanceof Expr.ColumnReduce e) {
            int x = register(e.x(), block);
            return merged(block, List.of(e.reduction(), x), block.instructions,
                    target -> new Instruction.ColumnReduce(target, e.reduction(), x));
        } else if (expr instanceof Expr.State e) {
            if (e.index() >= block.states.size()) {
                throw new IllegalArgumentException("state " + e.index() + " is used where the iteration has only "
                        + block.states.size());
            }
            return block.states.get(e.index());
        }
        Expr.Result e = (Expr.Result) expr;
        List<Integer> states = block.loops.get(e.iteration());
        if (states == null) {
            states = emitLoop(e.iteration(), block);
            block.loops.put(e.iteration(), states);
        }
        return states.get(e.index());
    }

    /**
     * What is cheaper than a condition and positive where it is true: of x < y the difference y − x, which is exact in
     * its sign since subtraction underflows gradually, and NaN for two equal infinities.
     */
    private static Expr positiveWhere(Expr condition) {
        if (condition instanceof Expr.Binary e && e.operation() == BinaryOperation.LESS) {
            boolean belowZero = e.x() instanceof Expr.Constant c && c.value() == 0;
            return belowZero ? e.y() : e.y().minus(e.x());
        }
        return condition;
    }

    private List<Integer> emitLoop(Expr.Iteration iteration, Block block) {
        List<Integer> initial = new ArrayList<>();
        for (Expr expr : iteration.initial()) {
            initial.add(register(expr, block));
        }
        List<Integer> states = new ArrayList<>();
        for (int i = 0; i < initial.size(); i++) {
            states.add(registers++);
        }
        Block body = new Block(states);
        List<Integer> computed = new ArrayList<>();
        for (Expr expr : iteration.next()) {
            computed.add(register(expr, body));
        }
        List<Integer> next = new ArrayList<>();
        for (int x : computed) {
            if (states.contains(x)) {
                int target = registers++;
                body.instructions.add(new Instruction.Copy(target, x));
                next.add(target);
            } else {
                next.add(x);
            }
        }
        block.instructions.add(new Instruction.Loop(iteration.rounds(), states, initial, body.instructions, next));
        return states;
    }

    /** An instruction of uniforms alone is one itself. */
    private int computed(Block block, List<Object> key, List<Integer> operands,
            IntFunction<Instruction> instruction) {
        return uniformRegisters.containsAll(operands) ? mergedUniform(key, instruction)
                : merged(block, key, block.instructions, instruction);
    }

    private int mergedUniform(List<Object> key, IntFunction<Instruction> instruction) {
        int register = merged(root, key, uniforms, instruction);
        uniformRegisters.add(register);
        return register;
    }

    private int merged(Block block, List<Object> key, List<Instruction> into,
            IntFunction<Instruction> instruction) {
        Integer known = block.registerOfKey.get(key);
        if (known == null) {
            known = registers++;
            into.add(instruction.apply(known));
            block.registerOfKey.put(key, known);
        }
        return known;
    }

    private boolean dependsOnState(Expr expr) {
        Boolean known = dependsOnState.get(expr);
        if (known == null) {
            known = children(expr).stream().anyMatch(this::dependsOnState) || expr instanceof Expr.State;
            dependsOnState.put(expr, known);
        }
        return known;
    }

    private static List<Expr> children(Expr expr) {
        if (expr instanceof Expr.Unary e) {
            return List.of(e.x());
        } else if (expr instanceof Expr.Binary e) {
            return List.of(e.x(), e.y());
        } else if (expr instanceof Expr.Select e) {
            return List.of(e.condition(), e.whenTrue(), e.whenFalse());
        } else if (expr instanceof Expr.ColumnReduce e) {
            return List.of(e.x());
        } else if (expr instanceof Expr.Result e) {
            return e.iteration().initial();
        }
        return List.of();
    }
}
