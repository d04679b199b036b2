/** Rows of one engine as rows of another. */
package dev.godwit.mapping.row;
