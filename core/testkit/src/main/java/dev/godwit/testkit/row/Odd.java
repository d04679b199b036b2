package dev.godwit.testkit.row;

import dev.godwit.spi.record.Misfit;

/** A misfit as a value of a row. */
public record Odd(Misfit.Kind kind, Bytes bytes) {}
