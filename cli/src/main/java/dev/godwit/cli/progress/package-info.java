/** How a run is told while it goes on: a bar, a line now and then, JSON lines, or nothing. */
package dev.godwit.cli.progress;
