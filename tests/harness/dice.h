/* Numbers that look drawn, the same in every run: xorshift64* (Vigna, 2016). */
#ifndef GUANAI_TESTS_DICE_H
#define GUANAI_TESTS_DICE_H

#include <stdint.h>

/* *dice must not be 0. */
static inline uint64_t dice_next(uint64_t *dice)
{
    *dice ^= *dice >> 12;
    *dice ^= *dice << 25;
    *dice ^= *dice >> 27;
    return *dice * 0x2545F4914F6CDD1DULL;
}

/* 0 … below - 1 */
static inline uint32_t dice_draw(uint64_t *dice, uint32_t below)
{
    return (uint32_t)(dice_next(dice) >> 33) % below;
}

#endif
