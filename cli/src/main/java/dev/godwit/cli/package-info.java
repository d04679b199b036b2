/** The program: its entry, and how a command line becomes an exit code. */
package dev.godwit.cli;
