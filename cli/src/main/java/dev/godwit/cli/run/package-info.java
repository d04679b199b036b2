/** What surrounds a job: memory, signals, passwords, and the stores that a URI names. */
package dev.godwit.cli.run;
