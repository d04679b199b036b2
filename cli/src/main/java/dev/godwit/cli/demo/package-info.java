/** The demonstration: a real server, a shop, a backup, and the way back. */
package dev.godwit.cli.demo;
