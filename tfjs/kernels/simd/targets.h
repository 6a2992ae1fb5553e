// Which instruction sets the kernels are compiled for. Include this before hwy/foreach_target.h.
//
// AVX-512, AVX2 and SSE4 pay for their compile time; SSSE3 is older than any machine that matters,
// and the portable fallback that Highway always adds serves what is older than SSE4. WebAssembly
// has one target.
#pragma once

#define HWY_DISABLED_TARGETS HWY_SSSE3
