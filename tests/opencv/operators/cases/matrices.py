"""Matrix products: MatMul, Gemm, Einsum, and attention."""

from tests.opencv.operators.sketch import Sketch

TOLERANCE = {"absolute": 3e-5, "relative": 3e-5}


def matmul():
    for label, left, right in (
        ("2d", (5, 7), (7, 9)),
        ("2d_wide", (1, 33), (33, 17)),
        ("3d", (3, 5, 7), (3, 7, 9)),
        ("3d_by_2d", (3, 5, 7), (7, 9)),
        ("4d", (2, 3, 5, 7), (2, 3, 7, 4)),
        ("4d_broadcast", (2, 1, 5, 7), (1, 3, 7, 4)),
        ("column", (2, 5, 7), (7, 1)),
        ("4d_by_2d", (1, 2, 13, 16), (16, 24)),
        ("large", (64, 65), (65, 66)),
    ):
        sketch = Sketch(f"MatMul_{label}")
        sketch.node("MatMul", sketch.input(*left), sketch.input(*right))
        yield sketch.case(absolute=2e-4)
        sketch = Sketch(f"MatMul_{label}_by_weights")
        sketch.node("MatMul", sketch.input(*left), sketch.constant(sketch.values(*right)))
        yield sketch.case(absolute=2e-4)
    sketch = Sketch("MatMul_then_Add")
    product = sketch.node("MatMul", sketch.input(2, 5, 16), sketch.weights(16, 24))
    sketch.node("Add", product, sketch.constant(sketch.values(24)))
    yield sketch.case(absolute=2e-4)
    sketch = Sketch("MatMul_weights_first")
    sketch.node("MatMul", sketch.constant(sketch.values(4, 5)), sketch.input(5, 6))
    yield sketch.case(absolute=2e-4)


def gemm():
    for turned_left in (0, 1):
        for turned_right in (0, 1):
            for weights in (False, True):
                for added in ("row", "matrix", "none"):
                    kind = "weights" if weights else "inputs"
                    sketch = Sketch(f"Gemm_{turned_left}{turned_right}_{kind}_{added}")
                    operands = [sketch.input(*((7, 5) if turned_left else (5, 7)))]
                    shape = (9, 7) if turned_right else (7, 9)
                    operands.append(sketch.weights(*shape) if weights else sketch.input(*shape))
                    if added != "none":
                        rows = (9,) if added == "row" else (5, 9)
                        operands.append(sketch.constant(sketch.values(*rows)))
                    flags = {"transA": turned_left, "transB": turned_right}
                    sketch.node("Gemm", *operands, **flags)
                    yield sketch.case(**TOLERANCE)
    sketch = Sketch("Gemm_with_alpha_and_beta")
    operands = [sketch.input(5, 7), sketch.weights(7, 9), sketch.constant(sketch.values(9))]
    sketch.node("Gemm", *operands, alpha=0.5, beta=2.0)
    yield sketch.case(**TOLERANCE)
    sketch = Sketch("Gemm_of_a_flattened_picture")
    flat = sketch.node("Flatten", sketch.input(1, 3, 5, 7))
    sketch.node("Relu", sketch.node("Gemm", flat, sketch.weights(33, 105), transB=1))
    yield sketch.case(**TOLERANCE)


def einsum():
    for equation, left, right in (
        ("ij,jk->ik", (3, 4), (4, 5)),
        ("bij,bjk->bik", (2, 3, 4), (2, 4, 5)),
        ("bhwc,hkc->bhwk", (1, 4, 4, 2), (4, 4, 2)),
        ("bij,bkj->bik", (2, 3, 4), (2, 5, 4)),
        ("i,j->ij", (3,), (4,)),
    ):
        sketch = Sketch(f"Einsum_{equation}".replace(",", "_").replace("->", "_to_"))
        sketch.node("Einsum", sketch.input(*left), sketch.input(*right), equation=equation)
        yield sketch.case(absolute=2e-4)


def attention():
    for sizes in ({}, {"qkv_hidden_sizes": [8, 8, 8]}):
        sketch = Sketch(f"Attention_{'with' if sizes else 'without'}_sizes")
        operands = [
            sketch.input(1, 5, 8),
            sketch.weights(8, 24),
            sketch.constant(sketch.values(24)),
        ]
        sketch.node("Attention", *operands, domain="com.microsoft", num_heads=2, **sizes)
        yield sketch.case(absolute=2e-4)


def cases():
    yield from matmul()
    yield from gemm()
    yield from einsum()
    yield from attention()
