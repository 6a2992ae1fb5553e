// How many cores this process may use; at least 1. native/ and web/ define it.
#pragma once

namespace tfjs::runtime::internal {

int available_cores();

}  // namespace tfjs::runtime::internal
