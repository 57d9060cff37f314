"""How OpenCV is configured."""

from __future__ import annotations

from wheels.recipe.places import INSIDE

VARIANTS = ("simd", "relaxed", "scalar")
_EMSCRIPTEN = "/usr/share/emscripten/cmake/Modules/Platform/Emscripten.cmake"
_MODULES_OFF = (
    "apps calib gapi highgui java js ml objc photo ptcloud python2 python_tests stereo stitching "
    "ts video videoio "
)
_WITH_OFF = (
    "1394 ADE AVIF CAROTENE EIGEN FFMPEG FLATBUFFERS GIF GPHOTO2 GSTREAMER GTK IMGCODEC_GIF "
    "IMGCODEC_HDR IMGCODEC_PFM IMGCODEC_PXM IMGCODEC_SUNRASTER IPP ITT JASPER KLEIDICV LAPACK MLAS "
    "OBSENSOR OPENCL OPENEXR OPENGL OPENJPEG OPENNI OPENVX PTHREADS_PF QUIRC SPNG TBB TIFF V4L VTK "
    "VULKAN WEBP "
)
# Names that Python gets no bindings for: they need modules that are not here, or hardware.
_NO_BINDING_HEADERS = (
    r"/core/cuda[a-z_.]*hpp",
    r"/core/opengl\.hpp",
    r"/core/directx\.hpp",
    r"/core/va_intel\.hpp",
    r"/core/ovx\.hpp",
    r"umat\.hpp",
    r"pyopencv_cuda\.hpp",
    r"/objdetect/(aruco|charuco)[a-z_]*\.hpp",
)
_NO_BINDING_NAMES = (
    "CascadeClassifier BaseCascadeClassifier HOGDescriptor groupRectangles QRCodeDetectorAruco "
    "SimilarRects DetectionROI cuda ocl.Device ocl.OpenCLExecutionContext ogl ipp directx UMat "
    "UMatData "
)


def tree(variant: str) -> str:
    """Where the compiler sees the build: relaxed is a copy of simd, seen at the same path."""
    return f"{INSIDE}/opencv/{'simd' if variant == 'relaxed' else variant}"


def compile_flags(variant: str) -> tuple[str, str]:
    """Flags for every file, and flags that set how much it is optimised."""
    every = (
        "-fPIC -fwasm-exceptions -sSUPPORT_LONGJMP=wasm -fvisibility=hidden "
        f"-fvisibility-inlines-hidden -ffile-prefix-map={INSIDE}/opencv/="
    )
    if variant == "scalar":
        return every, "-O2 -DNDEBUG"  # as Pyodide builds it
    return f"{every} -msimd128", "-Os -DNDEBUG"  # speeds.cmake says what gets more


def cmake_options(variant: str, opencv_version: str) -> dict[str, str]:
    """Every option of the configure.

    Args:
        variant: one of `VARIANTS`.
        opencv_version: such as "4.14.0", for what OpenCV tells about itself.
    """
    every, optimised = compile_flags(variant)
    python = f"{INSIDE}/cross/python3.14"
    options = {
        "CMAKE_TOOLCHAIN_FILE": _EMSCRIPTEN,
        "EMSCRIPTEN_SYSTEM_PROCESSOR": "wasm32",  # else it takes the machine for an x86
        "CMAKE_BUILD_TYPE": "Release",
        "CMAKE_C_FLAGS": every,
        "CMAKE_CXX_FLAGS": every,
        "CMAKE_C_FLAGS_RELEASE": optimised,
        "CMAKE_CXX_FLAGS_RELEASE": optimised,
        # -O1: Binaryen's work at -O2 and above costs speed; see slim.py.
        "CMAKE_MODULE_LINKER_FLAGS": "-sSIDE_MODULE=2 -sEXPORTED_FUNCTIONS=_PyInit_cv2 "
        "-sWASM_BIGINT -O1",
        "CMAKE_INSTALL_PREFIX": f"{tree(variant)}/install",
        "CMAKE_PROJECT_OpenCV_INCLUDE": f"{INSIDE}/opencv/speeds.cmake",
        "MEKIKI_RELAXED": "ON" if variant == "relaxed" else "OFF",
        "CPU_BASELINE": "",
        "CPU_DISPATCH": "",
        "CV_ENABLE_INTRINSICS": "OFF" if variant == "scalar" else "ON",
        "CV_TRACE": "OFF",
        "BUILD_SHARED_LIBS": "OFF",
        "ENABLE_PIC": "OFF",  # -fPIC stands above
        "ENABLE_PRECOMPILED_HEADERS": "OFF",
        "ENABLE_CCACHE": "OFF",  # emcc calls ccache itself
        "BUILD_LIST": "core,imgproc,imgcodecs,dnn,objdetect,python3",
        "WITH_PROTOBUF": "ON",
        "BUILD_PROTOBUF": "ON",
        "WITH_PNG": "ON",
        "BUILD_PNG": "ON",
        "WITH_JPEG": "ON",
        "BUILD_JPEG": "ON",
        "ENABLE_LIBJPEG_TURBO_SIMD": "OFF",
        "BUILD_ZLIB": "ON",
        "OPENCV_DNN_OPENCL": "OFF",
        "BUILD_TESTS": "OFF",
        "BUILD_PERF_TESTS": "OFF",
        "BUILD_EXAMPLES": "OFF",
        "BUILD_DOCS": "OFF",
        "BUILD_PACKAGE": "OFF",
        "BUILD_opencv_python3": "ON",
        "PYTHON3_LIMITED_API": "ON",
        "PYTHON3_EXECUTABLE": f"{INSIDE}/cross/bin/python",
        "PYTHON_DEFAULT_EXECUTABLE": f"{INSIDE}/cross/bin/python",
        "PYTHON3_INCLUDE_PATH": python,
        "PYTHON3_INCLUDE_DIR": python,
        "PYTHON3_LIBRARY": f"{python}/Python.h",  # it asks for a file and does not link it
        "PYTHON3_NUMPY_INCLUDE_DIRS": f"{INSIDE}/numpy/install/site/numpy/_core/include",
        "OPENCV_PYTHON3_INSTALL_PATH": "python",
        "OPENCV_PYTHON_SKIP_LINKER_EXCLUDE_LIBS": "ON",
        # What would differ from one build to the next.
        "BUILD_INFO_SKIP_TIMESTAMP": "ON",
        "BUILD_INFO_SKIP_SYSTEM_VERSION": "ON",
        "OPENCV_VCSVERSION": opencv_version,
        # These three come with our patch of the bindings.
        "OPENCV_PYTHON_SKIP_MODULES": "opencv_calib3d;opencv_features2d;opencv_flann",
        "OPENCV_PYTHON_SKIP_HEADERS": ";".join(_NO_BINDING_HEADERS),
        "OPENCV_PYTHON_SKIP_NAMES": "|".join(_NO_BINDING_NAMES.split()),
    }
    options |= {f"BUILD_opencv_{name}": "OFF" for name in _MODULES_OFF.split()}
    return options | {f"WITH_{name}": "OFF" for name in _WITH_OFF.split()}
