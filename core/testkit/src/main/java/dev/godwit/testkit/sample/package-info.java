/** Sample data: every kind of field, random but the same for the same seed. */
package dev.godwit.testkit.sample;
