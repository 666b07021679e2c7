#include <aquatint/policy/uniform.hpp>

int main() { return aquatint::Uniform<4>::decode(1, {0.5f}) == 0.5f ? 0 : 1; }
