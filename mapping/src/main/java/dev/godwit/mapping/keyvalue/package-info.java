/** Rows and documents as keys with values, and keys with values as rows. */
package dev.godwit.mapping.keyvalue;
