/** Records as plain Java values: what tests compare, and what the in-memory stores keep. */
package dev.godwit.testkit.row;
