# What is compiled how. Most of OpenCV is compiled for size (-Os, see CMAKE_CXX_FLAGS_RELEASE);
# here are the files where pictures and networks spend their time, compiled for speed, and, in
# the relaxed build (MEKIKI_RELAXED), with relaxed SIMD: fused multiply-add above all.
# Included by OpenCV's project() through CMAKE_PROJECT_OpenCV_INCLUDE; no file of OpenCV changes.

set(MEKIKI_DNN_COLD  # layers of no weight in any network, but large: templates over every type
    arg cumsum crop_and_resize detection_output einsum expand flow_warp gather gather_elements
    max_unpooling not_implemented prior_box proposal randomnormallike region reorg scatter
    scatterND topk tile normalize_bbox correlation accum)

# Adds options to the sources of a target whose path matches one of the patterns.
function(mekiki_options target options)
  get_target_property(sources ${target} SOURCES)
  foreach(source ${sources})
    foreach(pattern ${ARGN})
      if(source MATCHES "${pattern}")
        set_property(SOURCE ${source} TARGET_DIRECTORY ${target} APPEND PROPERTY COMPILE_OPTIONS ${options})
        break()
      endif()
    endforeach()
  endforeach()
endfunction()

function(mekiki_speeds)
  # Caffe's and TensorFlow's importers answer "Build OpenCV with Protobuf" and take their message
  # formats with them: 2 MB that no ONNX model needs.
  mekiki_options(opencv_dnn -UHAVE_PROTOBUF "/dnn/src/caffe/" "/dnn/src/tensorflow/")
  if(NOT CV_ENABLE_INTRINSICS)
    return()  # the scalar build, made to be compared with: Pyodide's own flags and nothing else
  endif()
  set(hot -O3)
  if(MEKIKI_RELAXED)
    list(APPEND hot -mrelaxed-simd)
  endif()
  mekiki_options(opencv_dnn "${hot}" "/dnn/src/layers/" "/dnn/src/int8layers/" "/layers_common\\." "/nms\\.cpp"
    "/dnn_utils\\.cpp" "conv_" "fast_gemm")
  list(JOIN MEKIKI_DNN_COLD "|" cold)
  mekiki_options(opencv_dnn -Os "/dnn/src/layers/(${cold})(_layer|_layers)?\\.cpp")
  mekiki_options(opencv_dnn -O2 "/nary_eltwise_layers\\.cpp" "/reduce_layer\\.cpp")
  mekiki_options(opencv_core -O2
    "/(arithm|convert|convert_c|convert_scale|copy|count_non_zero|has_non_zero|mathfuncs|mathfuncs_core|matmul|matrix_transform|mean|merge|minmax|norm|split|stat|sum|lut|channels|dxt|kmeans)\\.(dispatch\\.)?cpp")
  mekiki_options(opencv_imgproc -O2
    "/(resize|imgwarp|color|color_[a-z]+|filter|smooth|box_filter|bilateral_filter|median_blur|morph|thresh|accum|sumpixels|deriv|pyramids|corner|canny|histogram|templmatch|blend)\\.(dispatch\\.)?cpp")
endfunction()
cmake_language(DEFER DIRECTORY ${CMAKE_SOURCE_DIR} CALL mekiki_speeds)
