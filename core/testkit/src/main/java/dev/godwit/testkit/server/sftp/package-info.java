/** An SFTP server. */
package dev.godwit.testkit.server.sftp;
