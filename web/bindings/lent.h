// Bytes that JavaScript may read until its next call.
#pragma once

namespace tfjs::web {

/// Lets go of all that was lent.
void end_loans();

}  // namespace tfjs::web
