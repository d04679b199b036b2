/** Completion scripts for shells, made from the same description as the parser. */
package dev.godwit.cli.completion;
