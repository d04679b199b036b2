/** Moves records from any run that is read to any run that is written. */
package dev.godwit.transfer;
