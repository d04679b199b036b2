/** Measures Godwit against the tools that a user would pick instead, side by side, in one run. */
package dev.godwit.bench;
