// Copyright somebody
#include <cstddef>

namespace aquatint { namespace detail {
	int tabbed();
}} 
