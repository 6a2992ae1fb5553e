// The SHA extensions of x86 do two rounds per instruction on two registers that hold the state as
// {A,B,E,F} and {C,D,G,H}; sha256msg1 and sha256msg2 work out four words of the schedule at a time.
#include "tfjs/base/internal/sha256_blocks.h"

#ifdef __x86_64__

#include <cpuid.h>
#include <immintrin.h>

namespace tfjs::internal {
namespace {

__attribute__((target("sha,sse4.1,ssse3"))) void blocks_with_sha(std::uint32_t state[8],
                                                                 const std::byte* blocks,
                                                                 std::size_t count) {
  const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
  const auto* in_state = reinterpret_cast<const __m128i*>(state);
  const __m128i cdab = _mm_shuffle_epi32(_mm_loadu_si128(in_state), 0xB1);
  const __m128i efgh = _mm_shuffle_epi32(_mm_loadu_si128(in_state + 1), 0x1B);
  __m128i abef = _mm_alignr_epi8(cdab, efgh, 8);
  __m128i cdgh = _mm_blend_epi16(efgh, cdab, 0xF0);

  for (; count > 0; --count, blocks += 64) {
    const __m128i abef_before = abef;
    const __m128i cdgh_before = cdgh;
    __m128i w[4];  // the last 16 words of the schedule; w[t % 4] holds words 4t .. 4t+3
#pragma GCC unroll 16
    for (int t = 0; t < 16; ++t) {
      __m128i& words = w[t % 4];
      if (t < 4) {
        words = _mm_shuffle_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(blocks) + t),
                                 big_endian);
      } else {
        const __m128i seven_back = _mm_alignr_epi8(w[(t + 3) % 4], w[(t + 2) % 4], 4);
        words = _mm_add_epi32(_mm_sha256msg1_epu32(words, w[(t + 1) % 4]), seven_back);
        words = _mm_sha256msg2_epu32(words, w[(t + 3) % 4]);
      }
      const auto* rounds = reinterpret_cast<const __m128i*>(kSha256Rounds.data());
      __m128i sum = _mm_add_epi32(words, _mm_loadu_si128(rounds + t));
      cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
      sum = _mm_shuffle_epi32(sum, 0x0E);
      abef = _mm_sha256rnds2_epu32(abef, cdgh, sum);
    }
    abef = _mm_add_epi32(abef, abef_before);
    cdgh = _mm_add_epi32(cdgh, cdgh_before);
  }

  const __m128i feba = _mm_shuffle_epi32(abef, 0x1B);
  const __m128i dchg = _mm_shuffle_epi32(cdgh, 0xB1);
  auto* out_state = reinterpret_cast<__m128i*>(state);
  _mm_storeu_si128(out_state, _mm_blend_epi16(feba, dchg, 0xF0));
  _mm_storeu_si128(out_state + 1, _mm_alignr_epi8(dchg, feba, 8));
}

}  // namespace

Sha256Blocks sha256_blocks_x86() {
  unsigned a = 0, b = 0, c = 0, d = 0;
  constexpr unsigned kSse41 = 1u << 19, kSsse3 = 1u << 9, kSha = 1u << 29;
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & kSse41) || !(c & kSsse3)) return nullptr;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || !(b & kSha)) return nullptr;
  return blocks_with_sha;
}

}  // namespace tfjs::internal

#else

namespace tfjs::internal {

Sha256Blocks sha256_blocks_x86() {
  return nullptr;
}

}  // namespace tfjs::internal

#endif
