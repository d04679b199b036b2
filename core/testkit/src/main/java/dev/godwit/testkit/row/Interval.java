package dev.godwit.testkit.row;

/** A value of an interval column. */
public record Interval(int months, int days, long nanoseconds) {}
