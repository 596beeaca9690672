package org.altmin.linalg.cuda.internal;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jcuda.driver.JCudaDriver;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.altmin.linalg.Reduction;
import org.altmin.linalg.spi.Backend;
import org.altmin.linalg.spi.Buffer;
import org.altmin.linalg.spi.Factorization;

/** Matrices in device memory, products by cuBLAS, kernels compiled by NVRTC, all on one stream. */
public final class CudaBackend implements Backend {

    private static final Kernel IDENTITY = Kernel.map(Expr.input(0));
    private static final double[] NO_PARAMETERS = {};

    /** A product of factors this much longer than the result is wide is faster as a general product. */
    private static final int LONG = 8;

    private final Precision precision;
    private final Real element;
    private final CudaContext context;
    private final Leaks leaks;
    private final String description;
    private final Arguments arguments = new Arguments();
    private final Utilities utilities;
    private final Products products;
    private final Transfers transfers;
    private final Scratch partials;
    private final Map<KernelVariant, CompiledKernel> kernels = new HashMap<>();

    /** @throws org.altmin.linalg.AltminException if there is no device of that index */
    public static CudaBackend open(Precision precision, CudaOptions options) {
        return new CudaBackend(precision, options);
    }

    private CudaBackend(Precision precision, CudaOptions options) {
        this.precision = precision;
        element = Real.of(precision);
        context = new CudaContext(options.device(), options.tensorFloat32());
        leaks = options.reportLeaks() ? Leaks.recorded() : Leaks.ignored();
        utilities = new Utilities(context, element, arguments);
        products = new Products(context.blas());
        transfers = new Transfers(context);
        partials = new Scratch(context.memory());
        DeviceProperties device = context.properties();
        description = device.name() + " (sm_" + device.capability() + "), " + context.libraries()
                + (options.tensorFloat32() && precision == Precision.FLOAT32 ? ", tf32 products" : "");
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Precision precision() {
        return precision;
    }

    @Override
    public long availableMemory() {
        context.bind();
        return context.memory().available();
    }

    @Override
    public Buffer allocate(long length) {
        context.bind();
        long bytes = length * element.bytes();
        DeviceBuffer buffer = new DeviceBuffer(context.memory().allocate(bytes), length, bytes);
        if (bytes > 0) {
            JCudaDriver.cuMemsetD8Async(new Address(buffer.address()), (byte) 0, bytes, context.stream());
        }
        leaks.allocated(buffer);
        return buffer;
    }

    @Override
    public void release(Buffer buffer) {
        DeviceBuffer released = (DeviceBuffer) buffer;
        leaks.released(released);
        context.memory().release(released.address(), released.bytes());
    }

    @Override
    public void upload(float[] source, int offset, Matrix target) {
        context.bind();
        transfers.upload(source, offset, address(target), Math.toIntExact(target.size()), element);
    }

    @Override
    public void upload(double[] source, int offset, Matrix target) {
        context.bind();
        transfers.upload(source, offset, address(target), Math.toIntExact(target.size()), element);
    }

    @Override
    public void download(Matrix source, float[] target, int offset) {
        context.bind();
        transfers.download(address(source), target, offset, Math.toIntExact(source.size()), element);
    }

    @Override
    public void download(Matrix source, double[] target, int offset) {
        context.bind();
        transfers.download(address(source), target, offset, Math.toIntExact(source.size()), element);
    }

    @Override
    public void copy(Matrix source, Matrix target) {
        context.bind();
        if (source.size() > 0) {
            JCudaDriver.cuMemcpyDtoDAsync(new Address(address(target)), new Address(address(source)),
                    source.size() * element.bytes(), context.stream());
        }
    }

    @Override
    public void gemm(double alpha, Matrix a, boolean transposeA, Matrix b, boolean transposeB, double beta, Matrix c) {
        context.bind();
        int inner = transposeA ? a.rows() : a.columns();
        if (inner == 0) {
            scale(beta, c);
            return;
        }
        products.gemm(element, transposeA, transposeB, c.rows(), c.columns(), inner, alpha, address(a), a.rows(),
                address(b), b.rows(), beta, address(c), c.rows());
    }

    @Override
    public void syrk(double alpha, Matrix a, boolean transposed, double beta, Matrix c) {
        context.bind();
        int order = c.rows();
        int inner = transposed ? a.rows() : a.columns();
        if (inner == 0) {
            scale(beta, c);
            return;
        }
        if (inner >= (long) LONG * order) {
            products.gemm(element, transposed, !transposed, order, order, inner, alpha, address(a), a.rows(),
                    address(a), a.rows(), beta, address(c), order);
        } else {
            products.syrk(element, transposed, order, inner, alpha, address(a), a.rows(), beta, address(c), order);
        }
        utilities.mirror(order, address(c));
    }

    /** C ← β C, where C is not read if β is 0: a product over nothing. */
    private void scale(double beta, Matrix c) {
        if (beta == 0) {
            JCudaDriver.cuMemsetD8Async(new Address(address(c)), (byte) 0, c.size() * element.bytes(),
                    context.stream());
        } else {
            Kernel scale = Kernel.map(Expr.parameter(0).times(Expr.input(0)));
            apply(scale, new Matrix[] {c}, new double[0], c.rows(), c.columns(), new double[] {beta}, new Matrix[] {c});
        }
    }

    @Override
    public void apply(Kernel kernel, Matrix[] outputs, double[] totals, int rows, int columns, double[] parameters,
            Matrix[] inputs) {
        context.bind();
        for (int k = 0; k < totals.length; k++) {
            totals[k] = neutral(kernel.totals().get(k).reduction());
        }
        if (rows == 0 || columns == 0) {
            return;
        }
        LaunchPlan plan = LaunchPlan.apply(kernel, outputs, rows, columns, inputs, element, this::address,
                multiprocessors());
        int blocks = plan.gridX();
        long results = totals.length == 0 ? 0 : partials.atLeast((long) blocks * totals.length * Double.BYTES);
        launch(plan, rows, columns, results, addresses(outputs), addresses(inputs), parameters);
        if (totals.length > 0) {
            double[] ofBlocks = new double[blocks * totals.length];
            transfers.download(results, ofBlocks, 0, ofBlocks.length, Real.DOUBLE);
            for (int i = 0; i < ofBlocks.length; i++) {
                int k = i % totals.length;
                totals[k] = combined(kernel.totals().get(k).reduction(), totals[k], ofBlocks[i]);
            }
        }
    }

    @Override
    public void reduceRows(Kernel kernel, Reduction reduction, Matrix target, int columns, double[] parameters,
            Matrix[] inputs) {
        context.bind();
        int rows = target.rows();
        if (rows == 0) {
            return;
        }
        long[] to = {address(target)};
        if (kernel.columnCoupled() && columns > 0) {
            LaunchPlan first = LaunchPlan.intermediate(kernel, rows, columns, inputs, element);
            Real between = first.variant().output();
            long bytes = (long) rows * columns * between.bytes();
            long values = context.memory().allocate(bytes);
            launch(first, rows, columns, 0, new long[] {values}, addresses(inputs), parameters);
            LaunchPlan second = LaunchPlan.alongRows(IDENTITY, reduction, rows, columns, List.of(Broadcast.FULL),
                    between, element, multiprocessors());
            reduceRows(second, rows, columns, to, new long[] {values}, NO_PARAMETERS);
            context.memory().release(values, bytes);
        } else {
            Kernel uncoupled = kernel.columnCoupled() ? IDENTITY : kernel;
            LaunchPlan plan = LaunchPlan.alongRows(uncoupled, reduction, rows, columns,
                    LaunchPlan.broadcasts(inputs, rows, columns), element, element, multiprocessors());
            reduceRows(plan, rows, columns, to, addresses(inputs), parameters);
        }
    }

    private void reduceRows(LaunchPlan plan, int rows, int columns, long[] target, long[] inputs, double[] parameters) {
        int chunks = plan.gridY();
        long results = partials.atLeast((long) rows * chunks * Double.BYTES);
        CompiledKernel compiled = launch(plan, rows, columns, results, target, inputs, parameters);
        fill(plan.variant(), compiled, rows, columns, chunks, results, target, inputs, parameters);
        int threads = plan.variant().threads();
        context.launch(compiled.finish(), (rows + threads - 1) / threads, 1, threads, arguments.parameters());
    }

    @Override
    public void reduceColumns(Kernel kernel, Reduction reduction, Matrix target, int rows, double[] parameters,
            Matrix[] inputs) {
        context.bind();
        int columns = target.columns();
        if (columns == 0) {
            return;
        }
        LaunchPlan plan = LaunchPlan.alongColumns(kernel, reduction, rows, columns, inputs, element, this::address,
                multiprocessors());
        launch(plan, rows, columns, 0, new long[] {address(target)}, addresses(inputs), parameters);
    }

    @Override
    public void gatherColumns(Matrix source, int[] columns, int from, Matrix target) {
        context.bind();
        if (target.size() == 0) {
            return;
        }
        long indices = partials.atLeast((long) target.columns() * Integer.BYTES);
        transfers.upload(columns, from, indices, target.columns());
        utilities.gather(target.rows(), target.columns(), address(source), indices, address(target));
    }

    @Override
    public void argmaxColumns(Matrix source, int[] target) {
        context.bind();
        if (source.columns() == 0) {
            return;
        }
        long indices = partials.atLeast((long) source.columns() * Integer.BYTES);
        utilities.argmax(source.rows(), source.columns(), address(source), indices);
        transfers.download(indices, target, source.columns());
    }

    @Override
    public double trace(Matrix a) {
        context.bind();
        double[] elements = new double[a.rows()];
        if (a.rows() > 0) {
            long diagonal = partials.atLeast((long) a.rows() * Double.BYTES);
            utilities.diagonal(a.rows(), address(a), diagonal);
            transfers.download(diagonal, elements, 0, elements.length, Real.DOUBLE);
        }
        double sum = 0;
        for (double value : elements) {
            sum += value;
        }
        return sum;
    }

    @Override
    public Factorization factorization(int order) {
        context.bind();
        return new CudaCholesky(this, order);
    }

    @Override
    public void synchronize() {
        context.bind();
        context.synchronize();
    }

    @Override
    public void close() {
        context.bind();
        leaks.report();
        transfers.close();
        context.close();
    }

    Real element() {
        return element;
    }

    DeviceMemory memory() {
        return context.memory();
    }

    Utilities utilities() {
        return utilities;
    }

    Products products() {
        return products;
    }

    Transfers transfers() {
        return transfers;
    }

    /** The context, current to this thread. */
    CudaContext bound() {
        context.bind();
        return context;
    }

    long address(Matrix matrix) {
        return ((DeviceBuffer) matrix.buffer()).address() + matrix.offset() * element.bytes();
    }

    private CompiledKernel launch(LaunchPlan plan, long rows, long columns, long results, long[] outputs, long[] inputs,
            double[] parameters) {
        KernelVariant variant = plan.variant();
        CompiledKernel compiled = kernels.computeIfAbsent(variant, key -> CompiledKernel.of(context, key));
        fill(variant, compiled, rows, columns, plan.chunk(), results, outputs, inputs, parameters);
        context.launch(compiled.main(), plan.gridX(), plan.gridY(), variant.threads(), arguments.parameters());
        return compiled;
    }

    /** In the order in which {@link KernelSource} declares them. */
    private void fill(KernelVariant variant, CompiledKernel compiled, long rows, long columns, long chunk, long results,
            long[] outputs, long[] inputs, double[] parameters) {
        arguments.clear().add(rows).add(columns).add(chunk).add(results);
        for (int k = compiled.inputs().nextSetBit(0); k >= 0; k = compiled.inputs().nextSetBit(k + 1)) {
            arguments.add(inputs[k]);
        }
        for (long output : outputs) {
            arguments.add(output);
        }
        for (int k = 0; k < variant.kernel().parameters(); k++) {
            arguments.add(parameters[k], variant.register());
        }
    }

    private long[] addresses(Matrix[] matrices) {
        return matrices.length == 0 ? new long[0] : Arrays.stream(matrices).mapToLong(this::address).toArray();
    }

    private int multiprocessors() {
        return context.properties().multiprocessors();
    }

    private static double neutral(Reduction reduction) {
        return reduction == Reduction.SUM ? 0 : Double.NEGATIVE_INFINITY;
    }

    private static double combined(Reduction reduction, double x, double y) {
        return reduction == Reduction.SUM ? x + y : Math.max(x, y);
    }
}
