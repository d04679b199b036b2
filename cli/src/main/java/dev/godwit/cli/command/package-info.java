/** The commands, one file each: parse, build a request, run the job, show what came of it. */
package dev.godwit.cli.command;
