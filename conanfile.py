# SPDX-License-Identifier: BSL-1.0
"""`conan create .` packages this tree. The recipe for the public index is in packaging/conan."""
import os
import re

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.files import copy, load
from conan.tools.layout import basic_layout

required_conan_version = ">=2.0"


class AquatintConan(ConanFile):
    name = "aquatint"
    description = "Quantized neural networks as C++20 types, header-only"
    license = "BSL-1.0"
    topics = ("neural-network", "quantization", "inference", "embedded", "simd", "header-only")
    package_type = "header-library"
    settings = "os", "arch", "compiler", "build_type"
    exports_sources = "include/*", "LICENSE"
    no_copy_source = True
    test_package_folder = "packaging/conan/all/test_package"

    def set_version(self):
        config = load(self, os.path.join(self.recipe_folder, "include", "aquatint", "base", "config.hpp"))
        numbers = [re.search(rf"#define AQUATINT_VERSION_{part} (\d+)", config)[1] for part in ("MAJOR", "MINOR", "PATCH")]
        self.version = ".".join(numbers)

    def layout(self):
        basic_layout(self)

    def package_id(self):
        self.info.clear()

    def validate(self):
        check_min_cppstd(self, 20)

    def package(self):
        copy(self, "LICENSE", self.source_folder, os.path.join(self.package_folder, "licenses"))
        copy(self, "*.hpp", os.path.join(self.source_folder, "include"), os.path.join(self.package_folder, "include"))

    def package_info(self):
        self.cpp_info.bindirs = []
        self.cpp_info.libdirs = []
        self.cpp_info.set_property("cmake_file_name", "aquatint")
        self.cpp_info.set_property("cmake_target_name", "aquatint::aquatint")
        self.cpp_info.set_property("pkg_config_name", "aquatint")
