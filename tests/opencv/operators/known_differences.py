"""Where OpenCV 4.14 itself refuses a graph, or differs from ONNX Runtime: limits of upstream.

Ours is held to the same behaviour. Every entry must match a case, and all that it matches must
differ: what upstream repairs has to leave this table.
"""

from __future__ import annotations

from fnmatch import fnmatchcase

REFUSED = {
    "a one-dimensional input becomes a column, which does not broadcast": (
        "Add_row Sub_row Mul_row Div_row Max_row Min_row Pow_row Mean_row Sum_row "
        "Equal_row Greater_row GreaterOrEqual_row Less_row LessOrEqual_row"
    ),
    "qkv_hidden_sizes must be told": "Attention_without_sizes",
    "asymmetric pads": "ConvTranspose_asymmetric_*",
    "only two-dimensional deconvolution": "ConvTranspose_1d_* ConvTranspose_3d_*",
    "the size of the kernel is not taken from weights that are an input": (
        "Conv_weights_are_an_input_and_kernel_shape_is_not_told"
    ),
    "only constants given as `value`": "Constant_of_value_float",
    "the value of a ConstantFill must be whole": "ConstantFill_of_a_half",
    "vectors become columns": "Einsum_i_j_to_ij",
    "the initial state must be given": "GRU_*_no_states_*",
    "one scale for each channel is expected, as from opset 21": "GroupNormalization_of_opset_18",
    "pools over at most two axes": "Global*Pool_of_1x2x3x4x5",
    "reflects and repeats only along height and width": "Pad_reflect_channels Pad_edge_channels",
    "no cubic interpolation, no cropping": "Resize_cubic_* Resize_*_tf_crop_and_resize_*",
    "linear without half pixels is not known": "Resize_linear_of_opset_10 Upsample_linear",
    "a graph without any layer": "Shape_alone",
    "steps below zero": "Slice_backwards_*",
    "one axis at a time": "Unsqueeze_0_3",
    "constants of type bool": "Where_with_constants",
}


def _nearest(coordinates: str, *sizes_and_roundings: str) -> str:
    names = " ".join(sizes_and_roundings).split()
    return " ".join(f"Resize_nearest_{coordinates}_{name}" for name in names)


DIFFERENT = {
    "count_include_pad is not read: pads count where the producer is called pytorch": (
        "AveragePool_*x*_pads_count AveragePool_of_pytorch_pads_do_not_count"
    ),
    "a Cast to integers does nothing": "Cast_to_int_and_back",
    "dilations are not read": "ConvTranspose_dilated_* MaxPool_dilated",
    "the output is one row and column too large or too small": (
        "ConvTranspose_output_shape_* ConvTranspose_same_upper_*"
    ),
    "the odd pad goes to the end": "Conv_same_lower_* MaxPool_same_lower AveragePool_same_lower",
    "the exact Gelu is computed for approximate=tanh": "Gelu_tanh_*",
    "the two directions are not put on their axis": "GRU_bidirectional_with_states_batch_2",
    "the logarithm of a softmax that has become zero": "LogSoftmax_extremes",
    "weights are not broadcast over two axes": "MatMul_4d_broadcast_by_weights",
    "indices count within a channel": "MaxPool_with_indices",
    "more than three inputs": "Mean_of_4",
    "the wrong elements, where three axes go": (
        "ReduceMax_all_but_first_* ReduceMean_all_but_first_* ReduceSum*_all_but_first_* "
        "ReduceL*_all_but_first_*"
    ),
    "nearest_mode is not read": " ".join(
        (
            _nearest(
                "*half_pixel",
                "double_floor double_ceil up_floor up_ceil up_round_prefer_floor",
                "down_floor down_round_prefer_floor odd_down_floor odd_down_ceil",
                "odd_down_round_prefer_floor one_floor one_round_prefer_floor",
            ),
            _nearest(
                "align_corners",
                "double_floor double_ceil up_floor up_ceil up_round_prefer_floor",
                "down_floor down_ceil down_round_prefer_floor",
                "odd_down_floor odd_down_ceil odd_down_round_prefer_floor",
            ),
            _nearest(
                "asymmetric",
                "double_ceil double_round_prefer_ceil",
                "up_ceil up_round_prefer_floor up_round_prefer_ceil",
                "odd_down_ceil odd_down_round_prefer_floor odd_down_round_prefer_ceil",
            ),
        )
    ),
    "pytorch's half pixel is 0 where the output is one pixel": (
        "Resize_nearest_pytorch_half_pixel_one_* Resize_linear_pytorch_half_pixel_one"
    ),
    "one axis, where opset 11 flattens from there on": "*oftmax_of_opset_11",
    "exp overflows above 88": "Softplus_extremes",
}

# The values are memory that nobody wrote: only the shape can be compared.
UNDEFINED = {
    "a constant, joined to the graph's input itself": "Concat_with_a_constant",
    "the kernel for 3 x 3 reads beyond a picture of one pixel": "Conv_depthwise_3x3_on_1x1",
}

# ONNX Runtime does not know the operator; native cv2 is what ours is compared with.
NO_GOLDEN = {
    "of no ONNX opset": "GeluApproximation SoftMax DetectionOutput",
    "was an experiment, gone since opset 10": "ImageScaler ConstantFill*",
}


def reasons(case_name: str) -> list[str]:
    """Why a case is known to differ; empty for most."""
    return [
        reason
        for table in (REFUSED, DIFFERENT, UNDEFINED, NO_GOLDEN)
        for reason, patterns in table.items()
        if any(fnmatchcase(case_name, pattern) for pattern in patterns.split())
    ]


def is_undefined(case_name: str) -> bool:
    """Whether even native cv2 gives other values each time."""
    return case_name in " ".join(UNDEFINED.values()).split()
